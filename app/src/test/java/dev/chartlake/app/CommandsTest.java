package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.outcome.ErrorText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** What holds for every command. */
@ResourceLock(Resources.SYSTEM_OUT)
class CommandsTest {

    @TempDir
    static Path folder;

    @BeforeAll
    static void write() throws IOException {
        Files.writeString(folder.resolve("file"), "");
    }

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
        assertThat(CommandLineRun.of("status", "demo").err()).contains("'demo'", "Try: ./chartlake status --help");
    }

    @Test
    void anUnknownCommandEndsWithTwoAndNamesLikelyOnes() {
        CommandLineRun wrong = CommandLineRun.of("demmo");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("demmo", "demo").endsWith("Try: ./chartlake --help\n");
        CommandLineRun nothing = CommandLineRun.of();
        assertThat(nothing.code()).isEqualTo(2);
        assertThat(nothing.err()).startsWith("Usage: chartlake");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void helpShowsWhatTheOptionDoes(String name) {
        CommandLineRun help = CommandLineRun.of("help", name);
        assertThat(help.code()).isZero();
        assertThat(help).isEqualTo(CommandLineRun.of(name, "--help"));
    }

    @Test
    void helpGoesBelowReportsAndNamesWhatThereIs() {
        assertThat(CommandLineRun.of("help")).isEqualTo(CommandLineRun.of("--help"));
        assertThat(CommandLineRun.of("help", "report", "chart"))
                .isEqualTo(CommandLineRun.of("report", "chart", "--help"));
        CommandLineRun wrong = CommandLineRun.of("help", "report", "charts");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("No such command: report charts. There are: chart, movers, ");
        assertThat(CommandLineRun.of("help", "status", "more").err())
                .startsWith("No such command: status more. There is nothing below status.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --nothing",
                "status more words",
                "transform --since yesterday",
                "transform --since 2026-13-01",
                "transform --since",
                "transform --format",
                "load --until 01.02.2026",
                "verify --since 2026-02-30",
                "report",
                "report nothing",
                "report chart --nothing",
                "report quality --since x",
                "import",
                "trigger",
                "dashboard --port 65536",
                "dashboard --port -1",
                "dashboard --port http",
                "dashboard --days 0",
                "dashboard --days many",
                "demo --port 99999",
                "simulate --port 99999",
                "simulate --date today",
                "status --config",
                "completion fish",
                "--lake x status"
            })
    void whatIsWrongOnTheCommandLineIsToldInAFewLines(String line) {
        CommandLineRun wrong = CommandLineRun.of(line.split(" "));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
        assertThat(wrong.err())
                .doesNotContain("Exception", "java", "LocalDate", " int", "Integer")
                .matches("(?s).*\\nTry: \\./chartlake( \\w+)* --help\\n");
        assertThat(wrong.err().lines()).hasSizeLessThan(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "transform --since 2026-02-02 --until 2026-02-01",
                "load dynamodb --since 2026-02-02 --until 2026-02-01",
                "verify --since 2026-02-02 --until 2026-02-01",
                "report quality --since 2026-02-02 --until 2026-02-01",
                "report debuts --since 2026-02-02 --until 2026-02-01",
                "report disagreements --since 2026-02-02 --until 2026-02-01"
            })
    void aSpanThatEndsBeforeItBeginsIsRefusedByEveryCommand(String line) {
        CommandLineRun wrong = CommandLineRun.of((line + " --lake " + folder).split(" "));
        assertThat(wrong.err()).startsWith("The span ends before it begins: 2026-02-02 to 2026-02-01.");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.out()).isEmpty();
    }

    @Test
    void filesThatAreNotThereEndWithTwo() {
        String none = folder.resolve("none").toString();
        String file = folder.resolve("file").toString();
        for (String line : new String[] {
            "import " + none,
            "trigger " + none,
            "trigger " + folder,
            "query -f " + none,
            "simulate --recordings " + none,
            "dashboard --export " + file,
            "status --config " + none,
            "dashboard --lake " + file,
            "demo --once --lake " + file
        }) {
            CommandLineRun wrong = CommandLineRun.of(line.split(" "));
            assertThat(wrong.code()).as(line + wrong.err()).isEqualTo(2);
            assertThat(wrong.err()).as(line).contains(folder.toString()).doesNotContain("Exception");
        }
    }

    /** A mistyped name must not look like a lake in which nothing is. */
    @Test
    void aLakeThatIsNotThereIsNotAnEmptyOne() {
        Path none = folder.resolve("mistyped");
        for (String line : new String[] {
            "query SELECT",
            "report debuts",
            "report quality",
            "report quality --list norway",
            "verify",
            "transform",
            "transform --all",
            "load glue",
            "load dynamodb",
            "dashboard --port 0",
            "dashboard --export " + folder.resolve("page")
        }) {
            CommandLineRun wrong = CommandLineRun.of((line + " --lake " + none).split(" "));
            assertThat(wrong.code()).as(line + wrong.err()).isEqualTo(2);
            assertThat(wrong.err())
                    .as(line)
                    .contains("There is no lake at " + none + ".", "./chartlake import FILE --lake " + none);
            assertThat(wrong.out()).as(line).isEmpty();
            assertThat(none).as(line).doesNotExist();
        }
    }

    /** Not a file with more arguments in it. */
    @Test
    void aNameMayBeginWithAnAt() throws Exception {
        Path file = Files.writeString(folder.resolve("@chart.csv"), "nothing");
        CommandLineRun run = CommandLineRun.of("import", "--lake", folder + "/at", file.toString());
        assertThat(run.err()).contains("@chart.csv");
        assertThat(CommandLineRun.of("query", "@" + file, "--lake", folder.toString())
                        .code())
                .isEqualTo(2);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theShellCompletesCommandsOptionsAndValues() throws Exception {
        CommandLineRun script = CommandLineRun.of("completion");
        assertThat(script.code()).isZero();
        Path file = Files.writeString(folder.resolve("completion"), script.out());
        for (String[] words : new String[][] {
            {"./chartlake", "tra", "transform"},
            {"chartlake", "sta", "status"},
            {"/a b/chartlake", "report", "mov", "movers"},
            {"chartlake", "status", "--outp", "--output"},
            {"chartlake", "status", "--output", "js", "json"},
            {"chartlake", "transform", "--format", "pa", "parquet"},
            {"chartlake", "help", "report", "", ""},
        }) {
            String wanted = words[words.length - 1];
            String typed = Stream.of(words)
                    .limit(words.length - 1L)
                    .map(word -> "'" + word + "'")
                    .collect(Collectors.joining(" "));
            Process bash = new ProcessBuilder(
                            "bash",
                            "--norc",
                            "-c",
                            "source '" + file + "'; complete -p chartlake >/dev/null; COMP_WORDS=(" + typed
                                    + "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _complete_chartlake; printf '%s\\n' \"${COMPREPLY[@]}\"")
                    .redirectErrorStream(true)
                    .start();
            assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .as(typed)
                    .contains(wanted);
        }
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new AccessDeniedException("/lake/x"), "No permission for /lake/x. Check"),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("/lake/x")),
                        "No file or folder /lake/x. Check"),
                Arguments.of(
                        new FileSystemException("/lake/x", null, "No space left on device"),
                        "/lake/x: No space left on device. Free some space"),
                Arguments.of(new IOException("No space left on device"), "No space left on device. Free some space"),
                Arguments.of(
                        new FileSystemException("/a/b", null, "Not a directory"), "/a/b: Not a directory. Something"),
                Arguments.of(new NotDirectoryException("/a"), "Not a folder: /a. "),
                Arguments.of(new FileAlreadyExistsException("/a"), "In the way: /a. "),
                Arguments.of(new RuntimeException(new IOException("the line is cut")), "the line is cut"),
                Arguments.of(new ExecutionException(new IOException("the line is cut")), "the line is cut"),
                Arguments.of(new IllegalStateException(), "Something unexpected happened"),
                Arguments.of(new NullPointerException("Cannot invoke \"x\""), "Something unexpected happened"),
                Arguments.of(
                        new ClassCastException("class java.lang.String cannot be cast"),
                        "Something unexpected happened"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void aFailureIsExplainedWithoutClassNames(Exception failure, String start) {
        assertThat(ErrorText.of(failure)).startsWith(start).doesNotContain("java.", "Exception");
    }
}
