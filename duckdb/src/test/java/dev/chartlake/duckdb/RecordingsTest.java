package dev.chartlake.duckdb;

import static dev.chartlake.model.Table.ALBUMS;
import static dev.chartlake.model.Table.ARTISTS;
import static dev.chartlake.model.Table.PLAYLISTS;
import static dev.chartlake.model.Table.PLAYLIST_ENTRIES;
import static dev.chartlake.model.Table.SONGS;
import static dev.chartlake.model.Table.SONG_ARTISTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which ids are one recording, and what that changes in a list's history. */
class RecordingsTest {
    private static final String DAY_1 = "2024-04-22 12:00:00";
    private static final String DAY_2 = "2024-04-23 12:00:00";
    private static final String RECORDINGS =
            "SELECT song_id, recording_id, matched_by FROM recordings ORDER BY song_id";

    @TempDir
    Path folder;

    private ListLake lake = new ListLake(Path.of(""));

    @BeforeEach
    void makeLake() {
        lake = new ListLake(folder);
    }

    /** A song as the Web API has it; the artist's id is also the name. */
    private void song(
            String time, String id, String name, Object duration, Object explicit, String isrc, String artist) {
        lake.add(
                SONGS,
                time,
                String.join(
                        ",",
                        id,
                        time,
                        '"' + name + '"',
                        "" + duration,
                        "",
                        "50",
                        "" + explicit,
                        isrc,
                        "1",
                        "1",
                        "",
                        artist,
                        artist));
    }

    @Test
    void aReissueWithAnotherIdAndAnotherIsrcIsTheSameRecording() {
        song(DAY_1, "z", "Too Late", 251424, true, "USAA12400001", "H");
        song(DAY_2, "a", "Too Late", 251000, true, "IEAA12300001", "H");
        assertThat(lake.rows(RECORDINGS)).containsExactly("a,z,title", "z,z,title");
    }

    @Test
    void theSameIsrcIsTheSameRecordingWhateverElseIsSaid() {
        song(DAY_1, "a", "Song", 200000, true, "NOAA12400001", "H");
        song(DAY_1, "b", "Song (Remastered)", 210000, false, "no-aa1-24-00001", "I");
        song(DAY_1, "c", "Song", 200000, true, "", "J");
        song(DAY_1, "d", "Sung", 200000, true, "unknown", "K");
        song(DAY_1, "e", "Seng", 200000, true, "unknown", "L");
        assertThat(lake.rows(RECORDINGS)).containsExactly("a,a,isrc", "b,a,isrc", "c,c,none", "d,d,none", "e,e,none");
    }

    @Test
    void versionsOfASongAreRecordingsOfTheirOwn() {
        song(DAY_1, "a", "Song", 200000, true, "NOAA12400001", "H");
        song(DAY_1, "b", "Song - Live", 200000, true, "NOAA12400002", "H");
        song(DAY_1, "c", "Song (Taylor's Version)", 200000, true, "NOAA12400003", "H");
        song(DAY_1, "d", "Song", 200000, false, "NOAA12400004", "H");
        song(DAY_1, "e", "Song", 200000, true, "NOAA12400005", "Other");
        song(DAY_1, "f", "Song", 203001, true, "NOAA12400006", "H");
        song(DAY_1, "g", "Intro", 60000, false, "NOAA12400007", "H");
        song(DAY_1, "h", "Intro", 60000, false, "NOAA12400008", "H");
        song(DAY_1, "i", "", 60000, false, "", "H");
        song(DAY_1, "j", "", 60000, false, "", "H");
        assertThat(lake.rows("SELECT song_id FROM recordings WHERE recording_id <> song_id OR matched_by <> 'none'"))
                .isEmpty();
    }

    @Test
    void whatIsUnknownContradictsNothingButJoinsNoContradiction() {
        song(DAY_1, "a", "One", 200000, true, "", "H");
        song(DAY_1, "b", " one", "", "", "", "H");
        song(DAY_1, "c", "Two", 200000, true, "", "H");
        song(DAY_1, "d", "Two", 200000, false, "", "H");
        song(DAY_1, "e", "Two", 200000, "", "", "H");
        song(DAY_1, "f", "Six", 200000, true, "", "H");
        song(DAY_1, "g", "Six", 260000, true, "", "H");
        song(DAY_1, "h", "Six", "", true, "", "H");
        assertThat(lake.rows(RECORDINGS))
                .containsExactly(
                        "a,a,title",
                        "b,a,title",
                        "c,c,none",
                        "d,d,none",
                        "e,e,none",
                        "f,f,none",
                        "g,g,none",
                        "h,h,none");
    }

