package dev.chartlake.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;

/**
 * What someone who knows DuckDB would write instead of the transform of chart files: all rows of all charts to Parquet, with
 * the columns of playlist_entries that charts have, one partition a day. It runs as a process of its own, see {@link #main}.
 */
final class ChartsPeer {

    private ChartsPeer() {}

    /** Arguments: the lake to read {@code raw_data/to_process/} of, and the folder to write the table to. */
    public static void main(String[] args) throws IOException, SQLException {
        if (args.length != 2) {
            System.err.println("Usage: ChartsPeer LAKE OUTPUT");
            System.exit(2);
        }
        double seconds = transform(Path.of(args[0]), Path.of(args[1]));
        System.out.println(DuckDbPeer.SQL_SECONDS + String.format(Locale.ROOT, "%.3f", seconds));
    }

    /** Writes the table to {@code output} in Chartlake's folder, and returns the seconds that the SQL took. */
    static double transform(Path lake, Path output) throws IOException, SQLException {
        Files.createDirectories(output);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            statement.execute("SET threads = 2");
            statement.execute("SET preserve_insertion_order = false");
            statement.execute("""
                    COPY (
                      SELECT split_part(filename, '/', -4)::DATE AS snapshot_date, 'spotify-charts' AS source,
                        split_part(filename, '/', -2) AS playlist_id,
                        split_part(filename, '/', -4)::TIMESTAMP AS observed_at, rank AS position, 'track' AS kind,
                        uri AS item_uri, uri[15:] AS song_id, track_name AS song_name, artist_names, streams,
                        peak_rank AS reported_peak, nullif(previous_rank, -1) AS reported_previous,
                        weeks_on_chart AS reported_periods, file.source AS label
                      FROM read_csv(%s, header = true, delim = ',', quote = '"', auto_detect = false, filename = true,
                        columns = {rank: 'INTEGER', uri: 'VARCHAR', artist_names: 'VARCHAR', track_name: 'VARCHAR',
                          source: 'VARCHAR', peak_rank: 'INTEGER', previous_rank: 'INTEGER', weeks_on_chart: 'INTEGER',
                          streams: 'BIGINT'}) AS file)
                    TO %s (FORMAT parquet, PARTITION_BY (snapshot_date))
                    """.formatted(
                            DuckDbPeer.text(lake.resolve("raw_data/to_process/*/spotify-charts/*/*.csv")),
                            DuckDbPeer.text(output.resolve("playlist_entry_data"))));
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
