package dev.chartlake.duckdb;

import static dev.chartlake.model.Table.ALBUMS;
import static dev.chartlake.model.Table.ALBUM_ARTISTS;
import static dev.chartlake.model.Table.ARTISTS;
import static dev.chartlake.model.Table.PLAYLISTS;
import static dev.chartlake.model.Table.PLAYLIST_ENTRIES;
import static dev.chartlake.model.Table.SONGS;
import static dev.chartlake.model.Table.SONG_ARTISTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.duckdb.files.ChangedLakeException;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.query.QueryException;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewsTest {
    private static final String NOON = "TIMESTAMP '2021-03-25 12:00:00' AS observed_at";

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void anAbsentLakeHasEveryTableWithItsColumns(Table table) {
        var lake = new LakeFolder(folder.resolve("absent"));
        for (var view : List.of(table.sqlName(), Views.days(table))) {
            assertThat(lake.query("SELECT column_name, column_type FROM (DESCRIBE " + view + ")"))
                    .isEqualTo("column_name,column_type\n" + described(table, view));
            assertThat(lake.query("SELECT count(*) AS n FROM " + view)).isEqualTo("n\n0\n");
        }
    }

    @ParameterizedTest
    @EnumSource
    void columnsAreTheSameInBothFormats(Table table) {
        var lake = new LakeFolder(folder).parquet(table, "2021-03-25", "SELECT NULL AS observed_at WHERE false");
        assertThat(lake.query("SELECT column_name, column_type FROM (DESCRIBE " + table.sqlName() + ")"))
                .isEqualTo("column_name,column_type\n" + described(table, table.sqlName()));
        lake.csv(table, "2021-03-26", ",".repeat(table.columns().size() - 1));
        assertThat(lake.query("SELECT column_name, column_type FROM (DESCRIBE " + table.sqlName() + ")"))
                .isEqualTo("column_name,column_type\n" + described(table, table.sqlName()));
    }

    @Test
    void showListsTheViewsAndNothingElse() {
        assertThat(new LakeFolder(folder).query("SHOW TABLES").lines())
                .containsExactly(
                        "name",
                        "album_artists",
                        "album_days",
                        "album_stats",
                        "album_stats_by_recording",
                        "albums",
                        "artist_days",
                        "artist_songs",
                        "artist_stats",
                        "artist_stats_by_recording",
                        "artists",
                        "catalog_changes",
                        "chart_anomalies",
                        "chart_anomalies_by_recording",
                        "chart_entries",
                        "chart_entries_by_recording",
                        "chart_exits",
                        "chart_exits_by_recording",
                        "chart_history",
                        "chart_history_by_recording",
                        "chart_reported",
                        "chart_turnover",
                        "chart_turnover_by_recording",
                        "excluded_snapshots",
                        "known_lists",
                        "list_snapshots",
                        "lists",
                        "market_overlap",
                        "market_overlap_by_recording",
                        "markets",
                        "playlist_entries",
                        "playlist_entries_by_recording",
                        "playlists",
                        "plays",
                        "popularity_history",
                        "popularity_history_by_recording",
                        "recordings",
                        "song_artists",
                        "song_days",
                        "song_days_by_recording",
                        "song_stats",
                        "song_stats_by_recording",
                        "songs");
    }

    @Test
    void noMarkIsLeftInAnyQuery() {
        for (var name : Views.names()) {
            assertThat(Views.query(name) + Views.queryOfDuckDb(name)).as(name).doesNotContain("{", "}");
        }
        assertThat(Views.query("recordings")).doesNotContain("MATERIALIZED");
        assertThat(Views.queryOfDuckDb("recordings")).contains(" AS MATERIALIZED (");
    }

    @Test
    void everyDayShowsInTheTablesOfADay() {
        var lake = new LakeFolder(folder)
                .parquet(PLAYLISTS, "2021-03-25", "SELECT 'web' AS source, 'p' AS playlist_id, 'Top 50' AS name")
                .csv(PLAYLISTS, "2021-03-26", "web,p,2021-03-26 06:00:00,Top 50!,,,,,,,,50,")
                .csv(
                        PLAYLIST_ENTRIES,
                        "2021-03-26",
                        "web,p,2021-03-26 06:00:00,1,track,,s,Song,,,,9007199254740993,,,,")
                .parquet(ALBUM_ARTISTS, "2021-03-25", "SELECT 'a' AS album_id, 1 AS artist_order, 'r' AS artist_id");
        assertThat(lake.query("SELECT snapshot_date, name, total FROM playlists ORDER BY 1"))
                .isEqualTo("snapshot_date,name,total\n2021-03-25,Top 50,\n2021-03-26,Top 50!,50\n");
        assertThat(lake.query("SELECT observed_at, streams FROM playlist_entries"))
                .isEqualTo("observed_at,streams\n2021-03-26 06:00:00,9007199254740993\n");
        assertThat(lake.query("FROM album_artists"))
                .isEqualTo("snapshot_date,album_id,artist_order,artist_id,observed_at\n2021-03-25,a,1,r,\n");
    }

    @Test
    void anUnknownValueNeverHidesAKnownOne() {
        var lake = new LakeFolder(folder)
                .parquet(
                        SONGS, "2021-03-26", "SELECT 's' AS song_id, " + NOON + ", 'New' AS song_name, 0 AS popularity")
                .csv(SONGS, "2021-03-27", "s,2021-03-27 06:00:00,,180000,,,,,,,,,")
                .parquet(
                        SONGS,
                        "2021-03-25",
                        "SELECT 's' AS song_id, " + NOON + ", 'Old' AS song_name, 77 AS popularity, 'X' AS isrc");
        assertThat(lake.query("SELECT last_seen_on, song_id, observed_at, song_name, duration_ms, popularity, isrc,"
                        + " explicit FROM songs"))
                .isEqualTo("last_seen_on,song_id,observed_at,song_name,duration_ms,popularity,isrc,explicit\n"
                        + "2021-03-27,s,2021-03-27 06:00:00,New,180000,0,X,\n");
        assertThat(lake.query("SELECT count(*) AS n FROM song_days")).isEqualTo("n\n3\n");
    }

    @Test
    void anOlderDayThatArrivesLaterChangesNothingThatIsKnown() throws IOException {
        var lake = new LakeFolder(folder)
                .parquet(ARTISTS, "2021-03-26", "SELECT 'r' AS artist_id, " + NOON + ", 'Now' AS artist_name");
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            var newest = "SELECT last_seen_on, artist_name, url FROM artists";
            assertThat(LakeFolder.csv(engine, newest)).endsWith("\n2021-03-26,Now,\n");
            lake.csv(ARTISTS, "2020-01-01", "r,2020-01-01 00:00:00,Then,https://open.spotify.com/artist/r");
            assertThat(LakeFolder.csv(engine, newest)).endsWith("\n2021-03-26,Now,https://open.spotify.com/artist/r\n");
        }
    }

    @Test
    void aFormatThatGoesAwayIsNoError() throws IOException {
        var lake = new LakeFolder(folder).csv(ALBUMS, "2021-03-25", "a,2021-03-25 12:00:00,Album,,,,,,,");
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            assertThat(LakeFolder.csv(engine, "SELECT name FROM albums")).isEqualTo("name\nAlbum\n");
            lake.parquet(ALBUMS, "2021-03-25", "SELECT 'a' AS album_id, " + NOON + ", 'Better' AS name");
            Files.delete(lake.file(ALBUMS, "2021-03-25", "part-0.csv"));
            assertThat(LakeFolder.csv(engine, "SELECT name FROM albums")).isEqualTo("name\nBetter\n");
            Files.delete(lake.file(ALBUMS, "2021-03-25", "part-0.parquet"));
            lake.commit("2021-03-25");
            assertThat(LakeFolder.csv(engine, "SELECT name FROM albums")).isEqualTo("name\n");
        }
    }

    /** What a song has to do with a day is in song_days; the newest values have no day that could be joined by mistake. */
    @ParameterizedTest
    @ValueSource(strings = {"songs", "albums", "artists", "artist_songs"})
    void theNewestValuesCannotBeJoinedByTheirDay(String view) {
        var lake = new LakeFolder(folder);
        var days = view.equals("albums") ? "album_days" : view.equals("artists") ? "artist_days" : "song_days";
        assertThatThrownBy(
                        () -> lake.query("SELECT count(*) FROM " + days + " JOIN " + view + " USING (snapshot_date)"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("snapshot_date")
                .hasMessageContaining("The columns of " + view + " are: last_seen_on, ");
        for (var join : List.of("NATURAL JOIN", "natural left join", "NATURAL  FULL OUTER JOIN")) {
            assertThatThrownBy(() -> lake.query("SELECT count(*) FROM " + days + " " + join + " " + view))
                    .isInstanceOf(QueryException.class)
                    .hasMessageStartingWith("NATURAL JOIN is not allowed")
                    .hasMessageContaining("USING (song_id)");
        }
    }

    @Test
    void artistSongsNeverMixesTheListsOfTwoDays() {
        var lake = new LakeFolder(folder)
                .parquet(SONGS, "2021-03-25", "SELECT 's' AS song_id, 'Song' AS song_name, 'a' AS album_id, 'u' AS url")
                .parquet(
                        ARTISTS,
                        "2021-03-25",
                        "SELECT unnest(['r1', 'r2', 'r3']) AS artist_id,"
                                + " unnest(['One', 'Two', 'Three']) AS artist_name")
                .parquet(
                        SONG_ARTISTS,
                        "2021-03-25",
                        "SELECT 's' AS song_id, unnest([1, 2, 3]) AS artist_order,"
                                + " unnest(['r1', 'r2', 'r3']) AS artist_id")
                .csv(SONG_ARTISTS, "2021-03-26", "s,1,r3,2021-03-26 06:00:00", "s,2,r1,2021-03-26 06:00:00")
                .csv(SONG_ARTISTS, "2021-03-27", "other,1,unknown,2021-03-27 06:00:00");
        assertThat(lake.query("SELECT last_seen_on, song_id, song_name, artist_order, artist_id, artist_name, album_id,"
                        + " url FROM artist_songs ORDER BY song_id DESC, artist_order"))
                .isEqualTo("last_seen_on,song_id,song_name,artist_order,artist_id,artist_name,album_id,url\n"
                        + "2021-03-26,s,Song,1,r3,Three,a,u\n"
                        + "2021-03-26,s,Song,2,r1,One,a,u\n"
                        + "2021-03-27,other,,1,unknown,,,\n");
    }

    @Test
    void namesSurviveInBothFormats() {
        var name = "Comma, \"quote\"\nline, שלום عربي 👩‍👩‍👧‍👦 日本 \\ NULL";
        var lake = new LakeFolder(folder)
                .csv(ARTISTS, "2021-03-25", "c,2021-03-25 12:00:00,\"" + name.replace("\"", "\"\"") + "\",\"\"")
                .csv(ARTISTS, "2021-03-26", "d,2021-03-25 12:00:00, NULL ,#x", "e,2021-03-25T12:00:00Z,NULL,")
                .parquet(
                        ARTISTS,
                        "2021-03-27",
                        "SELECT 'p' AS artist_id, " + NOON + ", '" + name + "' AS artist_name, '' AS url");
        var quoted = "\"" + name.replace("\"", "\"\"") + "\",\"\"\n";
        assertThat(lake.query("SELECT artist_id, observed_at, artist_name, url FROM artist_days ORDER BY 1"))
                .isEqualTo("artist_id,observed_at,artist_name,url\n"
                        + ("c,2021-03-25 12:00:00," + quoted)
                        + "d,2021-03-25 12:00:00, NULL ,#x\n"
                        + "e,2021-03-25 12:00:00,NULL,\n"
                        + ("p,2021-03-25 12:00:00," + quoted));
    }

    @Test
    void extremesOfEveryTypeAreReadFromCsv() {
        var lake = new LakeFolder(folder)
                .csv(
                        SONGS,
                        "2021-03-25",
                        "min,0001-01-01 00:00:00,,-9223372036854775808,,-2147483648,false,,,,,,",
                        "max,9999-12-31 23:59:59.999999,,9223372036854775807,,2147483647,true,,,,,,")
                .csv(ALBUMS, "2021-03-25", "a,2021-03-25 12:00:00,,,2020-02-29,2020-02-29,day,,,");
        assertThat(lake.query("SELECT song_id, observed_at, duration_ms, popularity, explicit FROM songs ORDER BY 2"))
                .isEqualTo("song_id,observed_at,duration_ms,popularity,explicit\n"
                        + "min,0001-01-01 00:00:00,-9223372036854775808,-2147483648,false\n"
                        + "max,9999-12-31 23:59:59.999999,9223372036854775807,2147483647,true\n");
        assertThat(lake.query("SELECT release_date FROM albums")).isEqualTo("release_date\n2020-02-29\n");
    }

    @Test
    void aCsvFileWithAHeaderAloneIsAnEmptyDay() throws IOException {
        var lake = new LakeFolder(folder).csv(ARTISTS, "2021-03-25", "a,2021-03-25 12:00:00,A,");
        Files.writeString(lake.file(ARTISTS, "2021-03-26", "part-0.csv"), "artist_id,observed_at,artist_name,url\n");
        lake.commit("2021-03-26");
        assertThat(lake.query("SELECT last_seen_on, artist_name FROM artists"))
                .isEqualTo("last_seen_on,artist_name\n2021-03-25,A\n");
    }

    @Test
    void foldersThatAreNoDaysAreLeftAlone() throws IOException {
        var lake = new LakeFolder(folder).csv(ARTISTS, "2021-03-25", "a,2021-03-25 12:00:00,A,");
        var table = folder.resolve(Table.ROOT).resolve(ARTISTS.folder());
        for (var name : List.of("snapshot_date=backup", ".staging", "snapshot_date=2021-03-27")) {
            Files.createDirectories(table.resolve(name));
        }
        Files.writeString(table.resolve("snapshot_date=backup/part-0.csv"), "junk");
        Files.writeString(table.resolve("snapshot_date=2021-03-27/.part-0.csv.tmp"), "junk");
        assertThat(lake.query("SELECT count(*) AS n FROM artist_days")).isEqualTo("n\n1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "[a-z]", "sp ace, comma", "what?", "star*", "é日本", "env=prod", "{a,b}"})
    void theLakeCanLieAnywhere(String name) {
        var lake = new LakeFolder(folder.resolve(name))
                .csv(ARTISTS, "2021-03-25", "a,2021-03-25 12:00:00,A,")
                .parquet(ARTISTS, "2021-03-26", "SELECT 'b' AS artist_id");
        assertThat(lake.query("FROM artists ORDER BY artist_id"))
                .isEqualTo("last_seen_on,artist_id,observed_at,artist_name,url\n"
                        + "2021-03-25,a,2021-03-25 12:00:00,A,\n2021-03-26,b,,,\n");
    }

    @Test
    void aFolderThatWouldHideAColumnIsRefused() {
        assertThatThrownBy(() -> new DuckDbLake(folder.resolve("song_id=1/lake"), LakeFolder.OPEN))
                .hasMessageContaining("song_id=1 looks like a value of the column song_id")
                .hasMessageContaining("Move the lake or rename the folder");
    }

    @Test
    void aFilterOnTheDayOpensOnlyThatDaysFile() {
        var lake = new LakeFolder(folder)
                .csv(ARTISTS, "2021-03-24", "a,2021-03-24 12:00:00,A,")
                .parquet(ARTISTS, "2021-03-25", "SELECT 'b' AS artist_id");
        corrupt(lake.file(ARTISTS, "2021-03-26", "part-0.parquet"));
        corrupt(lake.file(ARTISTS, "2021-03-27", "part-0.csv"));
        lake.commit("2021-03-26").commit("2021-03-27");
        assertThat(lake.query("SELECT artist_id FROM artist_days WHERE snapshot_date <= DATE '2021-03-25' ORDER BY 1"))
                .isEqualTo("artist_id\na\nb\n");
        assertThatThrownBy(() -> lake.query("SELECT artist_id FROM artist_days"))
                .hasCauseInstanceOf(ChangedLakeException.class)
                .hasMessageContaining("snapshot_date=2021-03-2");
    }

    private static void corrupt(Path file) {
        try {
            Files.writeString(file, "one,\"two");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String described(Table table, String view) {
        var lines = new StringBuilder();
        var date = Views.days(table).equals(view) ? "snapshot_date" : "last_seen_on";
        Stream.concat(Stream.of(new Column(date, ColumnType.DATE, true, "")), table.columns().stream())
                .forEach(column -> lines.append(column.name())
                        .append(',')
                        .append(type(column))
                        .append('\n'));
        return lines.toString();
    }

    private static String type(Column column) {
        return column.type() == ColumnType.TEXT ? "VARCHAR" : column.type().name();
    }
}
