package dev.chartlake.bench;

import dev.chartlake.duckdb.compaction.Compaction;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Asks a lake of many years what its users ask, each question as a process of its own. */
@Command(
        name = "bench/run history",
        description = "Generates years of daily charts, compacts their months, and times questions about them.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:measured", "1:a run failed", "2:usage"})
final class HistoryBench implements Callable<Integer> {

    /** After so many seconds a dashboard has made ready what it can. */
    private static final int WARM = 10;

    /** The chart that is asked about. */
    private static final String CHART = History.chart(7);

    @Option(
            names = "--dir",
            paramLabel = "DIR",
            description = "Where the lake is, or is generated; relative to the repository.")
    private Path dir = Path.of("bench", "target", "history");

    @Option(names = "--years", paramLabel = "N", description = "Years of a new lake.")
    private int years = 10;

    @Option(names = "--lists", paramLabel = "N", description = "Charts of a new lake.")
    private int lists = 70;

    @Option(names = "--rounds", paramLabel = "N", description = "Times each question is asked; 0 only generates.")
    private int rounds = 5;

    @Option(names = "--chartlake", paramLabel = "COMMAND", description = "What answers.")
    private String chartlake = "./chartlake";

    private final PrintStream out = System.out;

    private HistoryBench() {}

    /** Leaves with 0 if all was measured, 1 if not, 2 for a wrong option. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new HistoryBench())
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    command.getErr().println(e.getMessage() == null ? e.toString() : e.getMessage());
                    return 1;
                })
                .execute(args));
    }

    /** Every question: what it is called, and the arguments of the command that answers it. */
    private static Map<String, List<String>> questions() {
        Map<String, List<String>> questions = new LinkedHashMap<>();
        questions.put("no table", query("SELECT 1"));
        questions.put(
                "one list's entries",
                query("SELECT count(*), min(snapshot_date), count(DISTINCT song_id), max(song_name)"
                        + " FROM playlist_entries WHERE playlist_id = '" + CHART + "'"));
        questions.put(
                "one list's runs of days",
                query("WITH days AS (SELECT song_id, snapshot_date, position, lag(snapshot_date) OVER song AS before"
                        + " FROM playlist_entries WHERE playlist_id = '" + CHART + "'"
                        + " WINDOW song AS (PARTITION BY song_id ORDER BY snapshot_date))"
                        + " SELECT song_id, count(*) AS days, min(position) AS peak,"
                        + " count(*) FILTER (before IS NULL OR before < snapshot_date - 1) AS entered"
                        + " FROM days GROUP BY song_id ORDER BY days DESC LIMIT 20"));
        questions.put(
                "one day", query("SELECT count(*) FROM playlist_entries WHERE snapshot_date = DATE '2022-02-28'"));
        questions.put("one song's days", query("SELECT count(*), max(popularity) FROM song_days WHERE song_id = ''"));
        questions.put("all entries", query("SELECT count(*), count(DISTINCT song_id) FROM playlist_entries"));
        questions.put("report chart, newest day", chart());
        questions.put("report chart, 2020-03-05", chart("--date", "2020-03-05"));
        questions.put(
                "chart_history of one list",
                query("SELECT count(*), max(peak), max(peak_date), max(streak), max(first_seen), max(periods),"
                        + " count(DISTINCT status), max(song_name) FROM chart_history WHERE playlist_id = '" + CHART
                        + "'"));
        questions.put("newest values of all songs", query("SELECT count(*), max(song_name) FROM songs"));
        return questions;
    }

    private static List<String> chart(String... options) {
        return Stream.concat(Stream.of("report", "chart", "--list", CHART, "--output", "csv"), Stream.of(options))
                .toList();
    }

    private static List<String> query(String sql) {
        return List.of("query", "--output", "csv", sql);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path lake = dir.resolve("lake").toAbsolutePath().normalize();
        HistoryLake.make(dir, years, lists, out);
        if (rounds == 0) {
            return 0;
        }
        long start = System.nanoTime();
        Compaction.Result compacted = new Compaction(new LocalStore(lake)).run((done, of) -> {});
        compacted.failures().forEach(out::println);
        say(
                "%-28s %8.2f s, %d months and years",
                "Compaction", (System.nanoTime() - start) / 1e9, compacted.compacted());
        say("%-28s %8s %8s %8s %8s", "", "least s", "median s", "CPU s", "peak MB");
        for (Map.Entry<String, List<String>> question : questions().entrySet()) {
            List<Measured> runs = new ArrayList<>();
            for (int round = 0; round < rounds; round++) {
                List<String> command = new ArrayList<>(List.of(chartlake.strip().split("\\s+")));
                command.addAll(question.getValue());
                command.addAll(List.of("--lake", lake.toString()));
                runs.add(Measured.run(command));
            }
            say(
                    "%-28s %8.2f %8s %8s %8s",
                    question.getKey(),
                    runs.stream().mapToDouble(Measured::wallSeconds).min().orElseThrow(),
                    Measured.number("%.2f", Measured.median(runs, Measured::wallSeconds)),
                    Measured.number("%.2f", Measured.median(runs, Measured::cpuSeconds)),
                    Measured.number("%.0f", Measured.median(runs, Measured::peakMegabytes)));
        }
        dashboard(lake, 0);
        dashboard(lake, WARM);
        return 0;
    }

    private void dashboard(Path lake, int seconds) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(chartlake.strip().split("\\s+")));
        command.addAll(List.of("dashboard", "--port", "0", "--lake", lake.toString()));
        say("%-28s %8s %8s %8s", "Dashboard, after " + seconds + " s", "least ms", "median", "most");
        DashboardViews.measure(command, seconds)
                .forEach((view, millis) -> say(
                        "%-28s %8.0f %8.0f %8.0f",
                        view, millis.get(0), millis.get(millis.size() / 2), millis.get(millis.size() - 1)));
    }

    private void say(String format, Object... arguments) {
        out.println(String.format(Locale.ROOT, format, arguments));
    }
}
