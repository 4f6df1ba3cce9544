package dev.chartlake.duckdb;

import static dev.chartlake.model.Table.PLAYLISTS;
import static dev.chartlake.model.Table.PLAYLIST_ENTRIES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The views of a list's history, on lists short enough to be read. */
class ChartViewsTest {
    private static final String HISTORY = "SELECT day(snapshot_date), song_id, position, previous_position, change,"
            + " status, peak, day(peak_date), periods, streak, day(first_seen) FROM chart_history ORDER BY ALL";

    @TempDir
    Path folder;

    private ListLake lake = new ListLake(Path.of(""));

    @BeforeEach
    void makeLake() {
        lake = new ListLake(folder);
    }

    @Test
    void aSongComesClimbsFallsLeavesAndReturns() {
        lake.days("p", "a b", "b a", "b a", "b", "b a", "a b");
        assertThat(lake.rows(HISTORY))
                .containsExactly(
                        "1,a,1,,,first,1,1,1,1,1",
                        "1,b,2,,,first,2,1,1,1,1",
                        "2,a,2,1,-1,down,1,1,2,2,1",
                        "2,b,1,2,1,up,1,2,2,2,1",
                        "3,a,2,2,0,same,1,1,3,3,1",
                        "3,b,1,1,0,same,1,2,3,3,1",
                        "4,b,1,1,0,same,1,2,4,4,1",
                        "5,a,2,,,re-entry,1,1,4,1,1",
                        "5,b,1,1,0,same,1,2,5,5,1",
                        "6,a,1,2,1,up,1,1,5,2,1",
                        "6,b,2,1,-1,down,1,2,6,6,1");
    }

    @Test
    void aDayWithoutSnapshotIsNoExitAndAnEmptySnapshotIs() {
        lake.days("p", "a b", "no snapshot", "b a", "", "a");
        assertThat(lake.rows(HISTORY))
                .containsExactly(
                        "1,a,1,,,first,1,1,1,1,1",
                        "1,b,2,,,first,2,1,1,1,1",
                        "3,a,2,1,-1,down,1,1,2,2,1",
                        "3,b,1,2,1,up,1,3,2,2,1",
                        "5,a,1,,,re-entry,1,1,3,1,1");
        assertThat(lake.rows("SELECT day(snapshot_date), song_id, day(last_seen), last_position, peak, day(peak_date),"
                        + " periods, streak, day(first_seen), playlist_name FROM chart_exits ORDER BY ALL"))
                .containsExactly("4,a,3,2,1,1,2,2,1,List p", "4,b,3,1,1,3,2,2,1,List p");
        assertThat(lake.rows("SELECT day(snapshot_date), entries, new, re_entries, up, down, same, exits, turnover"
                        + " FROM chart_turnover ORDER BY ALL"))
                .containsExactly("1,2,0,0,0,0,0,0,", "3,2,0,0,1,1,0,0,0.0", "4,0,0,0,0,0,0,2,", "5,1,0,1,0,0,0,0,1.0");
        assertThat(lake.rows("SELECT day(snapshot_date), snapshot_number, day(previous_snapshot_date),"
                        + " day(next_snapshot_date) FROM list_snapshots ORDER BY ALL"))
                .containsExactly("1,1,,3", "3,2,1,4", "4,3,3,5", "5,4,4,");
        assertThat(lake.rows("SELECT * FROM lists"))
                .containsExactly("spotify-web-api,p,List p,,,,2021-03-01,2021-03-05,4");
    }

    @Test
    void theLastSnapshotOfADayCountsAlsoWhenItIsEmpty() {
        lake.snapshot("p", "2021-03-01 06:00:00", "a")
                .snapshot("p", "2021-03-01 18:00:00", "b")
                .snapshot("p", "2021-03-02 06:00:00", "a", "b")
                .snapshot("p", "2021-03-02 18:00:00");
        assertThat(lake.rows(HISTORY)).containsExactly("1,b,1,,,first,1,1,1,1,1");
        assertThat(lake.rows("SELECT day(snapshot_date), song_id FROM chart_exits"))
                .containsExactly("2,b");
    }

