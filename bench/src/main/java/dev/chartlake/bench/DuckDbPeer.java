package dev.chartlake.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What someone who knows DuckDB would write instead of Chartlake's transform: the same raw pages to entries, songs, albums
 * and artists as Parquet, one partition a day. It runs as a process of its own, see {@link #main}.
 *
 * <p>It has less to do: four tables instead of seven, no manifest, no moving of files, and it may rely on what holds for
 * a {@link Corpus} and not for every lake: a page is one line of JSON, and a song reads the same in all lists of a day.
 * {@code bench/README.md} says which other formulations were slower.
 */
final class DuckDbPeer {

    static final String SQL_SECONDS = "sql_seconds=";
    static final String PROCESS_SECONDS = "process_seconds=";
    private static final int THREADS = 2;

    private static final String ARTISTS = "STRUCT(id VARCHAR, name VARCHAR, external_urls STRUCT(spotify VARCHAR))[]";

    /** Only what the tables need; DuckDB skips the rest, such as {@code available_markets}, without building it. */
    private static final String ITEMS = """
            STRUCT(
              added_at TIMESTAMP,
              added_by STRUCT(id VARCHAR),
              track STRUCT(
                album STRUCT(
                  album_type VARCHAR, artists %1$s, external_urls STRUCT(spotify VARCHAR), id VARCHAR,
                  images STRUCT(url VARCHAR)[], name VARCHAR, release_date VARCHAR, release_date_precision VARCHAR,
                  total_tracks INTEGER),
                artists %1$s, disc_number INTEGER, duration_ms BIGINT, explicit BOOLEAN,
                external_ids STRUCT(isrc VARCHAR), external_urls STRUCT(spotify VARCHAR), id VARCHAR, name VARCHAR,
                popularity INTEGER, track_number INTEGER, type VARCHAR, uri VARCHAR))[]""".formatted(ARTISTS);

    private DuckDbPeer() {}

    /**
     * Arguments: the lake to read {@code raw_data/to_process/} of, and the folder to write the tables to. Prints the
     * seconds that the SQL took and those since Java began, and leaves with 1 if it failed.
     */
    public static void main(String[] args) throws IOException, SQLException {
        if (args.length != 2) {
            System.err.println("Usage: DuckDbPeer LAKE OUTPUT");
            System.exit(2);
        }
        Duration sql = transform(Path.of(args[0]), Path.of(args[1]));
        System.out.println(SQL_SECONDS + seconds(sql));
        long millis = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        System.out.println(PROCESS_SECONDS + seconds(Duration.ofMillis(millis)));
    }

    /** Writes the four tables to {@code output} in Chartlake's folders and returns the time that the SQL took. */
    static Duration transform(Path lake, Path output) throws IOException, SQLException {
        Files.createDirectories(output);
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            long start = System.nanoTime();
            for (String sql : statements(lake, output)) {
                statement.execute(sql);
            }
            return Duration.ofNanos(System.nanoTime() - start);
        }
    }

    private static List<String> statements(Path lake, Path output) {
        return List.of(
                "SET threads = " + THREADS,
                // Otherwise building the table of entries takes over twice the time and the memory.
                "SET preserve_insertion_order = false",
                """
                CREATE TEMP TABLE entry AS
                SELECT snapshot_date, playlist_id, observed_at, position,
                  item.added_at AS added_at, nullif(item.added_by.id, '') AS added_by, track.type AS kind, track.uri AS uri,
                  track.id AS song_id, track.name AS song_name, track.duration_ms AS duration_ms,
                  track.external_urls.spotify AS url, track.popularity AS popularity, track.explicit AS explicit,
                  track.external_ids.isrc AS isrc, track.disc_number AS disc_number,
                  track.track_number AS track_number, track.artists AS artists,
                  album.id AS album_id, album.name AS album_name, album.album_type AS album_type,
                  album.release_date AS release_date, album.release_date_precision AS release_date_precision,
                  album.total_tracks AS total_tracks, album.external_urls.spotify AS album_url,
                  album.images[1].url AS image_url, album.artists AS album_artists
                FROM (
                  SELECT *, item.track AS track, item.track.album AS album
                  FROM (
                    SELECT
                      split_part(filename, '/', -4)::DATE AS snapshot_date,
                      split_part(filename, '/', -2) AS playlist_id,
                      strptime(split_part(filename, '/', -4) || split_part(filename, '/', -1),
                        '%%Y-%%m-%%d%%H%%M%%SZ.json') AS observed_at,
                      unnest(items) AS item,
                      generate_subscripts(items, 1) AS position
                    FROM read_json(%s, columns = {items: '%s'}, format = 'newline_delimited', records = true,
                      filename = true)))
                """.formatted(text(lake.resolve("raw_data/to_process/*/spotify-web-api/*/*.json")), ITEMS),
                // Row numbers are cheap to group and to look up; a table of whole songs costs more than it saves.
                """
                CREATE TEMP TABLE first_of_song AS
                SELECT min(rowid) AS entry FROM entry GROUP BY snapshot_date, song_id
                """,
                """
                CREATE TEMP VIEW song AS
                SELECT * FROM entry WHERE rowid IN (SELECT entry FROM first_of_song)
                """,
                copy("""
                        SELECT snapshot_date, 'spotify-web-api' AS source, playlist_id, observed_at,
                          position::INTEGER AS position, kind, uri AS item_uri, song_id, song_name,
                          array_to_string([artist.name FOR artist IN artists], ', ') AS artist_names,
                          added_at, added_by
                        FROM entry
                        """, output.resolve("playlist_entry_data")),
                copy("""
                        SELECT snapshot_date, song_id, observed_at, song_name, duration_ms, url, popularity, explicit,
                          isrc, disc_number, track_number, album_id, artists[1].id AS artist_id,
                          array_to_string([artist.name FOR artist IN artists], ', ') AS artist_names
                        FROM song
                        """, output.resolve("song_data")),
                copy("""
                        SELECT snapshot_date, album_id, any_value(observed_at) AS observed_at,
                          any_value(album_name) AS name, any_value(album_type) AS album_type,
                          any_value(try_cast(release_date AS DATE)) AS release_date,
                          any_value(release_date) AS release_date_text,
                          any_value(release_date_precision) AS release_date_precision,
                          any_value(total_tracks) AS total_tracks, any_value(album_url) AS url,
                          any_value(image_url) AS image_url
                        FROM song
                        GROUP BY snapshot_date, album_id
                        """, output.resolve("album_data")),
                copy("""
                        SELECT snapshot_date, artist.id AS artist_id, any_value(observed_at) AS observed_at,
                          any_value(artist.name) AS artist_name, any_value(artist.external_urls.spotify) AS url
                        FROM (
                          SELECT snapshot_date, observed_at, unnest(artists) AS artist FROM song
                          UNION ALL
                          SELECT snapshot_date, observed_at, unnest(album_artists) FROM song)
                        GROUP BY snapshot_date, artist.id
                        """, output.resolve("artist_data")));
    }

    private static String copy(String query, Path folder) {
        return "COPY (" + query + ") TO " + text(folder) + " (FORMAT parquet, PARTITION_BY (snapshot_date))";
    }

    /** A path as SQL text, with the separators that DuckDB gives back in {@code filename}. */
    static String text(Path path) {
        return "'" + path.toString().replace('\\', '/').replace("'", "''") + "'";
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }
}
