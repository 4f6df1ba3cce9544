package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every kind of file that people have, from {@code import} to the tables. */
class ImportTest {

    private static final String LIST = Answers.list("import");
    private static final String OTHER = Answers.list("import, other");
    private static final String ENTRIES =
            "SELECT source, playlist_id, observed_at, count(*), min(position), max(position) FROM playlist_entries"
                    + " GROUP BY ALL ORDER BY ALL";

    @TempDir
    Path folder;

    private Lake lake() {
        return new Lake(folder.resolve("lake"));
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(folder.resolve("in"));
        Path parent = file.getParent();
        Files.createDirectories(parent == null ? folder : parent);
        return Files.write(file, content);
    }

    /** Imports all files and transforms. */
    private Lake done() throws IOException {
        Lake lake = lake();
        lake.importing(folder.resolve("in")).with(0);
        lake.transform().with(0);
        return lake.sound();
    }

    /** How a snapshot of the API shows in {@link #ENTRIES}. */
    private static String snapshot(String list, String time, int from, int to) {
        return "spotify-web-api|" + list + "|" + time + "|" + (to - from + 1) + "|" + from + "|" + to;
    }

    private static String chart(String alias, String day, int size) {
        return "spotify-charts|" + alias + "|" + day + "T00:00|" + size + "|1|" + size;
    }

    private static List<String> songs(Lake lake) {
        return lake.rows("SELECT song_id FROM playlist_entries ORDER BY playlist_id, observed_at, position");
    }

