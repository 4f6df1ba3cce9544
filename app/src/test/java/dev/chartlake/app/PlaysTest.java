package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Manifest;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.testkit.Listen;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plays of account exports and of the Web API: from files to rows. */
class PlaysTest {

    private static final Song SONG = Song.of(7);
    private static final String URI = "spotify:track:" + SONG.id();

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void makeLake() {
        lake = new Lake(folder.resolve("lake"));
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    private static Listen listen(String end, Song song, long ms) {
        return new Listen(Instant.parse(end), song, ms);
    }

    private static String extended(Listen... plays) {
        return Listen.file(Stream.of(plays).map(Listen::extended).toList());
    }

    private static String brief(Listen... plays) {
        return Listen.file(Stream.of(plays).map(Listen::brief).toList());
    }

    private static String recent(Listen... plays) {
        return Listen.answer(
                Stream.of(plays).map(play -> play.recent(play.end())).toList());
    }

    private List<String> plays(String columns) {
        return lake.rows("SELECT " + columns + " FROM plays ORDER BY played_at, play_order");
    }

    @Test
    void extendedHistoryBecomesRowsOfEachDay() throws IOException {
        Path file = file(
                "Streaming_History_Audio_2024-2025_3.json",
                extended(
                        listen("2024-12-31T23:58:10Z", SONG, 183_000),
                        listen("2025-01-01T00:01:00Z", Song.of(8), 0),
                        listen("2024-12-31T23:59:59Z", Song.of(9), 1200)));
        assertThat(lake.importing(file).with(ExitCode.DONE).out())
                .isEqualTo("Imported 2 raw objects: 3 entries of 1 list, 2024-12-31 to 2025-01-01.\n");
        lake.transform().with(ExitCode.DONE);
        assertThat(lake.sound()
                        .rows(
                                "SELECT snapshot_date, played_at, play_order, source, list, observed_at, kind, item_uri, song_id,"
                                        + " song_name, artist_names, album_name, ms_played, context_type, context_uri, reason_start,"
                                        + " reason_end, shuffle, skipped, offline, incognito, country, platform FROM plays"
                                        + " ORDER BY ALL LIMIT 1"))
                .containsExactly("2024-12-31|2024-12-31T23:58:10|1|spotify-account-export|extended-streaming-history|"
                        + "2024-12-31T23:00|track|" + URI + "|" + SONG.id() + "|Song no. 7|Band 2|Album 2|183000|-|-|"
                        + "trackdone|fwdbtn|true|false|false|false|NO|android");
        assertThat(lake.rows("SELECT snapshot_date, song_name FROM plays ORDER BY ALL"))
                .containsExactly("2024-12-31|Song no. 7", "2024-12-31|Song no. 9", "2025-01-01|Song no. 8");
        assertThat(lake.rows("SELECT count(*) FROM playlists")).containsExactly("0");
        assertThat(Files.readString(lake.at("raw_data/processed/2025-01-01/spotify-account-export/"
                        + "extended-streaming-history/000100Z.json")))
                .isEqualTo("[" + listen("2025-01-01T00:01:00Z", Song.of(8), 0).extended() + "]");
        lake.run("verify").with(ExitCode.DONE);
        lake.run("status").with(ExitCode.DONE);
        assertThat(lake.importing(file).with(ExitCode.DONE).out()).contains("Already there: 2");
    }

    @Test
    void oneEveningInAllThreeSourcesIsOnePlayEach() throws IOException {
        Listen first = listen("2026-01-05T21:14:03.497Z", SONG, 183_000);
        Listen second = listen("2026-01-05T21:17:40.100Z", Song.of(8), 217_000);
        Listen third = listen("2026-01-05T21:20:00.900Z", Song.of(12), 140_000);
        lake.importing(
                        file("StreamingHistory_music_0.json", brief(first, second, third)),
                        file("Streaming_History_Audio_2026.json", extended(first)),
                        file("recent.json", recent(third, second)))
                .with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
        assertThat(
                        lake.sound()
                                .rows(
                                        "SELECT played_at, list, song_name, artist_names, ms_played, country FROM plays ORDER BY 1"))
                .containsExactly(
                        "2026-01-05T21:14:03|extended-streaming-history|Song no. 7|Band 2|183000|NO",
                        "2026-01-05T21:17:40.100|me-recently-played|Song no. 8|Band 2, Guest 8, Band 1|217000|-",
                        "2026-01-05T21:20:00.900|me-recently-played|Song no. 12|Band 4, Guest 12, Band 5|140000|-");
        Manifest manifest = lake.manifests().get(0);
        assertThat(List.of(manifest.entriesRead(), manifest.entriesWritten(), manifest.entriesRepeated()))
                .containsExactly(6L, 3L, 3L);
        // What the Web API says of songs is read as in playlists.
        assertThat(lake.rows("SELECT song_name FROM song_days ORDER BY 1"))
                .containsExactly("Song no. 12", "Song no. 8");
    }

    @Test
    void webApiCanMeanTheBeginningOfAPlay() throws IOException {
        Listen play = listen("2026-01-05T21:14:03Z", SONG, 183_000);
        lake.importing(
                        file("endsong_0.json", extended(play)),
                        file(
                                "recent.json",
                                Listen.answer(List.of(play.recent(play.end().minusMillis(183_000))))))
                .with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
        assertThat(plays("list, context_type, ms_played"))
                .containsExactly("extended-streaming-history|playlist|183000");
    }

    @Test
    void podcastsAudiobooksLocalFilesAndVanishedTracksHaveTheirKinds() throws IOException {
        String row = "{\"ts\":\"2026-01-05T10:00:0%dZ\",\"ms_played\":5,\"master_metadata_track_name\":%s,"
                + "\"spotify_track_uri\":%s,\"episode_name\":%s,\"episode_show_name\":%s,\"spotify_episode_uri\":%s,"
                + "\"audiobook_title\":%s,\"audiobook_chapter_title\":%s,\"audiobook_chapter_uri\":%s}";
        lake.importing(
                        file(
                                "Streaming_History_Video_2017-2026.json",
                                Listen.file(List.of(
                                        row.formatted(
                                                1,
                                                null,
                                                null,
                                                "\"Ep\"",
                                                "\"Show\"",
                                                "\"spotify:episode:e\"",
                                                null,
                                                null,
                                                null),
                                        row.formatted(
                                                2,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                "\"Book\"",
                                                "\"One\"",
                                                "\"spotify:episode:c\""),
                                        row.formatted(
                                                3,
                                                "\"Mine\"",
                                                "\"spotify:local:a:b:Mine:9\"",
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                null),
                                        row.formatted(4, null, null, null, null, null, null, null, null)))),
                        file(
                                "StreamingHistory_podcast_0.json",
                                "[{\"endTime\":\"2026-01-06 10:00\",\"podcastName\":\"Show\",\"episodeName\":\"Ep 2\",\"msPlayed\":7}]"))
                .with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
        assertThat(plays("kind, item_uri, song_name, artist_names, ms_played"))
                .containsExactly(
                        "episode|spotify:episode:e|Ep|Show|5",
                        "episode|spotify:episode:c|One|Book|5",
                        "local|spotify:local:a:b:Mine:9|Mine|-|5",
                        "unavailable|-|-|-|5",
                        "episode|-|Ep 2|Show|7");
        lake.sound();
    }

    @Test
    void zipIsImportedWithoutItsPersonalFiles() throws IOException {
        Path zip = folder.resolve("my_spotify_data.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            entry(out, "Spotify Account Data/Userdata.json", "{\"username\":\"kari\",\"email\":\"kari@example.org\"}");
            entry(out, "Spotify Account Data/Wrapped2025.json", "{\"topTracks\":[]}");
            entry(out, "Spotify Account Data/Payments.json", "{\"payment_method\":\"none\"}");
            entry(
                    out,
                    "Spotify Account Data/StreamingHistory_music_0.json",
                    brief(listen("2026-01-05T21:14:03Z", SONG, 183_000)));
            entry(
                    out,
                    "Spotify Extended Streaming History/Streaming_History_Audio_2026.json",
                    extended(listen("2026-01-05T21:14:03Z", SONG, 183_000)));
        }
        Ended imported = lake.importing(zip).with(ExitCode.DONE);
        assertThat(imported.out()).startsWith("Imported 2 raw objects: 2 entries of 2 lists, 2026-01-05");
        assertThat(imported.err())
                .contains("Not imported, because they hold personal data and neither lists nor plays: "
                        + "Spotify Account Data/Payments.json in " + zip + ", Spotify Account Data/Userdata.json in "
                        + zip
                        + ", Spotify Account Data/Wrapped2025.json in " + zip + ".");
        lake.transform().with(ExitCode.DONE);
        assertThat(plays("song_name")).containsExactly("Song no. 7");
        assertNowhere("kari@example.org", "");
    }

    private static void entry(ZipOutputStream out, String name, String text) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.closeEntry();
    }

