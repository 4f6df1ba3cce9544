package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What holds for every command. */
@ResourceLock(Resources.SYSTEM_OUT)
class CommandsTest {

    static Stream<String> commands() {
        return spec().subcommands().keySet().stream();
    }

    private static CommandSpec spec() {
        return Main.commandLine(Clock.systemUTC()).getCommandSpec();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void saysWhatItDoesAndWhatEachOptionMeans(String name) {
        CommandSpec command =
                Objects.requireNonNull(spec().subcommands().get(name)).getCommandSpec();
        assertThat(String.join(" ", command.usageMessage().description())).hasSizeGreaterThan(20);
        for (ArgSpec argument : command.args()) {
            assertThat(argument.description()).describedAs(argument.toString()).isNotEmpty();
        }
        CommandLineRun help = CommandLineRun.of(name, "--help");
        assertThat(help.code()).isZero();
        assertThat(help.out()).startsWith("Usage: chartlake " + name);
        assertThat(help.err()).isEmpty();
    }

    @Test
    void theHelpListsAllCommandsAndExitCodes() {
        CommandLineRun help = CommandLineRun.of("--help");
        assertThat(help.out()).contains(commands().toList()).contains("Exit codes:", "rate-limited");
        assertThat(help.out().lines().filter(line -> line.matches("  [a-z]+ {2,}\\S.*")))
                .hasSize((int) commands().count());
    }

    @Test
    void oneThatIsNamedAloneIsSetUpAlone() {
        assertThat(commands()).hasSameSizeAs(Main.COMMANDS);
        assertThat(CommandLineRun.of("status", "demo").err()).contains("'demo'", "Usage: chartlake status");
    }

    @Test
    void anUnknownCommandEndsWithTwoAndShowsTheUsage() {
        CommandLineRun wrong = CommandLineRun.of("demmo");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("demmo", "demo");
    }

    @Test
    void aFileThatCannotBeHadIsExplained() {
        assertThat(Main.message(new AccessDeniedException("/lake/x"))).startsWith("No permission for /lake/x. Check");
        assertThat(Main.message(new UncheckedIOException(new NoSuchFileException("/lake/x"))))
                .startsWith("No file or folder /lake/x. Check");
    }
}
