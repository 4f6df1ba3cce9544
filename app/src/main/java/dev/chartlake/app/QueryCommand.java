package dev.chartlake.app;

import dev.chartlake.app.jobs.AthenaOptions;
import dev.chartlake.app.jobs.AthenaQuery;
import dev.chartlake.app.jobs.QueryText;
import dev.chartlake.app.lake.LakeOptions;
import dev.chartlake.app.print.OutputOption;
import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.query.QueryException;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code query}: SQL over the lake. */
@Command(
        name = "query",
        mixinStandardHelpOptions = true,
        description = {
            "Runs one SELECT (DuckDB SQL) over the lake. Reads only, and can run while a transform does.",
            "Views: playlists, playlist_entries, song_artists, album_artists; songs, albums, artists with the newest known"
                    + " values; song_days, album_days, artist_days with every day's; artist_songs.",
            "Views of history: chart_history, chart_exits, chart_turnover, chart_anomalies, song_stats, artist_stats, album_stats,"
                    + " market_overlap, popularity_history, catalog_changes, chart_reported, recordings, lists, list_snapshots, excluded_snapshots,"
                    + " chart_entries, known_lists, markets;"
                    + " most also by recording, such as chart_history_by_recording.",
            "For the columns: query \"DESCRIBE songs\""
        })
final class QueryCommand implements Callable<Integer> {

    @Mixin
    private LakeOptions lake = new LakeOptions();

    @Mixin
    private OutputOption output = new OutputOption();

    @Mixin
    private AthenaOptions athena = new AthenaOptions();

    @Option(
            names = "--engine",
            paramLabel = "duckdb|athena",
            description =
                    "Who answers: DuckDB in this process (default), or Athena, where 'load glue' has registered the lake")
    private String engine = "duckdb";

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Read the query from this file; - is standard input")
    private @Nullable String file;

    @Parameters(paramLabel = "SQL", arity = "0..1", description = "One statement, in quotes; - is standard input")
    private @Nullable String sql;

    /** To be set by picocli. */
    QueryCommand() {}

    QueryCommand(String sql, LakeOptions lake, OutputOption output) {
        this.sql = sql;
        this.lake = lake;
        this.output = output;
    }

    @Override
    public Integer call() throws IOException {
        output.check();
        return switch (engine) {
            case "duckdb" -> duckDb(text());
            case "athena" -> athena(text());
            default -> throw new Failure(ExitCode.USAGE, "No such engine: " + engine + ". There are: duckdb, athena.");
        };
    }

    private String text() throws IOException {
        return QueryText.of(sql, file, System.in);
    }

    private int athena(String query) throws IOException {
        try {
            output.print(rows -> AthenaQuery.run(query, lake.settings(), athena, rows));
            return ExitCode.DONE;
        } catch (QueryException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    private int duckDb(String query) throws IOException {
        LocalStore store = lake.readable();
        try (DuckDbLake duckDb =
                new DuckDbLake(store.root(), store::shared, lake.settings().views())) {
            output.print(rows -> duckDb.run(query, rows));
            return ExitCode.DONE;
        } catch (QueryException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
