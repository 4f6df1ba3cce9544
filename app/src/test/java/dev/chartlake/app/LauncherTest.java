package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts at the root can be read by Bash: the other tests start the application without them. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    @ParameterizedTest
    @ValueSource(strings = {"chartlake", "bench/run", ".ci/run"})
    void isBash(String script) throws Exception {
        assertThat(check(script)).isEmpty();
    }

    @Test
    void aBrokenOneWouldBeNoticed() throws Exception {
        assertThat(check("README.md")).contains("syntax error");
    }

    /** What Bash says of a script without running it. */
    private static String check(String script) throws Exception {
        Path root = Path.of("..").toRealPath();
        Process bash = new ProcessBuilder("bash", "-n", script)
                .directory(root.toFile())
                .redirectErrorStream(true)
                .start();
        return new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
