package dev.chartlake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DuckDbPeerTest {

    @TempDir
    Path dir;

    private Path tables;

    @BeforeEach
    void transform() throws IOException, SQLException {
        Corpus.write(dir.resolve("lake"), 6, 2, 20, 7);
        tables = dir.resolve("peer");
        DuckDbPeer.transform(dir.resolve("lake"), tables);
    }

    @Test
    void writesEveryEntryOnceAndEverySongOfADayOnce() throws SQLException {
        assertThat(number("SELECT count(*) FROM " + files("playlist_entry_data")))
                .isEqualTo(6 * 2 * 20);
        assertThat(number("SELECT count(DISTINCT (playlist_id, observed_at, position)) FROM "
                        + files("playlist_entry_data")))
                .isEqualTo(6 * 2 * 20);
        assertThat(number("SELECT count(*) FROM " + files("song_data")))
                .isEqualTo(
                        number("SELECT count(DISTINCT (snapshot_date, song_id)) FROM " + files("playlist_entry_data")));
    }

    @Test
    void everySongsAlbumAndArtistIsThere() throws SQLException {
        assertThat(number("SELECT count(*) FROM " + files("song_data") + " s ANTI JOIN " + files("album_data")
                        + " a USING (snapshot_date, album_id)"))
                .isZero();
        assertThat(number("SELECT count(*) FROM " + files("song_data") + " s ANTI JOIN " + files("artist_data")
                        + " a USING (snapshot_date, artist_id)"))
                .isZero();
    }

    @Test
    void timeIsThatOfTheFileName() throws SQLException {
        assertThat(number("SELECT count(*) FROM " + files("playlist_entry_data")
                        + " WHERE observed_at = snapshot_date + INTERVAL 12 HOUR"))
                .isEqualTo(6 * 2 * 20);
    }

    @Test
    void agreesWithItself() throws SQLException {
        assertThat(Agreement.differences(tables, tables)).isEmpty();
    }

    @Test
    void aMissingDayAndAChangedValueAreDifferences() throws IOException, SQLException {
        Path other = dir.resolve("other");
        DuckDbPeer.transform(dir.resolve("lake"), other);
        Lake.delete(other.resolve("song_data/snapshot_date=2026-01-02"));
        Path albums = other.resolve("album_data/snapshot_date=2026-01-01");
        Path changed = dir.resolve("changed.parquet");
        run("COPY (SELECT * REPLACE (name || '!' AS name) FROM read_parquet('" + albums + "/*.parquet', "
                + "hive_partitioning = false)) TO '" + changed + "' (FORMAT parquet)");
        Lake.delete(albums);
        Files.createDirectories(albums);
        Files.move(changed, albums.resolve("part-0.parquet"));

        assertThat(Agreement.differences(tables, other))
                .anySatisfy(line -> assertThat(line).startsWith("songs of 2026-01-02: peer "))
                .anySatisfy(line -> assertThat(line).startsWith("albums.name differs in "))
                .hasSize(2);
    }

    private String files(String folder) {
        return "read_parquet(" + DuckDbPeer.text(tables.resolve(folder).resolve("*/*.parquet")) + ")";
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void run(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