    @Test
    void aSongTwiceCountsAtItsBetterPositionAndOtherEntriesKeepTheirs() {
        lake.days("p", "- a b a -", "b a a");
        assertThat(lake.rows(HISTORY))
                .containsExactly(
                        "1,a,2,,,first,2,1,1,1,1",
                        "1,b,3,,,first,3,1,1,1,1",
                        "2,a,2,2,0,same,2,1,2,2,1",
                        "2,b,1,3,2,up,1,2,2,2,1");
        assertThat(lake.rows("SELECT song_id, share_of_chart FROM song_stats ORDER BY ALL"))
                .containsExactly("a,0.5", "b,0.5");
    }

    @Test
    void listsOfTheSameIdInTwoSourcesAreTwo() {
        lake.days("p", "a", "a")
                .add(PLAYLISTS, "2021-03-01", "other,p,2021-03-01 23:00:00,,,,,,,,,1,")
                .add(PLAYLIST_ENTRIES, "2021-03-01", "other,p,2021-03-01 23:00:00,7,track,,a,,,,,12,,,,");
        assertThat(
                        lake.rows(
                                "SELECT source, day(snapshot_date), position, status, streams FROM chart_history ORDER BY 1, 2"))
                .containsExactly("other,1,7,first,12", "spotify-web-api,1,1,first,", "spotify-web-api,2,1,same,");
    }

    @Test
    void theNewestKnownNameOfAListIsItsName() {
        lake.add(PLAYLISTS, "2021-03-01", "s,p,2021-03-01 06:00:00,Old,,,,,,,,0,")
                .add(PLAYLISTS, "2021-03-02", "s,p,2021-03-02 06:00:00,Newer,,,,,,,,0,")
                .add(PLAYLISTS, "2021-03-02", "s,p,2021-03-02 07:00:00,Newest,,,,,,,,0,")
                .add(PLAYLISTS, "2021-03-02", "s,p,2021-03-02 08:00:00,,,,,,,,,0,")
                .add(PLAYLISTS, "2021-03-03", "s,p,2021-03-03 06:00:00,,,,,,,,,0,")
                .add(PLAYLISTS, "2021-03-03", "s,q,2021-03-03 06:00:00,,,,,,,,,0,");
        assertThat(lake.rows("SELECT playlist_id, playlist_name, observed_at FROM list_snapshots ORDER BY ALL"))
                .containsExactly(
                        "p,Newest,2021-03-01 06:00:00",
                        "p,Newest,2021-03-02 08:00:00",
                        "p,Newest,2021-03-03 06:00:00",
                        "q,,2021-03-03 06:00:00");
    }

    @Test
    void aDayThatArrivesLateChangesTheDaysAround() {
        lake.days("p", "a", "no snapshot", "a", "no snapshot");
        assertThat(lake.rows(HISTORY)).containsExactly("1,a,1,,,first,1,1,1,1,1", "3,a,1,1,0,same,1,1,2,2,1");
        lake.days("p", "no snapshot", "b", "no snapshot", "b a");
        assertThat(lake.rows(HISTORY))
                .containsExactly(
                        "1,a,1,,,first,1,1,1,1,1",
                        "2,b,1,,,new,1,2,1,1,2",
                        "3,a,1,,,re-entry,1,1,2,1,1",
                        "4,a,2,1,-1,down,1,1,3,2,1",
                        "4,b,1,,,re-entry,1,2,2,1,2");
    }

    @Test
    void aSongsWholeTimeOnAList() {
        lake.days("p", "a b", "b a", "b", "a b");
        assertThat(lake.rows("SELECT song_id, song_name, day(first_seen), day(last_seen), periods, entries, peak,"
                        + " day(peak_date), periods_at_number_one, longest_run, streams, round(share_of_chart, 4)"
                        + " FROM song_stats ORDER BY ALL"))
                .containsExactly("a,Song a,1,4,3,2,1,1,2,2,,0.4286", "b,Song b,1,4,4,1,1,2,2,4,,0.5714");
    }

    @Test
    void listsHaveSongsInCommon() {
        lake.days("p", "a b c", "a", "").days("q", "c d b", "b", "").days("r", "no snapshot", "a b");
        assertThat(lake.rows("SELECT day(snapshot_date), playlist_id_a, playlist_id_b, playlist_name_b, entries_a,"
                        + " entries_b, common, overlap FROM market_overlap ORDER BY ALL"))
                .containsExactly(
                        "1,p,q,List q,3,3,2,0.5",
                        "2,p,q,List q,1,1,0,0.0",
                        "2,p,r,List r,1,2,1,0.5",
                        "2,q,r,List r,1,2,1,0.5",
                        "3,p,q,List q,0,0,0,");
    }