    /** No file of the lake below {@code prefix} has the text. */
    private void assertNowhere(String text, String prefix) throws IOException {
        for (String key : lake.keys(prefix)) {
            assertThat(Files.readString(lake.at(key), StandardCharsets.ISO_8859_1))
                    .as(key)
                    .doesNotContain(text);
        }
    }

    @Test
    void personalValuesReachNoTableAndWithRedactNoRawObject() throws IOException {
        Path file = file("endsong_0.json", extended(listen("2026-01-05T21:14:03Z", SONG, 183_000)));
        lake.importing(file).with(ExitCode.DONE);
        lake.transform("--format", "csv").with(ExitCode.DONE);
        assertNowhere(Listen.ADDRESS, "transformed_data");
        assertNowhere("kari.nordmann", "transformed_data");
        assertNowhere("agent 47", "transformed_data");

        lake = new Lake(folder.resolve("redacted"));
        Ended imported = lake.run("import", "--redact", file.toString()).with(ExitCode.DONE);
        assertThat(imported.err()).contains("Replaced by null before archiving: 3 personal values.");
        String raw = Files.readString(lake.at(lake.keys("raw_data").get(0)));
        String expected = listen("2026-01-05T21:14:03Z", SONG, 183_000)
                .extended()
                .replace("\"" + Listen.ADDRESS + "\"", "null")
                .replace("\"kari.nordmann\"", "null")
                .replace("\"agent 47\"", "null");
        assertThat(raw).isEqualTo("[" + expected + "]");
        lake.transform().with(ExitCode.DONE);
        assertThat(plays("song_name")).containsExactly("Song no. 7");
    }

