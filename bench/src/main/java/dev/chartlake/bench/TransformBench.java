package dev.chartlake.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs Chartlake's transform and {@link DuckDbPeer} in turn on one {@link Corpus} and prints how they compare. */
@Command(
        name = "bench/run",
        description = "Transforms a generated lake with DuckDB SQL and with Chartlake, in turn, and prints the ratio.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, both wrote the same", "1:a run failed, or the two disagree", "2:usage"})
final class TransformBench implements Callable<Integer> {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the corpus is, or is generated; relative to the repository.")
    private Path dir = Path.of("bench", "target", "corpus");

    @Option(names = "--lists", paramLabel = "N", description = "Lists of a new corpus.")
    private int lists = 200;

    @Option(names = "--days", paramLabel = "N", description = "Days of a new corpus.")
    private int days = 40;

    @Option(names = "--entries", paramLabel = "N", description = "Entries a page of a new corpus, up to 100.")
    private int entries = 50;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of a new corpus.")
    private long seed = 1;

    @Option(names = "--rounds", paramLabel = "N", description = "Runs of each; 0 only generates the corpus.")
    private int rounds = 3;

    @Option(
            names = "--chartlake",
            paramLabel = "COMMAND",
            description = "What transforms the lake: words separated by spaces, {lake} stands for its folder.")
    private String chartlake = "./chartlake transform --lake {lake}";

    @Option(
            names = "--peer",
            paramLabel = "COMMAND",
            description =
                    "What transforms it instead of DuckDB SQL: words separated by spaces, {lake} and {output} stand for"
                            + " folders. It prints " + DuckDbPeer.SQL_SECONDS + "SECONDS.")
    private @Nullable String peerWords;

    @Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    private final PrintStream out = System.out;

    private TransformBench() {}

    /** Leaves with 0 if both were measured and agree, 1 if not, 2 for a wrong option. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TransformBench())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
                    return 1;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        if (rounds < 0) {
            throw new CommandLine.ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--rounds is " + rounds + "; give 0 or more.");
        }
        Path lake = dir.resolve("lake").toAbsolutePath().normalize();
        Path peerOutput = dir.resolve("peer").toAbsolutePath().normalize();
        generate(lake);
        if (rounds == 0) {
            return 0;
        }
        Path aside = dir.resolve("aside").toAbsolutePath().normalize();
        Lake.reset(lake, aside);
        long bytes = Lake.warm(lake);
        say("%d lists x %d days x %d entries, %.2f GB of JSON, %d rounds", lists, days, entries, bytes / 1e9, rounds);

        List<Measured> peer = new ArrayList<>();
        List<Measured> own = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            Lake.reset(lake, aside);
            Lake.putAside(peerOutput, aside);
            peer.add(Measured.run(
                    peerWords == null ? peerCommand(lake, peerOutput) : command(peerWords, lake, peerOutput)));
            own.add(Measured.run(command(chartlake, lake, peerOutput)));
        }
        report(peer, own);
        Lake.delete(aside);
        List<String> differences = Agreement.differences(peerOutput, lake.resolve("transformed_data"));
        differences.forEach(out::println);
        out.println(
                differences.isEmpty()
                        ? "Both wrote the same entries, songs, albums and artists."
                        : "The two disagree, so the ratio says nothing.");
        return differences.isEmpty() ? 0 : 1;
    }

    /** A corpus is complete once the file with its size is there; one of another size is not touched. */
    private void generate(Path lake) throws IOException {
        Path marker = dir.resolve("corpus.txt");
        String size = "lists=" + lists + " days=" + days + " entries=" + entries + " seed=" + seed + "\n";
        if (Files.exists(marker)) {
            String there = Files.readString(marker);
            if (!there.equals(size)) {
                throw new IllegalStateException("The corpus in " + dir + " has " + there.strip() + ", not "
                        + size.strip() + ". Give another --dir, or remove that one.");
            }
            return;
        }
        if (Files.exists(lake)) {
            throw new IllegalStateException(
                    lake + " is there without " + marker + ", so it may be half written. Remove it and start again.");
        }
        long start = System.nanoTime();
        try {
            Corpus.write(lake, lists, days, entries, seed);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.writeString(marker, size);
        say("Generated %s in %.1f s", lake, (System.nanoTime() - start) / 1e9);
    }

    private static List<String> peerCommand(Path lake, Path output) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What Java itself costs is kept small, DuckDB does its work outside of it.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DuckDbPeer.class.getName(),
                lake.toString(),
                output.toString());
    }

    private static List<String> command(String words, Path lake, Path output) {
        List<String> command = new ArrayList<>();
        for (String word : words.strip().split("\\s+")) {
            command.add(word.replace("{lake}", lake.toString()).replace("{output}", output.toString()));
        }
        return command;
    }

    private void report(List<Measured> peer, List<Measured> own) {
        say("");
        say("%-22s %8s %8s %8s %8s", "", "SQL s", "wall s", "CPU s", "peak MB");
        rows(peerWords == null ? "DuckDB SQL" : "Peer", peer, TransformBench::sqlSeconds);
        rows("Chartlake", own, run -> null);
        double chartlakeWall = Measured.median(own, Measured::wallSeconds);
        say("");
        say(
                "Ratio, SQL alone to the whole of Chartlake:  %.2f",
                Measured.median(peer, TransformBench::sqlSeconds) / chartlakeWall);
        say(
                "Ratio, whole process to whole process:       %.2f",
                Measured.median(peer, Measured::wallSeconds) / chartlakeWall);
        say("");
    }

    private void rows(String name, List<Measured> runs, Function<Measured, @Nullable Double> sql) {
        for (int i = 0; i < runs.size(); i++) {
            row(name + ", round " + (i + 1), runs.subList(i, i + 1), sql);
        }
        row(name + ", median", runs, sql);
    }

    private void row(String name, List<Measured> runs, Function<Measured, @Nullable Double> sql) {
        say(
                "%-22s %8s %8s %8s %8s",
                name,
                Measured.number("%.2f", Measured.median(runs, sql)),
                Measured.number("%.2f", Measured.median(runs, Measured::wallSeconds)),
                Measured.number("%.2f", Measured.median(runs, Measured::cpuSeconds)),
                Measured.number("%.0f", Measured.median(runs, Measured::peakMegabytes)));
    }

    private static Double sqlSeconds(Measured run) {
        return run.output().stream()
                .filter(line -> line.startsWith(DuckDbPeer.SQL_SECONDS))
                .map(line -> Double.valueOf(line.substring(DuckDbPeer.SQL_SECONDS.length())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The peer did not print " + DuckDbPeer.SQL_SECONDS));
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
