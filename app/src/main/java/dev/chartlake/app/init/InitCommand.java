package dev.chartlake.app.init;

import dev.chartlake.app.doctor.Examination;
import dev.chartlake.app.init.Choices.Schedule;
import dev.chartlake.app.init.Choices.SignIn;
import dev.chartlake.app.init.Choices.Sources;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Terminal;
import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.SpotifyVisit.ListAnswer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code init}: a first configuration file, and what can be taken with it at once. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        description = {
            "Writes a configuration file with comments, from five questions or from options, and takes the first snapshots"
                    + " that your app can read. Chart files are imported. Where nothing can be taken yet, it names the next"
                    + " command.",
            "A file that exists is never overwritten."
        })
public final class InitCommand implements Callable<Integer> {

    private static final Path USUAL = Path.of("chartlake.yaml");
    private static final Path SHORT_NAME = Path.of("chartlake.yml");

    private final ToIntFunction<String[]> commands;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Configuration file to write. Default: ./chartlake.yaml")
    private @Nullable Path config;

    @Option(
            names = "--lake",
            paramLabel = "DIR|s3://…",
            description =
                    "Folder of the lake, relative to the configuration file, or s3://bucket/prefix. Default: lake")
    private @Nullable String lake;

    @Option(
            names = "--list",
            paramLabel = "LIST|FILE",
            description = "A playlist (id, link or URI), a chart file, or a folder of them. Repeatable")
    private List<String> lists = new ArrayList<>();

    @Option(
            names = "--sign-in",
            paramLabel = "user|app|none",
            description = "How you sign in at Spotify; decides what the file's comments say. Default: user")
    private @Nullable String signIn;

    @Option(
            names = "--schedule",
            paramLabel = "daily|weekly|none",
            description = "How often it is to run; decides what the file's comments say. Default: daily")
    private @Nullable String schedule;

    @Option(
            names = "--warehouse",
            paramLabel = "NAME",
            description =
                    "The warehouse to load: duckdb, dynamodb, glue, postgres, snowflake, sqlite or none. Default: none")
    private @Nullable String warehouse;

    @Option(names = "--yes", description = "Ask nothing, and take the default of each option that is not given")
    private boolean yes;

    @Spec
    private @Nullable CommandSpec spec;

    /** {@code commands} runs a command as if it had been typed, and returns its exit code. */
    public InitCommand(ToIntFunction<String[]> commands) {
        this.commands = commands;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path file = config == null ? USUAL : config;
        refuse(file);
        if (config == null) {
            refuse(SHORT_NAME);
        }
        Choices choices = choices();
        write(file, ConfigurationText.of(choices));
        out().println("Wrote " + file + ".");
        return begin(file, choices);
    }

    private static void refuse(Path file) {
        if (Files.exists(file)) {
            throw exists(file);
        }
    }

    private static Failure exists(Path file) {
        return new Failure(
                ExitCode.USAGE,
                file + " exists already, and is kept as it is. Edit it, or name another file with --config.");
    }

    private Choices choices() throws IOException {
        boolean given =
                yes || lake != null || !lists.isEmpty() || signIn != null || schedule != null || warehouse != null;
        if (given) {
            Sources sources = checked("--list", lists, Choices::sources);
            return new Choices(
                    checked("--lake", usual(lake, Choices.LAKE), Choices::lake),
                    sources.lists(),
                    sources.files(),
                    checked("--sign-in", usual(signIn, "user"), text -> Interview.choice(SignIn.class, text)),
                    checked("--schedule", usual(schedule, "daily"), text -> Interview.choice(Schedule.class, text)),
                    checked("--warehouse", usual(warehouse, Choices.NONE), Choices::warehouse));
        }
        if (!Terminal.present()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "There is no terminal to ask on. Give options, such as: ./chartlake init --list"
                            + " https://open.spotify.com/playlist/ID --warehouse duckdb. Or take the defaults: ./chartlake"
                            + " init --yes");
        }
        return new Interview(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out()).ask();
    }

    private static String usual(@Nullable String given, String otherwise) {
        return given == null ? otherwise : given;
    }

    private static <T, R> R checked(String option, T value, Function<T, R> read) {
        try {
            return read.apply(value);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, option + ": " + e.getMessage());
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try {
            Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (FileAlreadyExistsException e) {
            throw exists(file);
        }
    }

    /** Takes what can be taken, and returns the exit code of the worst command. */
    private int begin(Path file, Choices choices) throws IOException, InterruptedException {
        int code = ExitCode.DONE;
        if (!choices.files().isEmpty()) {
            List<String> files = choices.files().stream().map(Path::toString).toList();
            code = run("import", file, files);
        }
        boolean asks = !choices.lists().isEmpty() || choices.files().isEmpty() && choices.signIn() != SignIn.NONE;
        Examination examination = new Examination(new LakeOptions(null, file), Optional.empty(), Clock.systemUTC());
        if (asks) {
            examination.run(List.of());
        }
        List<String> readable = examination.visit().map(SpotifyVisit::lists).orElse(List.of()).stream()
                .filter(ListAnswer::isReadable)
                .map(answer -> answer.list().id())
                .toList();
        if (!readable.isEmpty()) {
            code = Math.max(code, run("run", file, readable));
        } else if (!choices.files().isEmpty()) {
            code = Math.max(code, run("transform", file, List.of()));
            code = choices.warehouse().equals(Choices.NONE) ? code : Math.max(code, run("load", file, List.of()));
        }
        if (readable.size() < choices.lists().size()) {
            examination.advice().forEach(out()::println);
            out().println("Then: " + command("run", file));
            return Math.max(code, examination.exitCode());
        }
        if (readable.isEmpty() && choices.files().isEmpty()) {
            examination.advice().forEach(out()::println);
            out().println("Next: " + next(file, choices, examination));
        }
        return code;
    }

    /** What begins the lake of who named neither lists nor files. */
    private String next(Path file, Choices choices, Examination examination) {
        if (choices.signIn() == SignIn.NONE) {
            return command("import FILE", file);
        }
        if (examination.visit().filter(SpotifyVisit::signedIn).isPresent()) {
            return choices.signIn() == SignIn.USER
                    ? command("run --mine", file)
                    : command("doctor https://open.spotify.com/playlist/ID", file);
        }
        return choices.signIn() == SignIn.USER
                ? "export SPOTIFY_CLIENT_ID=… && ./chartlake login && " + command("run --mine", file)
                : "export SPOTIFY_CLIENT_ID=… SPOTIFY_CLIENT_SECRET=… && "
                        + command("doctor https://open.spotify.com/playlist/ID", file);
    }

    private String command(String command, Path file) {
        return "./chartlake " + command + (config == null ? "" : " --config " + file);
    }

    private int run(String command, Path file, List<String> arguments) {
        List<String> words = new ArrayList<>(List.of(command));
        if (config != null) {
            words.addAll(List.of("--config", file.toString()));
        }
        words.addAll(arguments);
        out().println("$ ./chartlake " + String.join(" ", words));
        out().flush();
        return commands.applyAsInt(words.toArray(String[]::new));
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }
}
