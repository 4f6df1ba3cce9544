package dev.chartlake.app;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "chartlake",
        description = "Keeps the history of Spotify playlists and charts, and shows what moved.",
        mixinStandardHelpOptions = true,
        version = "chartlake 0.1.0",
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:some work failed, the rest was done",
            "2:usage or configuration",
            "3:sign-in needed or refused",
            "4:rate-limited, come back later",
            "5:counts do not add up"
        },
        subcommands = {
            ExtractCommand.class,
            ImportCommand.class,
            QueryCommand.class,
            RunCommand.class,
            SimulateCommand.class,
            TransformCommand.class
        })
public final class Main {

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command and returns its exit code. */
    public static int run(String... args) {
        return new CommandLine(new Main())
                .setExecutionExceptionHandler((e, command, parsed) -> fail(e, command.getErr()))
                .execute(args);
    }

    private static int fail(Exception e, PrintWriter err) {
        if (e instanceof Failure failure) {
            err.println(failure.getMessage());
            return failure.exitCode();
        }
        err.println(e.getMessage() == null ? e.toString() : e.getMessage());
        if (System.getenv("CHARTLAKE_TRACE") != null) {
            e.printStackTrace(err);
        }
        return ExitCode.SOME_FAILED;
    }
}
