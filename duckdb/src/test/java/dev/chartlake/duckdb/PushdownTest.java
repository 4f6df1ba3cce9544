package dev.chartlake.duckdb;

import static dev.chartlake.model.Table.PLAYLISTS;
import static dev.chartlake.model.Table.PLAYLIST_ENTRIES;
import static dev.chartlake.model.Table.SONGS;
import static dev.chartlake.model.Table.SONG_ARTISTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list named as constants is looked for in the files; its history does not cost that of all the others. */
class PushdownTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list_snapshots",
                "lists",
                "chart_entries",
                "chart_history",
                "chart_exits",
                "chart_turnover",
                "song_stats",
                "artist_stats",
                "album_stats",
                "chart_reported",
                "chart_entries_by_recording",
                "chart_history_by_recording",
                "chart_exits_by_recording",
                "chart_turnover_by_recording",
                "song_stats_by_recording",
                "artist_stats_by_recording",
                "album_stats_by_recording"
            })
    void theListReachesEveryScan(String view) {
        var list = "SELECT 's' AS source, 'p' AS playlist_id, TIMESTAMP '2021-03-01 06:00:00' AS observed_at";
        var lake = new LakeFolder(folder)
                .parquet(PLAYLISTS, "2021-03-01", list)
                .parquet(PLAYLIST_ENTRIES, "2021-03-01", list + ", 1 AS position, 'a' AS song_id, 1 AS reported_peak")
                .parquet(SONGS, "2021-03-01", "SELECT 'a' AS song_id, 'r' AS album_id")
                .parquet(SONG_ARTISTS, "2021-03-01", "SELECT 'a' AS song_id, 1 AS artist_order, 'x' AS artist_id");
        var plan =
                lake.query("EXPLAIN (FORMAT json) SELECT * FROM " + view + " WHERE source = 's' AND playlist_id = 'p'");
        var scans = plan.split("\"name\": ");
        int found = 0;
        for (var scan : scans) {
            if (scan.contains("READ_PARQUET") && scan.contains("playlist_id")) {
                assertThat(scan).as(plan).contains("source='s'").contains("playlist_id='p'");
                found++;
            }
        }
        assertThat(found).as(plan).isBetween(1, 3);
    }
}