    @Test
    void aSongOfAChartFileGoesByItsCreditWhereThatMeansOneArtist() {
        lake.add(SONGS, DAY_1, "a,%s,Song,200000,,,,,,,,X,\"Nord, Sør\"".formatted(DAY_1))
                .add(SONGS, DAY_1, "b,%s,Song,,,,,,,,,,\"nord, sør\"".formatted(DAY_1))
                .add(SONGS, DAY_1, "c,%s,Tune,200000,,,,,,,,Y,Twins".formatted(DAY_1))
                .add(SONGS, DAY_1, "d,%s,Tune,200000,,,,,,,,Z,Twins".formatted(DAY_1))
                .add(SONGS, DAY_1, "e,%s,Tune,,,,,,,,,,Twins".formatted(DAY_1))
                .add(SONGS, DAY_1, "f,%s,Tune,,,,,,,,,,Twins".formatted(DAY_1))
                .add(SONGS, DAY_1, "g,%s,Tune,,,,,,,,,,".formatted(DAY_1));
        assertThat(lake.rows(RECORDINGS))
                .containsExactly(
                        "a,a,title", "b,a,title", "c,c,none", "d,d,none", "e,e,title", "f,e,title", "g,g,none");
    }

    @Test
    void recordingsAreFollowedFromIdToId() {
        song(DAY_1, "d", "One", 100000, true, "NOAA12400001", "H");
        song(DAY_1, "c", "Two", 100000, true, "NOAA12400001", "H");
        song(DAY_1, "b", "Two", 101000, true, "NOAA12400002", "H");
        song(DAY_1, "a", "Three", 100000, true, "NOAA12400002", "H");
        assertThat(lake.rows(RECORDINGS)).containsExactly("a,a,isrc", "b,a,isrc", "c,a,isrc", "d,a,isrc");
    }

    @Test
    void aSwapOfIdsIsNoExitAndNoDebutByRecording() {
        song(DAY_1, "old", "Too Late", 251424, true, "USAA12400001", "H");
        song(DAY_2, "new", "Too Late", 251000, true, "IEAA12300001", "H");
        lake.snapshot("p", DAY_1, "b", "old").snapshot("p", DAY_2, "new", "b", "old");
        assertThat(lake.rows("SELECT day(snapshot_date), recording_id, song_id, position, previous_position, status,"
                        + " peak, periods, streak FROM chart_history_by_recording ORDER BY ALL"))
                .containsExactly(
                        "22,b,b,1,,first,1,1,1",
                        "22,old,old,2,,first,2,1,1",
                        "23,b,b,2,1,down,1,2,2",
                        "23,old,new,1,2,up,1,2,2");
        assertThat(lake.rows("SELECT new, exits FROM chart_turnover_by_recording ORDER BY ALL"))
                .containsExactly("0,0", "0,0");
        assertThat(lake.rows("SELECT * FROM chart_exits_by_recording")).isEmpty();
        assertThat(lake.rows("SELECT recording_id, song_id, periods FROM song_stats_by_recording ORDER BY ALL"))
                .containsExactly("b,b,2", "old,new,2");
        assertThat(lake.rows("FROM catalog_changes"))
                .containsExactly("2024-04-23,recording,old,Song new,song_id,old,new");
    }

    @Test
    void theHighestPopularityOfARecordingIsItsPopularity() {
        var isrc = ",NOAA12400001,,,,,";
        lake.add(SONGS, DAY_1, "a,%s,Song,,,40,".formatted(DAY_1) + isrc)
                .add(SONGS, DAY_1, "b,%s,Song,,,70,".formatted(DAY_1) + isrc)
                .add(SONGS, DAY_2, "a,%s,Song,,,0,".formatted(DAY_2) + isrc)
                .add(SONGS, DAY_2, "b,%s,Song,,,,".formatted(DAY_2) + isrc);
        assertThat(lake.rows("FROM popularity_history ORDER BY song_id, snapshot_date"))
                .containsExactly(
                        "2024-04-22,a,Song,,40,,,",
                        "2024-04-23,a,Song,,0,40,-40,2024-04-22",
                        "2024-04-22,b,Song,,70,,,");
        assertThat(lake.rows("FROM popularity_history_by_recording ORDER BY snapshot_date"))
                .containsExactly("2024-04-22,a,b,Song,,70,,,", "2024-04-23,a,a,Song,,0,70,-70,2024-04-22");
    }

