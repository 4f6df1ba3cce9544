package dev.chartlake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeTest {

    @TempDir
    Path lake;

    @Test
    void resetMakesProcessedFilesWaitAgain() throws IOException {
        put("raw_data/processed/2026-01-01/spotify-web-api/a/120000Z.json");
        put("raw_data/processed/2026-01-02/spotify-web-api/a/120000Z.json");
        put("raw_data/to_process/2026-01-02/spotify-web-api/b/120000Z.json");
        put("transformed_data/_days/2026-01-01.json");
        put("_chartlake/runs.jsonl");

        Lake.reset(lake, lake.resolve("aside"));

        assertThat(lake.resolve("raw_data/to_process/2026-01-01/spotify-web-api/a/120000Z.json"))
                .isRegularFile();
        assertThat(lake.resolve("raw_data/to_process/2026-01-02/spotify-web-api/a/120000Z.json"))
                .isRegularFile();
        assertThat(lake.resolve("raw_data/to_process/2026-01-02/spotify-web-api/b/120000Z.json"))
                .isRegularFile();
        assertThat(lake.resolve("raw_data/processed")).isEmptyDirectory();
        assertThat(lake.resolve("transformed_data")).doesNotExist();
        assertThat(lake.resolve("_chartlake")).doesNotExist();
        assertThat(Lake.warm(lake)).isEqualTo(6);
        assertThat(lake.resolve("aside")).isDirectoryRecursivelyContaining("glob:**/2026-01-01.json");
        assertThat(lake.resolve("aside")).isDirectoryRecursivelyContaining("glob:**/runs.jsonl");
    }

    private void put(String path) throws IOException {
        Path file = lake.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{}");
    }
}