    @Test
    void playlistsAndSavedSongsBecomeLists() throws IOException {
        Path playlists = file(
                "Playlist1.json",
                "{\"playlists\":[{\"name\":\"Min liste\",\"lastModifiedDate\":\"2026-01-31\",\"collaborators\":[],"
                        + "\"items\":[{\"track\":{\"trackName\":\"Song no. 7\",\"artistName\":\"Band 2\",\"albumName\":\"Album 2\","
                        + "\"trackUri\":\"" + URI
                        + "\"},\"episode\":null,\"localTrack\":null,\"addedDate\":\"2026-01-30\"},"
                        + "{\"track\":null,\"episode\":null,\"localTrack\":{\"uri\":\"spotify:local:a:b:c:9\"},\"addedDate\":null}],"
                        + "\"description\":\"Mine\",\"numberOfFollowers\":3},"
                        + "{\"name\":\"L\u00e5ter!\",\"lastModifiedDate\":\"2025-01-31\",\"items\":[],\"numberOfFollowers\":0},"
                        + "{\"name\":\"min Liste\",\"lastModifiedDate\":\"2025-01-31\",\"items\":[],\"numberOfFollowers\":0}]}");
        Path library = file(
                "YourLibrary.json",
                "{\"tracks\":[{\"artist\":\"Band 2\",\"album\":\"Album 2\",\"track\":\"Song no. 7\",\"uri\":\"" + URI
                        + "\"}],\"albums\":[{\"artist\":\"A\",\"album\":\"B\",\"uri\":\"spotify:album:x\"}],\"shows\":[]}");
        assertThat(lake.importing(playlists, library).with(ExitCode.SOME_FAILED).err())
                .contains("say when it was observed");
        Ended imported = lake.run("import", "--date", "2026-02-01", playlists.toString(), library.toString())
                .with(ExitCode.DONE);
        assertThat(imported.err())
                .contains("YourLibrary.json also has albums (1), and only playlists and saved songs can be read.");
        lake.transform().with(ExitCode.DONE);
        assertThat(lake.sound().rows("SELECT source, playlist_id, name, followers FROM playlists ORDER BY ALL"))
                .containsExactly(
                        "spotify-account-export|later-181bacda|L\u00e5ter!|0",
                        "spotify-account-export|min-liste|Min liste|3",
                        "spotify-account-export|min-liste-2|min Liste|0",
                        "spotify-account-export|your-library|Your library|-");
        assertThat(lake.rows("SELECT playlist_id, position, kind, item_uri, song_id, song_name, artist_names, added_at"
                        + " FROM playlist_entries ORDER BY ALL"))
                .containsExactly(
                        "min-liste|1|track|" + URI + "|" + SONG.id() + "|Song no. 7|Band 2|2026-01-30T00:00",
                        "min-liste|2|local|spotify:local:a:b:c:9|-|-|-|-",
                        "your-library|1|track|" + URI + "|" + SONG.id() + "|Song no. 7|Band 2|-");
    }

