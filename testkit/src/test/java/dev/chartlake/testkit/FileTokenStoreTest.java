package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.FileTokenStore;
import dev.chartlake.spotify.auth.TokenStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileTokenStoreTest extends TokenStoreContract {

    @TempDir
    private Path folder = Path.of("");

    private FileTokenStore store() {
        return new FileTokenStore(
                folder.resolve("a/b/accounts"), "x.json", "profile x", "Sign in again: ./chartlake login --profile x");
    }

    @Override
    protected TokenStore store(Consent consent) throws IOException {
        FileTokenStore store = store();
        store.write(consent);
        return store;
    }

    @Test
    void nothingIsMadeBeforeSomethingIsWritten() throws IOException {
        assertThat(store().read()).isEmpty();
        assertThat(store().delete()).isFalse();
        assertThat(folder.resolve("a")).doesNotExist();
    }

    /** Nothing of the file is in the message, for it may be a token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "AQtoken",
                "{\"refresh_token\":\"AQtoken\"",
                "{\"refresh_token\":\"AQtoken\",\"consented_at\":\"AQtoken\"}",
                "{\"consented_at\":\"2026-06-18T07:00:00Z\"}"
            })
    void aFileThatIsNoSignInIsNamed(String text) throws IOException {
        Files.createDirectories(store().file().getParent());
        Files.writeString(store().file(), text);
        assertThatThrownBy(() -> store().read())
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .hasMessageContaining(store().file().toString())
                .hasMessageContaining("./chartlake login --profile x")
                .hasMessageNotContaining("AQtoken");
    }
}