    @Test
    void whatAChartReportsIsComparedWhereOurSnapshotsKnowBetter() {
        chart("2024-01-04", 1, "a", 1, "", 1);
        chart("2024-01-04", 2, "b", 2, 1, 9);
        chart("2024-01-11", 1, "b", 2, 1, 1);
        chart("2024-01-11", 2, "a", 1, 1, 2);
        chart("2024-01-25", 1, "a", 1, 7, 4);
        chart("2024-02-01", 2, "a", 2, "", 5);
        assertThat(lake.rows("SELECT snapshot_date, song_id, peak, reported_peak, peak_disagrees, previous_position,"
                        + " reported_previous, previous_disagrees, periods, reported_periods, periods_disagrees"
                        + " FROM chart_reported ORDER BY ALL"))
                .containsExactly(
                        "2024-01-04,a,1,1,false,,,false,1,1,false",
                        "2024-01-04,b,2,2,false,,1,false,1,9,false",
                        "2024-01-11,a,1,1,false,1,1,false,2,2,false",
                        "2024-01-11,b,1,2,true,2,1,true,2,1,true",
                        "2024-01-25,a,1,1,false,2,7,false,3,4,false",
                        "2024-02-01,a,1,2,true,1,,true,4,5,false");
    }

    @Test
    void whatOurSnapshotsDoNotGoBackFarEnoughForIsAsTheChartReportsIt() {
        chart("2024-01-04", 1, "a", 1, 4, 75);
        chart("2024-01-04", 2, "b", 2, "", 1);
        chart("2024-01-04", 3, "c", 1, "", 30);
        chart("2024-01-11", 1, "c", 1, 3, 31);
        chart("2024-01-11", 2, "a", 1, 1, 76);
        chart("2024-01-11", 3, "d", 1, "", 12);
        chart("2024-01-25", 1, "a", 1, 3, 78);
        chart("2024-01-25", 2, "b", 2, "", 2);
        assertThat(lake.rows("SELECT day(snapshot_date), song_id, position, previous_position, change, status, peak,"
                        + " day(peak_date), periods, streak, peak_from_report, previous_from_report,"
                        + " periods_from_report FROM chart_history ORDER BY ALL"))
                .containsExactly(
                        "4,a,1,4,3,up,1,4,75,1,false,true,true",
                        "4,b,2,,,new,2,4,1,1,false,true,false",
                        "4,c,3,,,re-entry,1,,30,1,true,true,true",
                        "11,a,2,1,-1,down,1,4,76,2,false,false,true",
                        "11,c,1,3,2,up,1,11,31,2,false,false,true",
                        "11,d,3,,,re-entry,1,,12,1,true,false,true",
                        "25,a,1,3,2,up,1,4,78,3,false,true,true",
                        "25,b,2,,,re-entry,2,4,2,1,false,true,false");
        assertThat(lake.rows("SELECT day(snapshot_date), entries, new, re_entries, up, down, same, exits"
                        + " FROM chart_turnover ORDER BY 1"))
                .containsExactly("4,3,1,1,1,0,0,0", "11,3,0,1,1,1,0,1", "25,2,0,1,1,0,0,2");
        assertThat(lake.rows("SELECT song_id, periods, entries, peak, day(peak_date), longest_run, peak_from_report,"
                        + " periods_from_report FROM song_stats ORDER BY 1"))
                .containsExactly(
                        "a,78,1,1,4,3,false,true",
                        "b,2,2,2,4,1,false,false",
                        "c,31,1,1,11,2,false,true",
                        "d,12,1,1,,1,true,true");
    }

    private void chart(String day, int position, String song, int peak, Object previous, int weeks) {
        var key = "spotify-charts,regional-no-weekly," + day + " 00:00:00,";
        if (position == 1 || day.equals("2024-02-01")) {
            lake.add(PLAYLISTS, day, key + ",,,,,,,,2,");
        }
        lake.add(
                PLAYLIST_ENTRIES,
                day,
                key + "%d,track,,%s,S,A,,,1000,%d,%s,%d,".formatted(position, song, peak, previous, weeks));
    }
}