    @Test
    void daysWithoutPlaysNameNoTableOfPlays() throws IOException {
        Path chart = file(
                "regional-no-weekly-2024-01-04.csv",
                "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n1," + URI
                        + ",A,B,Label,1,-1,1,9\n");
        lake.importing(chart).with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
        assertThat(Files.readString(lake.at("transformed_data/_days/2024-01-04.json")))
                .doesNotContain("play_data", "\"plays\"");
        assertThat(lake.sound().keys("transformed_data/play_data")).isEmpty();
    }

    @Test
    void whatCannotBeAPlayIsRefusedWithItsPlace() throws IOException {
        Path without = file("endsong_1.json", "[{\"ts\":null,\"ms_played\":5}]");
        assertThat(lake.importing(without).with(ExitCode.SOME_FAILED).err())
                .contains("endsong_1.json: a play that does not say when it was (at byte 1).");
        Path early = file("endsong_2.json", "[{\"ts\":\"1999-01-01T00:00:00Z\",\"ms_played\":5}]");
        assertThat(lake.importing(early).with(ExitCode.SOME_FAILED).err()).contains("when Spotify did not exist");
        Path late = file("endsong_3.json", "[{\"ts\":\"2190-01-01T00:00:00Z\",\"ms_played\":5}]");
        assertThat(lake.importing(late).with(ExitCode.SOME_FAILED).err()).contains("in the future");
        Path negative = file("endsong_4.json", "[{\"ts\":\"2026-01-01T00:00:00Z\",\"ms_played\":-5}]");
        lake.importing(negative).with(ExitCode.DONE);
        assertThat(lake.transform().with(ExitCode.DONE).err()).contains("plays_in_bounds");
    }

    /** The queries of the page are run here, because the demo's lake has no plays. */
    @Test
    void queriesOfThePageFindSomething() throws IOException {
        List<Listen> plays = new ArrayList<>();
        for (int day = 1; day < 9; day++) {
            plays.add(listen("2024-01-0" + day + "T10:00:00Z", SONG, day < 4 ? 190_000 : 5_000));
        }
        plays.add(listen("2024-01-04T09:00:00Z", Song.of(8), 200_000));
        Path history = file("endsong_0.json", extended(plays.toArray(Listen[]::new)));
        Path chart = file(
                "regional-no-weekly-2024-01-04.csv",
                "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n1," + URI
                        + ",A,B,Label,1,-1,1,9\n");
        lake.importing(history, chart).with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
        String page = Files.readString(DocPages.ROOT.resolve("docs/how-to/account-export.md"));
        List<String> queries = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL)
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .toList();
        assertThat(queries).hasSize(3);
        for (String query : queries) {
            assertThat(lake.rows(query)).as(query).isNotEmpty();
        }
        assertThat(page)
                .contains(queries.get(0) + "```\n```\n"
                        + lake.run("query", queries.get(0)).with(ExitCode.DONE).out() + "```\n");
    }
}