    private static List<String> ids(long from, long to) {
        return IntStream.range((int) from, (int) to)
                .mapToObj(number -> Song.of(number).id())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void aPageOfItems(Dialect dialect) throws IOException {
        file("a_2024-05-01.json", Answers.page(LIST, Answers.rows(dialect, 0, 30)));
        Lake lake = done();
        assertThat(lake.rows(ENTRIES)).containsExactly(snapshot(LIST, "2024-05-01T00:00", 1, 30));
        assertThat(songs(lake)).isEqualTo(ids(0, 30));
        assertThat(lake.value("SELECT song_name, popularity, duration_ms, isrc, explicit, track_number FROM songs"
                        + " WHERE song_id = '" + Song.of(6).id() + "'"))
                .isEqualTo("Song no. 6|6|100006|XXTST2400006|true|3");
    }

    @ParameterizedTest
    @EnumSource
    void aWholePlaylist(Dialect dialect) throws IOException {
        String page = Answers.page(LIST, Answers.rows(dialect, 0, 30));
        file("a_2024-05-01.json", Answers.playlist(dialect, LIST, "Sommer & sol", page));
        Lake lake = done();
        assertThat(lake.rows(ENTRIES)).containsExactly(snapshot(LIST, "2024-05-01T00:00", 1, 30));
        assertThat(songs(lake)).isEqualTo(ids(0, 30));
        assertThat(lake.value(
                        "SELECT name, owner_id, owner_name, description, url, followers, spotify_snapshot_id, total"
                                + " FROM playlists"))
                .isEqualTo("Sommer & sol|kari|Kari Nordmann|For &amp; by tests|https://open.spotify.com/playlist/"
                        + LIST + "|4711|AAAAAqEc|30");
        assertThat(lake.value("SELECT DISTINCT added_at, added_by FROM playlist_entries"))
                .isEqualTo("2024-02-03T04:05:06|kari");
    }

    @Test
    void twoPagesInAnArray() throws IOException {
        file(
                "a_2024-05-01.json",
                "[" + Answers.page(LIST, 0, 150, Answers.rows(Dialect.LEGACY, 0, 100)) + ","
                        + Answers.page(LIST, 100, 150, Answers.rows(Dialect.LEGACY, 100, 150)) + "]");
        Lake lake = done();
        assertThat(lake.rows(ENTRIES)).containsExactly(snapshot(LIST, "2024-05-01T00:00", 1, 150));
        assertThat(songs(lake)).isEqualTo(ids(0, 150));
    }

    @Test
    void pagesInTheWrongOrder() throws IOException {
        file(
                "a_2024-05-01.json",
                "[" + Answers.page(LIST, 100, 150, Answers.rows(Dialect.LEGACY, 100, 150)) + ","
                        + Answers.page(LIST, 0, 150, Answers.rows(Dialect.LEGACY, 0, 100)) + "]");
        assertThat(songs(done())).isEqualTo(ids(0, 150));
    }

    @ParameterizedTest
    @EnumSource
    void aPlaylistAndItsFurtherPages(Dialect dialect) throws IOException {
        file(
                "a_2024-05-01.json",
                "[" + Answers.playlist(dialect, LIST, "Long", Answers.page(LIST, 0, 230, Answers.rows(dialect, 0, 100)))
                        + "," + Answers.page(LIST, 100, 230, Answers.rows(dialect, 100, 200)) + ","
                        + Answers.page(LIST, 200, 230, Answers.rows(dialect, 200, 230)) + "]");
        Lake lake = done();
        assertThat(lake.rows(ENTRIES)).containsExactly(snapshot(LIST, "2024-05-01T00:00", 1, 230));
        assertThat(songs(lake)).isEqualTo(ids(0, 230));
        assertThat(lake.rows("SELECT name, total FROM playlists")).containsExactly("Long|230");
    }

    @Test
    void aLaterPageAlone() throws IOException {
        file("a_2024-05-01.json", Answers.page(LIST, 100, 150, Answers.rows(Dialect.LEGACY, 100, 150)));
        assertThat(done().rows(ENTRIES)).containsExactly(snapshot(LIST, "2024-05-01T00:00", 101, 150));
    }

    @Test
    void anArrayWithAnswersAboutTwoLists() throws IOException {
        file(
                "a_2024-05-01.json",
                "[" + Answers.page(LIST, 0, 15, Answers.rows(Dialect.LEGACY, 0, 10)) + " ,\n"
                        + Answers.page(OTHER, Answers.rows(Dialect.LEGACY, 50, 57)) + ","
                        + Answers.page(LIST, 10, 15, Answers.rows(Dialect.LEGACY, 10, 15)) + "]");
        Lake lake = done();
        assertThat(lake.rows(ENTRIES))
                .containsExactlyInAnyOrder(
                        snapshot(LIST, "2024-05-01T00:00", 1, 15), snapshot(OTHER, "2024-05-01T00:00", 1, 7));
        assertThat(lake.rows(
                        "SELECT song_id FROM playlist_entries WHERE playlist_id = '" + LIST + "' ORDER BY position"))
                .isEqualTo(ids(0, 15));
        assertThat(lake.rows(
                        "SELECT song_id FROM playlist_entries WHERE playlist_id = '" + OTHER + "' ORDER BY position"))
                .isEqualTo(ids(50, 57));
    }

    @Test
    void chartsOfEveryKind() throws IOException {
        Song commas = Song.of(1).by("Tyler, The Creator", "GloRilla").named("Ny, \"ny\" dag");
        List<ChartFiles.Row> rows = List.of(
                new ChartFiles.Row(1, commas, 1, 2, 5, 512_345),
                new ChartFiles.Row(2, Song.of(2), 2, -1, 1, 498_001),
                new ChartFiles.Row(3, Song.of(3).by("Ida"), 1, -1, 170, 3));
        file("regional-no-weekly-2025-11-27.csv", ChartFiles.current(false, rows));
        file("regional-global-daily-2025-11-28 (1).csv", ChartFiles.current(true, rows));
        file("viral-no-daily-2025-11-29.csv", ChartFiles.viral(rows));
        file("regional-global-daily-2019-01-01.csv", ChartFiles.old(true, rows));
        file("regional-se-daily-2019-01-02.csv", ChartFiles.old(false, rows));
        // From Friday the 3rd up to the start of Friday the 10th: its last day is Thursday the 9th.
        file("regional-global-weekly-2020-01-03--2020-01-10.csv", ChartFiles.old(true, rows));
        Lake lake = done();
        assertThat(lake.rows(ENTRIES))
                .containsExactlyInAnyOrder(
                        chart("regional-no-weekly", "2025-11-27", 3),
                        chart("regional-global-daily", "2025-11-28", 3),
                        chart("viral-no-daily", "2025-11-29", 3),
                        chart("regional-global-daily", "2019-01-01", 3),
                        chart("regional-se-daily", "2019-01-02", 3),
                        chart("regional-global-weekly", "2020-01-09", 3));
        String columns = "SELECT position, kind, song_name, artist_names, streams, reported_peak, reported_previous,"
                + " reported_periods FROM playlist_entries WHERE playlist_id = '%s' ORDER BY observed_at DESC, position"
                + " LIMIT 3";
        assertThat(lake.rows(columns.formatted("regional-no-weekly")))
                .containsExactly(
                        "1|track|Ny, \"ny\" dag|Tyler, The Creator, GloRilla|512345|1|2|5",
                        "2|track|Song no. 2|Band 0|498001|2|-|1",
                        "3|track|Song no. 3|Ida|3|1|-|170");
        assertThat(lake.rows(columns.formatted("viral-no-daily")).get(0))
                .isEqualTo("1|track|Ny, \"ny\" dag|Tyler, The Creator, GloRilla|-|1|2|5");
        assertThat(lake.rows(columns.formatted("regional-global-weekly")).get(0))
                .isEqualTo("1|track|Ny, \"ny\" dag|Tyler, The Creator|512345|-|-|-");
        assertThat(lake.value(
                        "SELECT count(*), count(DISTINCT song_id) FROM playlist_entries WHERE song_id IS NOT NULL"))
                .isEqualTo("18|3");
        assertThat(lake.value("SELECT count(*) FROM artists"))
                .as("charts name no artist's id")
                .isEqualTo("0");
    }

    @Test
    void theTimeIsInTheNameTheFolderOrTheFileItself() throws IOException {
        file("spotify_raw_2023-05-19 10:44:00.123456.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 1)));
        file("20230520_104400.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 1, 2)));
        file("2023-05-21T10:44:00Z.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 2, 3)));
        file("2023-05-22/top.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 3, 4)));
        Path dated = file("top.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 4, 5)));
        Files.setLastModifiedTime(dated, FileTime.from(Instant.parse("2023-05-23T01:02:03.456Z")));
        lake().run("import", "--date", "modified", dated.toString()).with(0);
        Files.delete(dated);
        String anonymous =
                Answers.page(LIST, Answers.rows(Dialect.LEGACY, 5, 6)).replaceFirst("\"href\":\"[^\"]*\",", "");
        file(LIST + "/2023-05-24.json", anonymous);
        file("2023-05-25/" + LIST + ".json", anonymous);
        assertThat(done().rows(ENTRIES))
                .containsExactly(
                        snapshot(LIST, "2023-05-19T10:44", 1, 1),
                        snapshot(LIST, "2023-05-20T10:44", 1, 1),
                        snapshot(LIST, "2023-05-21T10:44", 1, 1),
                        snapshot(LIST, "2023-05-22T00:00", 1, 1),
                        snapshot(LIST, "2023-05-23T01:02:03", 1, 1),
                        snapshot(LIST, "2023-05-24T00:00", 1, 1),
                        snapshot(LIST, "2023-05-25T00:00", 1, 1));
    }

    @Test
    void looseFilesOfOlderPipelinesAreAdopted() throws IOException {
        Lake lake = lake();
        Path waiting = lake.at("raw_data/to_process");
        Files.createDirectories(waiting.resolve(LIST));
        Files.writeString(
                waiting.resolve("spotify_raw_2023-05-19 10:44:00.123456.json"),
                Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 50)));
        Files.writeString(
                waiting.resolve(LIST).resolve("2023-05-20.json"),
                Answers.page(LIST, Answers.rows(Dialect.Y2026, 0, 40)));
        Files.writeString(
                waiting.resolve("regional-no-weekly-2025-11-27.csv"),
                ChartFiles.current(false, List.of(ChartFiles.Row.of(1, Song.of(1)))));
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.rows(ENTRIES))
                .containsExactly(
                        chart("regional-no-weekly", "2025-11-27", 1),
                        snapshot(LIST, "2023-05-19T10:44", 1, 50),
                        snapshot(LIST, "2023-05-20T00:00", 1, 40));
        assertThat(lake.keys("raw_data/processed"))
                .contains("raw_data/processed/2023-05-19/spotify-web-api/" + LIST + "/104400Z.json");
    }

    @Test
    void whateverWayJsonIsWritten() throws IOException {
        String page = Answers.page(LIST, Answers.rows(Dialect.TRANSITION, 0, 40));
        file("1_2024-05-01.json", page);
        file("2_2024-05-02.json", pretty(page, "\n", "  "));
        file("3_2024-05-03.json", pretty(page, "\r\n", "\t"));
        file("4_2024-05-04.json", escaped(page));
        file("5_2024-05-05.json", "\n\n [ " + page + " ]\n");
        file("6_2024-05-06.json", page.replace("/", "\\/"));
        Lake lake = done();
        assertThat(lake.value("SELECT count(*) FROM playlist_entries")).isEqualTo("240");
        for (String table : List.of("playlist_entries", "song_days", "album_days", "artist_days", "song_artists")) {
            String columns =
                    "SELECT * EXCLUDE (snapshot_date, observed_at) FROM " + table + " WHERE snapshot_date = '2024-05-0";
            List<String> first = lake.rows(columns + "1' ORDER BY ALL");
            for (int day = 2; day <= 6; day++) {
                assertThat(lake.rows(columns + day + "' ORDER BY ALL"))
                        .as(table + " " + day)
                        .isEqualTo(first);
            }
        }
    }

    @Test
    void aByteOrderMarkBeforeJson() throws IOException {
        file("a_2024-05-01.json", "\ufeff" + Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 40)));
        assertThat(done().rows(ENTRIES)).containsExactly(snapshot(LIST, "2024-05-01T00:00", 1, 40));
    }

    @Test
    void aByteOrderMarkInTheLakeItself() throws IOException {
        Lake lake = lake();
        Path raw = lake.at("raw_data/to_process/2024-05-01/spotify-web-api/" + LIST + "/101112Z.json");
        Files.createDirectories(lake.at("raw_data/to_process/2024-05-01/spotify-web-api/" + LIST));
        Files.writeString(raw, "\ufeff" + Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 40)));
        lake.transform().with(0);
        assertThat(lake.sound().rows(ENTRIES)).containsExactly(snapshot(LIST, "2024-05-01T10:11:12", 1, 40));
    }

    /** With line ends and indents, as {@code json.dump(indent=2)} writes it. */
    private static String pretty(String json, String lineEnd, String indent) {
        StringBuilder pretty = new StringBuilder();
        int depth = 0;
        boolean text = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            text ^= c == '"' && json.charAt(i - 1) != '\\';
            if (text || c == '"') {
                pretty.append(c);
            } else if (c == '{' || c == '[') {
                pretty.append(c).append(lineEnd).append(indent.repeat(++depth));
            } else if (c == '}' || c == ']') {
                pretty.append(lineEnd).append(indent.repeat(--depth)).append(c);
            } else {
                pretty.append(c).append(c == ',' ? lineEnd + indent.repeat(depth) : c == ':' ? " " : "");
            }
        }
        return pretty.append(lineEnd).toString();
    }

    /** With a {@code \}{@code u} escape for each character of each text. */
    private static String escaped(String json) {
        StringBuilder escaped = new StringBuilder();
        boolean text = false;
        for (char c : json.toCharArray()) {
            text ^= c == '"';
            escaped.append(text && c != '"' ? String.format(Locale.ROOT, "\\u%04X", (int) c) : String.valueOf(c));
        }
        return escaped.toString();
    }

    @Test
    void namesOfEveryKind() throws IOException {
        List<String> names = List.of(
                "say \"hi\", 'you'",
                "a,b;c\td",
                "two\nlines",
                "two\r\nlines",
                "back\\slash /",
                "🎧 music 👩‍👩‍👧",
                "مرحبا بالعالم",
                "שיר של יום",
                "Måneskinn ☽",
                "夜に駆ける",
                "e\u0301 is not é",
                "=1+1",
                "NULL",
                "  spaces  ",
                "\u202eright to left",
                "a\u0000b\u001f",
                "\ufeffmark");
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            rows.add(Answers.row(Dialect.LEGACY, Song.of(i).named(names.get(i)).by(names.get(i), "x")));
        }
        String page = Answers.page(LIST, rows);
        file("a_2024-05-01.json", page);
        file("b_2024-05-02.json", escapedOutsideAscii(page));
        Lake lake = lake();
        lake.importing(folder.resolve("in")).with(0);
        for (String format : List.of("parquet", "csv")) {
            lake.transform("--all", "--format", format).with(0);
            lake.sound();
            boolean csv = format.equals("csv"); // one line a row: Athena splits files at line ends
            List<String> expected = names.stream()
                    .map(name -> csv ? name.replaceAll("\\r?\\n", " ") : name)
                    .toList();
            for (int day = 1; day <= 2; day++) {
                String where = " WHERE e.snapshot_date = '2024-05-0" + day + "' ORDER BY position";
                assertThat(lake.rows("SELECT song_name FROM playlist_entries e" + where))
                        .as(format + " " + day)
                        .isEqualTo(expected);
                assertThat(lake.rows("SELECT s.song_name FROM playlist_entries e JOIN song_days s"
                                + " USING (snapshot_date, song_id)" + where))
                        .isEqualTo(expected);
                assertThat(lake.rows("SELECT a.artist_name FROM playlist_entries e JOIN song_artists sa"
                                + " USING (snapshot_date, song_id) JOIN artist_days a USING (snapshot_date, artist_id)"
                                + where.replace("ORDER", "AND artist_order = 1 ORDER")))
                        .isEqualTo(expected);
            }
        }
    }

    private static String escapedOutsideAscii(String json) {
        StringBuilder escaped = new StringBuilder();
        for (char c : json.toCharArray()) {
            escaped.append(c < 128 ? String.valueOf(c) : String.format(Locale.ROOT, "\\u%04x", (int) c));
        }
        return escaped.toString();
    }

    @Test
    void aSongTwiceInAListIsTwoEntriesAndOneSong() throws IOException {
        List<String> rows = new ArrayList<>(Answers.rows(Dialect.LEGACY, 0, 3));
        rows.addAll(Answers.rows(Dialect.LEGACY, 0, 3));
        file("a_2024-05-01.json", Answers.page(LIST, rows));
        Lake lake = done();
        assertThat(lake.value("SELECT count(*), count(DISTINCT song_id) FROM playlist_entries"))
                .isEqualTo("6|3");
        assertThat(lake.value("SELECT count(*) FROM songs")).isEqualTo("3");
    }

    @Test
    void theSameFileTwiceIsKeptOnceAndTwoInOneSecondAreBothKept() throws IOException {
        String page = Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 3));
        file("a/2024-05-01T10-00-00.json", page);
        file("b/copy of 2024-05-01T10-00-00.json", page);
        file("c/2024-05-01T10-00-00.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 4)));
        Lake lake = lake();
        assertThat(lake.importing(folder.resolve("in")).with(0).out())
                .contains("Imported 2 raw objects: 10 entries of 1 list", "Already there: 1.");
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.rows(ENTRIES))
                .containsExactly(snapshot(LIST, "2024-05-01T10:00", 1, 3), snapshot(LIST, "2024-05-01T10:00:01", 1, 4));
        Map<String, String> before = lake.data();
        lake.importing(folder.resolve("in")).with(0);
        lake.transform().with(0);
        assertThat(lake.data()).isEqualTo(before);
    }

    @Test
    void aLakesOwnRawDataCanBeImportedIntoAnother() throws IOException {
        file("a_2024-05-01.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 3)));
        file("regional-no-weekly-2025-11-27.csv", ChartFiles.current(false, List.of(ChartFiles.Row.of(1, Song.of(1)))));
        Lake lake = done();
        Lake other = new Lake(folder.resolve("other"));
        other.importing(lake.at("raw_data/processed")).with(0);
        other.transform().with(0);
        assertThat(other.data()).isEqualTo(lake.data());
    }

    @Test
    void theNewestValueThatIsNotNullWins() throws IOException {
        Song song = Song.of(1);
        String without =
                song.json().replaceAll("\"popularity\":\\d+,", "").replaceAll("\"available_markets\":\\[[^]]*],", "");
        file("a_2024-05-01T10-00-00.json", Answers.page(LIST, List.of(Answers.row(Dialect.LEGACY, song.named("Old")))));
        file(
                "b_2024-05-01T12-00-00.json",
                Answers.page(OTHER, List.of(Answers.row(Dialect.Y2026, without.replace("Song no. 1", "New")))));
        Lake lake = done();
        assertThat(lake.rows("SELECT song_name, popularity, observed_at FROM songs"))
                .containsExactly("New|1|2024-05-01T12:00");
        assertThat(lake.rows("SELECT song_name FROM playlist_entries ORDER BY observed_at"))
                .containsExactly("Old", "New");
    }
}
