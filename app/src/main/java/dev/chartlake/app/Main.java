package dev.chartlake.app;

import dev.chartlake.app.doctor.DoctorCommand;
import dev.chartlake.app.init.InitCommand;
import dev.chartlake.app.login.LoginCommand;
import dev.chartlake.app.login.LogoutCommand;
import dev.chartlake.app.print.StandardOutput;
import dev.chartlake.app.purge.PurgeCommand;
import dev.chartlake.app.settings.Environment;
import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import dev.chartlake.store.StoreException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
            "5:counts do not add up, or a data contract broke"
        })
public final class Main {

    /** The commands. Each is called what its class is called, without "Command" and in lower case. */
    static final List<Class<?>> COMMANDS = List.of(
            CompletionCommand.class,
            DashboardCommand.class,
            DemoCommand.class,
            DoctorCommand.class,
            ExtractCommand.class,
            HelpCommand.class,
            ImportCommand.class,
            InitCommand.class,
            LoadCommand.class,
            LoginCommand.class,
            LogoutCommand.class,
            PurgeCommand.class,
            QueryCommand.class,
            ReportCommand.class,
            RunCommand.class,
            SimulateCommand.class,
            StatusCommand.class,
            TransformCommand.class,
            TriggerCommand.class,
            VerifyCommand.class);

    /** DuckDB is loaded for these while the command line is read. */
    private static final Set<String> ASK_DUCKDB = Set.of("query", "report");

    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        StandardOutput out = StandardOutput.install();
        System.exit(out.checked(run(args)));
    }

    /** Runs one command and returns its exit code. */
    public static int run(String... args) {
        return run(Clock.systemUTC(), args);
    }

    /** Runs one command at the time of {@code clock}. */
    static int run(Clock clock, String... args) {
        if (args.length > 0 && ASK_DUCKDB.contains(args[0])) {
            DuckDbLake.prepare();
        }
        try {
            @Nullable Callable<Integer> plain = QuickCommandLine.command(args);
            return plain == null ? commandLine(clock, args).execute(args) : run(plain);
        } catch (OutOfMemoryError e) {
            System.err.println("This needs more memory than Chartlake may use, "
                    + Plurals.count(Runtime.getRuntime().maxMemory() >> 20, "MB", "MB")
                    + ". Ask for less at a time, or allow more, such as: export CHARTLAKE_JAVA_OPTS=-Xmx1g");
            return ExitCode.SOME_FAILED;
        } catch (StackOverflowError | LinkageError e) {
            System.err.println(ErrorText.of(e));
            return ExitCode.SOME_FAILED;
        }
    }

    private static int run(Callable<Integer> command) {
        try {
            return command.call();
        } catch (Exception e) {
            return fail(e, new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        }
    }

    /** All commands, unless one is named: to set up the others takes longer than what most of them do. */
    private static List<Class<?>> named(String word) {
        for (Class<?> command : COMMANDS) {
            if (word.equals(name(command))) {
                return List.of(command);
            }
        }
        return COMMANDS;
    }

    private static String name(Class<?> command) {
        String name = command.getSimpleName();
        return name.substring(0, name.length() - "Command".length()).toLowerCase(Locale.ROOT);
    }

    /** With all commands and reports, or with no others than {@code words} name. */
    static CommandLine commandLine(Clock clock, String... words) {
        List<Class<?>> commands = words.length == 0 ? COMMANDS : named(words[0]);
        CommandLine.IFactory usual = CommandLine.defaultFactory();
        CommandLine.IFactory factory = new CommandLine.IFactory() {
            @Override
            public <K> K create(Class<K> type) throws Exception {
                if (type == InitCommand.class) {
                    return type.cast(new InitCommand(words -> run(clock, words)));
                }
                if (type == PurgeCommand.class) {
                    return type.cast(new PurgeCommand(clock));
                }
                return type == StatusCommand.class ? type.cast(new StatusCommand(clock)) : usual.create(type);
            }
        };
        CommandLine all = new CommandLine(new Main(), factory);
        for (Class<?> command : commands) {
            all.addSubcommand(
                    command == ReportCommand.class
                            ? ReportCommands.all(words.length < 2 ? null : words[1], factory)
                            : command);
        }
        return ArgumentTypes.register(all)
                .setExpandAtFiles(false) // a file may be named so
                .setExecutionExceptionHandler(new Failed())
                .setParameterExceptionHandler(new Misused());
    }

    /** A class of its own, because a lambda keeps the archive that the launcher starts from without some of picocli. */
    private static final class Failed implements CommandLine.IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
            return fail(e, command.getErr());
        }
    }

    /** The message comes last, where it is seen, and the usage only when there is nothing else to say. */
    private static final class Misused implements CommandLine.IParameterExceptionHandler {
        @Override
        public int handleParseException(CommandLine.ParameterException e, String[] args) {
            CommandLine command = e.getCommandLine();
            PrintWriter err = command.getErr();
            if (args.length == 0) {
                command.usage(err);
                return ExitCode.USAGE;
            }
            err.println(e.getMessage());
            boolean suggested = CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
            if (!suggested && !command.getSubcommands().isEmpty()) {
                err.println("There are: "
                        + String.join(", ", command.getSubcommands().keySet()) + ".");
            }
            err.println("Try: ./" + command.getCommandSpec().qualifiedName() + " --help");
            return ExitCode.USAGE;
        }
    }

    private static int fail(Exception e, PrintWriter err) {
        if (e instanceof Failure failure) {
            err.println(failure.getMessage());
            return failure.exitCode();
        }
        err.println(ErrorText.of(e));
        if (e instanceof StoreException store) {
            return store.kind() == StoreException.Kind.SIGN_IN ? ExitCode.SIGN_IN : ExitCode.USAGE;
        }
        if (Environment.variables().get("CHARTLAKE_TRACE") != null) {
            e.printStackTrace(err);
        }
        return ExitCode.SOME_FAILED;
    }
}
