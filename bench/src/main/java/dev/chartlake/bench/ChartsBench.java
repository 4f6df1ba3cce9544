package dev.chartlake.bench;

import dev.chartlake.model.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Imports and transforms generated {@linkplain ChartCorpus chart files}, and prints how long that takes beside copying them
 * and beside {@link ChartsPeer}.
 */
@Command(
        name = "bench/run charts",
        description = "Imports chart files, beside copying them, and transforms some of them, beside DuckDB SQL.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured, both wrote the same entries", "1:a run failed, or the two disagree", "2:usage"})
final class ChartsBench implements Callable<Integer> {

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the files are, or are generated; relative to the repository.")
    private Path dir = Path.of("bench", "target", "charts");

    @Option(names = "--weeks", paramLabel = "N", description = "Weeks of new files to import, of 70 markets each.")
    private int weeks = 260;

    @Option(names = "--transform-weeks", paramLabel = "N", description = "Weeks of new files to transform.")
    private int transformWeeks = 100;

    @Option(names = "--rounds", paramLabel = "N", description = "Runs of each; 0 only generates the files.")
    private int rounds = 3;

    @Option(
            names = "--chartlake",
            paramLabel = "COMMAND",
            description =
                    "What runs Chartlake: words separated by spaces, to which the command and its options are added.")
    private String chartlake = "./chartlake";

    private ChartsBench() {}

    /** Leaves with 0 if all was measured and the two agree, 1 if not, 2 for a wrong option. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ChartsBench())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
                    return 1;
                })
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, SQLException {
        Path home = dir.toAbsolutePath().normalize();
        Path files = home.resolve("files-" + weeks);
        Path few = home.resolve("files-" + transformWeeks);
        Path lake = home.resolve("lake-" + transformWeeks);
        Path aside = home.resolve("aside");
        generate(files, weeks);
        generate(few, transformWeeks);
        if (!Files.exists(lake.resolve("raw_data"))) {
            Measured.run(own("import", lake, few));
        }
        if (rounds < 1) {
            return 0;
        }
        Lake.reset(lake, aside);
        Lake.warm(lake);
        read(files);
        List<Measured> copies = new ArrayList<>();
        List<Measured> imports = new ArrayList<>();
        List<Measured> peer = new ArrayList<>();
        List<Measured> transforms = new ArrayList<>();
        Path imported = home.resolve("imported");
        Path copied = home.resolve("copied");
        Path output = home.resolve("peer");
        for (int round = 1; round <= rounds; round++) {
            Lake.putAside(copied, aside);
            Lake.putAside(imported, aside);
            Measured.run(List.of("sync"));
            copies.add(Measured.run(
                    List.of("sh", "-c", "cp -r \"$0\" \"$1\" && sync", files.toString(), copied.toString())));
            imports.add(Measured.run(own("import", imported, files)));
            Lake.reset(lake, aside);
            Lake.putAside(output, aside);
            peer.add(Measured.run(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-cp",
                    System.getProperty("java.class.path"),
                    ChartsPeer.class.getName(),
                    lake.toString(),
                    output.toString())));
            transforms.add(Measured.run(own("transform", lake)));
        }
        report("cp -r and sync", copies);
        report("import", imports);
        report("DuckDB SQL", peer);
        report("transform", transforms);
        say(
                "%nimport to cp -r and sync, of %d files:            %.2f times as long",
                weeks * ChartCorpus.MARKETS, wall(imports) / wall(copies));
        say(
                "transform to DuckDB SQL alone, of %d files:       %.2f times the throughput",
                transformWeeks * ChartCorpus.MARKETS, Measured.median(peer, ChartsBench::sql) / wall(transforms));
        Lake.delete(aside);
        List<String> differences =
                Agreement.differences(output, lake.resolve("transformed_data"), List.of(Table.PLAYLIST_ENTRIES));
        differences.forEach(System.out::println);
        say(differences.isEmpty() ? "Both wrote the same entries." : "The two disagree, so the ratio says nothing.");
        return differences.isEmpty() ? 0 : 1;
    }

    /** Files are complete once their folder has its name. */
    private static void generate(Path folder, int weeks) throws IOException {
        if (!Files.exists(folder)) {
            Path half = folder.resolveSibling(folder.getFileName() + ".half");
            Lake.delete(half);
            ChartCorpus.write(half, weeks);
            Files.move(half, folder);
        }
    }

    private static void read(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.readAllBytes(file);
            }
        }
    }

    private List<String> own(String command, Path lake, Path... more) {
        List<String> words = new ArrayList<>(List.of(chartlake.strip().split("\\s+")));
        words.addAll(List.of(command, "--lake", lake.toString()));
        for (Path path : more) {
            words.add(path.toString());
        }
        return words;
    }

    private static double wall(List<Measured> runs) {
        return Measured.median(runs, Measured::wallSeconds);
    }

    private static Double sql(Measured run) {
        return run.output().stream()
                .filter(line -> line.startsWith(DuckDbPeer.SQL_SECONDS))
                .map(line -> Double.valueOf(line.substring(DuckDbPeer.SQL_SECONDS.length())))
                .findFirst()
                .orElse(Double.NaN);
    }

    private static void report(String name, List<Measured> runs) {
        for (int i = 0; i < runs.size(); i++) {
            row(name + ", round " + (i + 1), runs.subList(i, i + 1));
        }
        row(name + ", median", runs);
    }

    private static void row(String name, List<Measured> runs) {
        say(
                "%-26s wall %7s s   CPU %7s s   peak %5s MB   SQL %6s s",
                name,
                Measured.number("%.2f", wall(runs)),
                Measured.number("%.2f", Measured.median(runs, Measured::cpuSeconds)),
                Measured.number("%.0f", Measured.median(runs, Measured::peakMegabytes)),
                Measured.number("%.2f", Measured.median(runs, ChartsBench::sql)));
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
