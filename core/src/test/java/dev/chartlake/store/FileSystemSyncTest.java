package dev.chartlake.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSystemSyncTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, 6.18.44-fc, true",
        "Linux, 5.8.0, true",
        "Linux, 5.10.2-amd64, true",
        "Linux, 5.7.19, false",
        "Linux, 4.18.0-553.el8, false",
        "Linux, unknown, false",
        "Linux, '', false",
        "Mac OS X, 14.5, false",
        "Windows 11, 10.0, false",
    })
    void onlySystemsThatTellOfFailuresAreUsed(String system, String version, boolean usable) {
        assertThat(FileSystemSync.isUsable(system, version)).isEqualTo(usable);
    }

    @Test
    void whatIsNotThereIsNotSynced() throws Exception {
        assertThat(FileSystemSync.sync(Path.of("/nothing/is/here"))).isFalse();
    }
}