    @Test
    void everyCreditedArtistAndTheNewestAlbumCount() {
        for (var time : new String[] {DAY_1, DAY_2}) {
            lake.add(SONGS, time, "a,%s,Song,,,,,,,,single,x,X".formatted(time))
                    .add(SONGS, time, "b,%s,Song b,,,,,,,,record,x,X".formatted(time))
                    .add(SONG_ARTISTS, time, "a,1,x," + time)
                    .add(SONG_ARTISTS, time, "b,1,x," + time)
                    .add(SONG_ARTISTS, time, "b,2,y," + time);
        }
        lake.add(SONGS, "2024-04-24", "a,2024-04-24 12:00:00,Song,,,,,,,,record,x,X")
                .add(ALBUMS, DAY_1, "record," + DAY_1 + ",The Record,,,,,,,")
                .add(ARTISTS, DAY_1, "x," + DAY_1 + ",Xenia,")
                .snapshot("p", DAY_1, "a", "c", "b")
                .snapshot("p", DAY_2, "b")
                .snapshot("p", "2024-04-25 12:00:00")
                .snapshot("p", "2024-04-26 12:00:00", "a");
        var totals = ", songs, day(first_seen), day(last_seen), periods, entries, peak, day(peak_date),"
                + " periods_at_number_one, longest_run, streams, appearances, share_of_chart FROM ";
        assertThat(lake.rows("SELECT artist_id, artist_name" + totals + "artist_stats ORDER BY ALL"))
                .containsExactly("x,Xenia,2,22,26,3,2,1,22,3,2,,4,0.8", "y,,1,22,23,2,1,1,23,1,2,,2,0.4");
        assertThat(lake.rows("SELECT album_id, album_name" + totals + "album_stats ORDER BY ALL"))
                .containsExactly("record,The Record,2,22,26,3,2,1,22,3,2,,4,0.8");
    }

    @Test
    void whatSpotifyChangesIsShownOnTheDayItWasSeen() {
        lake.add(SONGS, DAY_1, "s,%s,Song,,,,,NOAA12400001,,,a1,,".formatted(DAY_1))
                .add(SONGS, DAY_2, "s,%s,,,,,,,,,,,".formatted(DAY_2))
                .add(SONGS, "2024-04-24", "s,2024-04-24 12:00:00,Song!,,,,,NOAA12400002,,,a2,,")
                .add(ALBUMS, DAY_1, "a1,%s,Album,,,1974,year,,,".formatted(DAY_1))
                .add(ALBUMS, DAY_2, "a1,%s,The Album,,,1974-05,month,,,".formatted(DAY_2))
                .add(ARTISTS, DAY_1, "r,%s,Ye,".formatted(DAY_1))
                .add(ARTISTS, DAY_2, "r,%s,Kanye,".formatted(DAY_2));
        assertThat(lake.rows("FROM catalog_changes ORDER BY ALL"))
                .containsExactly(
                        "2024-04-23,album,a1,The Album,name,Album,The Album",
                        "2024-04-23,album,a1,The Album,release_date,1974,1974-05",
                        "2024-04-23,artist,r,Kanye,name,Ye,Kanye",
                        "2024-04-24,song,s,Song!,album_id,a1,a2",
                        "2024-04-24,song,s,Song!,isrc,NOAA12400001,NOAA12400002",
                        "2024-04-24,song,s,Song!,name,Song,Song!");
    }

    @Test
    void anEntryWithoutASongRowIsItsOwnRecording() {
        lake.add(PLAYLISTS, DAY_1, "s,p," + DAY_1 + ",,,,,,,,,,")
                .add(PLAYLIST_ENTRIES, DAY_1, "s,p," + DAY_1 + ",1,track,,lonely,,,,,,,,,");
        assertThat(lake.rows("SELECT recording_id FROM chart_entries_by_recording"))
                .containsExactly("lonely");
    }
}
