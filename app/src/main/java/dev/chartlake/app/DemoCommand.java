package dev.chartlake.app;

import dev.chartlake.app.jobs.Transforming;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.DemoReport;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.Extractor;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.extract.UnfinishedRun;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.http.Pause;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.print.Plurals;
import dev.chartlake.print.ProgressLine;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.store.Hint;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.ViewSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo}: the whole journey. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Shows the whole journey without an account: starts the simulator, extracts two charts over eight weeks,"
                    + " transforms them, and prints this week's chart with its movement against last week, the biggest"
                    + " climbers and the new entries. Then it serves the dashboard until it is interrupted.",
            "A second time it finds everything there, prints and serves."
        })
final class DemoCommand implements Callable<Integer> {

    static final int DAYS = 56;

    private static final List<String> CHARTS = List.of(WorldLists.TOP_WORLD, WorldLists.TOP_NORWAY);

    @Option(
            names = "--lake",
            paramLabel = "DIR",
            description = "Folder of the demo's lake. Default: ./demo-lake, so that it never mixes with your own")
    private String lake = "demo-lake";

    @Option(names = "--once", description = "End after printing, without the dashboard")
    private boolean once;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            converter = ArgumentTypes.Port.class,
            description = "Port of the dashboard. Default: any free one")
    private int port;

    @Option(names = "--open", description = "Open the dashboard in this machine's browser")
    private boolean open;

    @Override
    public Integer call() throws IOException, InterruptedException {
        LocalStore store = LakeOptions.folder(lake);
        LocalDate last = SimulatorOptions.defaults().date();
        long start = System.nanoTime();
        Map<String, String> names = extract(store, last);
        say("Extracted " + Plurals.count(names.size(), "chart") + " on " + Plurals.count(DAYS, "day")
                + " from a simulated Spotify in " + since(start));
        start = System.nanoTime();
        int code = new Transforming(store, new ParquetFormat(), QualityRules.DEFAULT, System.err).run();
        if (code != ExitCode.DONE) {
            return code;
        }
        say("Raw objects to tables in " + since(start));
        start = System.nanoTime();
        try (DuckDbLake duckDb = new DuckDbLake(store.root(), store::shared)) {
            new DemoReport(duckDb, names, last).print(OutputOption.writer());
        }
        say("Read with DuckDB in " + since(start));
        next(store);
        if (!once) {
            say("");
            DashboardCommand.serve(
                    store,
                    () -> LakeStatus.of(store, QualityRules.DEFAULT),
                    ViewSettings.DEFAULT,
                    new DashboardServer.Options(InetAddress.getLoopbackAddress(), port, null, true),
                    open);
        }
        return ExitCode.DONE;
    }

    /** Returns the charts' names by id. */
    private static Map<String, String> extract(LocalStore store, LocalDate last)
            throws IOException, InterruptedException {
        // With Spotify's own addresses in its answers, the bytes do not depend on the port, and a second run adds
        // nothing.
        SimulatorOptions options = SimulatorOptions.defaults().withPort(0).withLinks(SpotifyAccess.API.toString());
        List<PlaylistRef> lists = CHARTS.stream().map(PlaylistRef::new).toList();
        Map<String, String> names = new LinkedHashMap<>();
        ProgressLine progress = new ProgressLine(System.err, "Extracting");
        try (Simulator simulator = Simulator.start(options)) {
            SpotifyAccess access = SpotifyAccess.of(
                    URI.create(simulator.apiUrl()),
                    URI.create(simulator.accountsUrl()),
                    options.clientId(),
                    options.clientSecret());
            Extractor extractor = new Extractor(
                    SpotifySource.open(access, store, Clock.systemUTC(), Pause.REAL),
                    AppFolder.inLake(store, access, "demo"));
            for (int day = 1; day <= DAYS; day++) {
                simulator.setDate(last.minusDays(DAYS - day));
                UnfinishedRun run = UnfinishedRun.begin(store, lists, Clock.systemUTC());
                Extractor.Report report = extractor.run(run, TimeLimit.NONE, outcome -> {
                    if (outcome.result() instanceof Archived archived) {
                        names.put(outcome.list().id(), archived.name());
                    } else if (outcome.result() instanceof Failed failed) {
                        throw new Failure(ExitCode.SOME_FAILED, outcome.list().id() + ": " + failed.reason());
                    }
                });
                if (report.stopped().isPresent()) {
                    throw new Failure(
                            ExitCode.SOME_FAILED, report.stopped().get().reason());
                }
                progress.at(day, DAYS);
            }
        }
        progress.end();
        return names;
    }

    private static String since(long nanoTime) {
        return String.format(Locale.ROOT, "%.1f s", (System.nanoTime() - nanoTime) / 1e9);
    }

    private static void say(String line) {
        System.err.println(line);
    }

    private static void next(LocalStore store) {
        say("");
        say("Try next:");
        say("  " + Hint.command("status", store.root()));
        say("  "
                + Hint.command(
                        "query \"SELECT song_name, artist_names, min(position) AS peak, count(*) AS days"
                                + " FROM playlist_entries GROUP BY ALL ORDER BY days DESC, peak LIMIT 10\"",
                        store.root()));
        say("  " + Hint.command("report records --list " + WorldLists.TOP_NORWAY, store.root()));
        say("  ./chartlake --help");
    }
}
