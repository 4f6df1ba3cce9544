package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Hang;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SimulateCommandTest {

    @Test
    void aSignalEndsItWithoutAWord() throws Exception {
        List<String> command = ChildJava.command(List.of());
        command.addAll(List.of(Main.class.getName(), "simulate"));
        Process process = new ProcessBuilder(command).start();
        try {
            BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
            assertThat(out.readLine()).startsWith("Simulator ready: SPOTIFY_API_URL=http://127.0.0.1:");
            process.toHandle().destroy(); // unlike Process.destroy, leaves the streams open
            assertThat(process.waitFor(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(out.readLine()).isNull();
            assertThat(process.getErrorStream().readAllBytes()).isEmpty();
            assertThat(process.exitValue()).isEqualTo(128 + 15);
        } finally {
            process.destroyForcibly();
        }
    }
}
