package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.duckdb.files.ChangedLakeException;
import dev.chartlake.model.Table;
import dev.chartlake.views.HistoryForm;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query finds each view, however it names it and whatever was asked before. */
class ViewsInDuckDbTest {
    @TempDir
    Path folder;

    private LakeFolder lake = new LakeFolder(Path.of(""));

    @BeforeEach
    void fill() {
        lake = new LakeFolder(folder)
                .csv(Table.ARTISTS, "2021-03-25", "a,2021-03-25 12:00:00,A,")
                .csv(Table.SONG_ARTISTS, "2021-03-25", "s,1,a,2021-03-25 12:00:00");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT artist_id FROM artists",
                "SELECT artist_id FROM \"ARTISTS\"",
                "SELECT artist_id FROM memory.main.artist_days",
                "SELECT artist_id FROM artist_songs",
                "WITH artists AS (FROM artists) SELECT artist_id FROM artists",
                "WITH x AS (SELECT * FROM song_artists) SELECT artist_id FROM x",
                "SELECT artist_id FROM (VALUES (1)) v, LATERAL (SELECT * FROM artists)",
                "SELECT artist_id FROM song_artists WHERE EXISTS (FROM artists) AND song_id IN (SELECT song_id FROM"
                        + " artist_songs)",
                "SELECT (SELECT max(artist_id) FROM artists) AS artist_id",
                "SELECT artist_id FROM artists UNION SELECT artist_id FROM song_artists",
                "SELECT artist_id FROM (PIVOT artist_songs ON artist_order IN (1) USING count(*) GROUP BY artist_id)",
                "FROM (PIVOT artist_songs ON artist_order USING count(*) GROUP BY artist_id) SELECT artist_id",
            })
    void oneThatTheFirstQueryNames(String sql) {
        assertThat(lake.query(sql)).isEqualTo("artist_id\na\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT view_name FROM duckdb_views()",
                "SELECT view_name FROM duckdb_views",
                "SELECT table_name FROM information_schema.tables",
                "SELECT table_name FROM duckdb_columns()",
                "SELECT viewname FROM pg_catalog.pg_views",
                "SELECT name FROM sqlite_master",
                "SHOW ALL TABLES"
            })
    void allWhenTheCatalogueIsAsked(String sql) {
        var found = lake.query(sql).split("[\n,]");
        assertThat(found).contains(Views.everyName().toArray(String[]::new));
    }

    @Test
    void allWhenTheyAreShown() {
        assertThat(lake.query("SHOW TABLES").lines().skip(1)).isEqualTo(Views.everyName());
        assertThat(lake.query("SELECT name FROM pragma_table_info('artists')")).startsWith("name\nlast_seen_on\n");
    }

    @Test
    void aBrokenFileIsNamedAndQueriesGoOnWhenItIsMended() throws IOException {
        lake.parquet(Table.SONGS, "2021-03-25", "SELECT 's' AS song_id, now()::TIMESTAMP AS observed_at");
        var file = lake.file(Table.SONGS, "2021-03-25", "part-0.parquet");
        var whole = Files.readAllBytes(file);
        Files.writeString(file, "no Parquet");
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> LakeFolder.csv(engine, "SELECT song_id FROM songs"))
                        .isInstanceOf(ChangedLakeException.class)
                        .hasMessage("transformed_data/song_data/snapshot_date=2021-03-25/part-0.parquet has 10 bytes,"
                                + " its manifest says " + whole.length
                                + ". Run ./chartlake transform --since 2021-03-25"
                                + " --until 2021-03-25 --all --lake " + folder + ".");
                assertThat(LakeFolder.csv(engine, "SELECT artist_id FROM artists"))
                        .isEqualTo("artist_id\na\n");
            }
            Files.write(file, whole);
            assertThat(LakeFolder.csv(engine, "SELECT song_id FROM songs")).isEqualTo("song_id\ns\n");
        }
    }

    @Test
    void aViewNeedsWhatItReads() {
        assertThat(Views.sources("artist_songs"))
                .containsExactlyInAnyOrder("song_artists", "songs", "song_days", "artists", "artist_days");
        assertThat(Views.sources("songs")).containsExactly("song_days");
        assertThat(Views.sources("song_days")).isEmpty();
        assertThat(Views.sources("chart_exits"))
                .containsExactlyInAnyOrder(
                        "chart_history",
                        "chart_entries",
                        "list_snapshots",
                        "playlist_entries",
                        "playlists",
                        "excluded_snapshots",
                        "known_lists",
                        "markets");
    }

    @Test
    void eachFormOfAViewIsOneOfItsOwn() {
        Views.all().forEach((name, sql) -> {
            assertThat(sql).describedAs(name).isNotBlank().doesNotContain("{");
            if (name.endsWith(HistoryForm.RECORDING.suffix()) && Views.names().contains(song(name))) {
                assertThat(sql).describedAs(name).isNotEqualTo(Views.query(song(name)));
            }
        });
        assertThat(Views.query("no view")).isEmpty();
    }

    private static String song(String name) {
        return name.substring(0, name.length() - HistoryForm.RECORDING.suffix().length());
    }

    /** As in a dashboard that has been open for hours: nothing is looked for again, until something has changed. */
    @Test
    void aDayThatIsAddedLaterIsSeen() throws IOException {
        for (boolean old : new boolean[] {false, true}) {
            try (var open = new DuckDbLake(folder, () -> () -> {})) {
                var days = "SELECT count(DISTINCT snapshot_date) AS n FROM artist_days";
                long before = days(open, days);
                if (old) {
                    try (var folders = Files.walk(folder)) {
                        folders.forEach(any -> any.toFile().setLastModified(1_600_000_000_000L));
                    }
                    assertThat(days(open, days)).isEqualTo(before);
                    assertThat(days(open, days)).isEqualTo(before);
                }
                lake.csv(Table.ARTISTS, old ? "2021-04-02" : "2021-04-01", "b,2021-04-01 12:00:00,B,");
                assertThat(days(open, days)).isEqualTo(before + 1);
            }
        }
    }

    @Test
    void queriesSideBySideFindAllRows() throws Exception {
        var views = List.of("artists", "artist_days", "song_artists", "artist_songs", "artist_stats", "songs");
        var threads = Executors.newFixedThreadPool(views.size());
        try {
            for (int round = 0; round < 10; round++) {
                try (var open = new DuckDbLake(folder, () -> () -> {})) {
                    var results = new ArrayList<Future<String>>();
                    for (var view : views) {
                        var sql = "SELECT count(DISTINCT artist_id) AS n FROM artist_days, (SELECT count(*) FROM "
                                + view + ")";
                        results.add(threads.submit(() -> LakeFolder.csv(open, sql)));
                    }
                    for (var result : results) {
                        assertThat(result.get()).isEqualTo("n\n1\n");
                    }
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static long days(DuckDbLake lake, String sql) throws IOException {
        return Long.parseLong(LakeFolder.csv(lake, sql).split("\n")[1]);
    }

    @Test
    void aMisspeltOneIsAnsweredWithTheOneThatIsMeant() {
        assertThatThrownBy(() -> lake.query("SELECT * FROM artistss"))
                .hasMessageContaining("Did you mean \"artists\"?");
    }
}
