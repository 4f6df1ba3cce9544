package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** JSON in the shapes in which people have it: what {@code import} and {@code transform} make of it, or why not. */
@Thorough
class JsonShapesTest {

    private static final String LIST = Answers.list("shapes");
    private static final String OTHER = Answers.list("other shapes");
    private static final String ENTRIES = "SELECT playlist_id, observed_at, position, kind, song_id, song_name,"
            + " artist_names, added_at, added_by FROM playlist_entries ORDER BY ALL";
    private static final String SNAPSHOTS = "SELECT playlist_id, observed_at, count(*), min(position), max(position)"
            + " FROM playlist_entries GROUP BY ALL ORDER BY ALL";

    @TempDir
    Path folder;

    private int lakes;

    private Lake lake() {
        return new Lake(folder.resolve("lake" + lakes++));
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve("in" + lakes).resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, content);
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> rows(Dialect dialect) {
        List<String> rows = new ArrayList<>(Answers.rows(dialect, 1, 5));
        rows.add(Answers.row(dialect, "null"));
        rows.add(Answers.row(dialect, Answers.episode("Number 1", "A show")));
        rows.add(Answers.row(dialect, Answers.local("My own", "Me")));
        return rows;
    }

    private static String page(String list, int song) {
        return Answers.page(list, Answers.rows(Dialect.LEGACY, song, song + 2));
    }

    private List<String> read(Path in, String... options) throws IOException {
        Lake lake = lake();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add(in.toString());
        Ended imported = lake.run("import", arguments.toArray(String[]::new)).with(0);
        Ended transformed = lake.transform().with(0);
        if (lakes == 1 || Depth.isThorough()) { // to look at all of a lake takes longer than to make it
            lake.sound();
        }
        List<String> rows = lake.rows(ENTRIES);
        assertThat(imported.out()).contains(" " + rows.size() + (rows.size() == 1 ? " entry " : " entries "));
        assertThat(transformed.out()).contains(" " + rows.size() + (rows.size() == 1 ? " entry " : " entries "));
        return rows;
    }

    /** In a folder named after the list, and with the date as its name, all say the same. */
    @ParameterizedTest
    @EnumSource(Dialect.class)
    void allShapesOfAPageSayTheSame(Dialect dialect) throws IOException {
        List<String> rows = rows(dialect);
        String page = Answers.page(LIST, rows);
        List<String> expected = read(file(LIST + "/2024-01-04.json", page));
        assertThat(expected).hasSize(7);
        Map<String, byte[]> shapes = new LinkedHashMap<>();
        shapes.put("rows.json", bytes("[" + String.join(",", rows) + "]"));
        shapes.put("rows.jsonl", bytes(String.join("\n", rows) + "\n"));
        shapes.put(
                "two.ndjson",
                bytes(Answers.page(LIST, 3, 7, rows.subList(3, 7)) + "\n"
                        + Answers.page(LIST, 0, 7, rows.subList(0, 3))));
        shapes.put(
                "concatenated.json",
                bytes(Answers.page(LIST, 0, 7, rows.subList(0, 3)) + Answers.page(LIST, 3, 7, rows.subList(3, 7))));
        shapes.put("wrapped.json", bytes("{\"data\":{\"playlist\":" + page + "}}"));
        shapes.put("list.json", bytes("{\"playlists\":[" + page + "]}"));
        shapes.put("named.json", bytes("{\"" + LIST + "\":{\"tracks\":[" + String.join(",", rows) + "]}}"));
        shapes.put("cut.json", bytes("{\"items\":[" + String.join(",", rows) + "]}"));
        shapes.put("powershell.json", ("\ufeff" + page).getBytes(StandardCharsets.UTF_16LE));
        shapes.put("big.json", ("\ufeff" + page).getBytes(Charset.forName("UTF-32BE")));
        shapes.put("mark.json", bytes("\ufeff" + page));
        for (Map.Entry<String, byte[]> shape : shapes.entrySet()) {
            assertThat(read(file(LIST + "/2024-01-04/" + shape.getKey(), shape.getValue())))
                    .as(shape.getKey())
                    .isEqualTo(expected);
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void songsWithoutRowsAroundThem() throws IOException {
        List<String> songs =
                LongStream.range(1, 4).mapToObj(n -> Song.of(n).json()).toList();
        List<String> expected = read(file(
                LIST + "/2024-01-04.json",
                "{\"items\":["
                        + String.join(
                                ",",
                                songs.stream()
                                        .map(song -> "{\"track\":" + song + "}")
                                        .toList()) + "]}"));
        assertThat(expected).hasSize(3);
        for (String shape : List.of(
                "[" + String.join(",", songs) + "]",
                String.join("\n", songs),
                "{\"tracks\":[" + String.join(",", songs) + "]}",
                "{\"playlist_id\":\"" + LIST + "\",\"tracks\":[" + String.join(",", songs) + "]}")) {
            assertThat(read(file(LIST + "/2024-01-04.json", shape))).as(shape).isEqualTo(expected);
        }
    }

    @Test
    void theIdOfTheListIsFoundWhereverItIs() throws IOException {
        String rows = "[" + String.join(",", rows(Dialect.LEGACY)) + "]";
        for (String shape : List.of(
                "{\"playlist_id\":\"" + LIST + "\",\"items\":" + rows + "}",
                "{\"tracks\":" + rows + ",\"playlist_uri\":\"spotify:playlist:" + LIST
                        + "\",\"uri\":\"spotify:playlist:" + LIST + "\"}",
                "{\"url\":\"https://open.spotify.com/playlist/" + LIST + "?si=1\",\"tracks\":" + rows + "}",
                "{\"playlist\":{\"id\":\"" + LIST + "\",\"name\":\"N\"},\"items\":" + rows + "}",
                "{\"items\":" + rows + ",\"playlist\":{\"id\":\"" + LIST + "\",\"name\":\"N\"}}",
                "{\"playlist\":{\"type\":\"playlist\",\"id\":\"" + LIST + "\",\"tracks\":{\"total\":7}},\"rows\":"
                        + rows + "}",
                "{\"playlist_id\":\"" + LIST + "\",\"data\":{\"items\":" + rows + "}}",
                "{\"" + LIST + "\":" + rows + "}")) {
            assertThat(read(file("2024-01-04.json", shape)))
                    .as(shape)
                    .hasSize(7)
                    .allSatisfy(row -> assertThat(row).startsWith(LIST + "|2024-01-04T00:00|"));
        }
    }

    @Test
    void documentsOfSeveralListsArePartsOfTheirOwn() throws IOException {
        String one = page(LIST, 1);
        String two = page(OTHER, 5);
        for (String shape : List.of(
                one + "\n" + two,
                "[" + one + "," + two + "]",
                "{\"playlists\":[" + one + "," + two + "]}",
                "{\"a\":" + one + ",\"b\":" + two + "}",
                "{\"" + LIST + "\":[" + Answers.row(Dialect.LEGACY, Song.of(1)) + ","
                        + Answers.row(Dialect.LEGACY, Song.of(2)) + "],\"" + OTHER + "\":["
                        + Answers.row(Dialect.LEGACY, Song.of(5)) + "," + Answers.row(Dialect.LEGACY, Song.of(6))
                        + "]}")) {
            assertThat(read(file("2024-01-04.json", shape)))
                    .as(shape)
                    .hasSize(4)
                    .anySatisfy(row -> assertThat(row)
                            .startsWith(LIST + "|2024-01-04T00:00|1|track|"
                                    + Song.of(1).id()))
                    .anySatisfy(row -> assertThat(row)
                            .startsWith(OTHER + "|2024-01-04T00:00|2|track|"
                                    + Song.of(6).id()));
        }
    }

    /** Two snapshots of one list, each with its time, in the forms that logs and scripts have. */
    @Test
    void snapshotsOfOneListWithTimes() throws IOException {
        String one = page(LIST, 1);
        String two = page(LIST, 3);
        for (String shape : List.of(
                "{\"fetched_at\":\"2024-01-04T10:00:00Z\",\"playlist\":" + one + "}\n"
                        + "{\"fetched_at\":\"2024-01-05T11:00:00+01:00\",\"playlist\":" + two + "}\n",
                "{\"2024-01-04 10:00:00\":" + one + ",\"2024-01-05 10:00:00\":" + two + "}",
                "[{\"data\":" + one + ",\"timestamp\":1704362400},{\"data\":" + two + ",\"timestamp\":1704448800.25}]",
                one.replaceFirst("\\{", "{\"snapshotDate\":\"2024-01-04T10:00:00Z\",") + "\n"
                        + two.replaceFirst("\\}$", ",\"snapshotDate\":\"2024-01-05T10:00:00Z\"}"))) {
            Lake lake = lake();
            lake.importing(file("log.json", shape)).with(0);
            lake.transform().with(0);
            assertThat(lake.sound().rows(SNAPSHOTS))
                    .as(shape)
                    .containsExactly(LIST + "|2024-01-04T10:00|2|1|2", LIST + "|2024-01-05T10:00|2|1|2");
        }
    }

    @Test
    void snapshotsOfOneListWithoutTimesAreRefusedWithACure() throws IOException {
        Lake lake = lake();
        Ended ended = lake.importing(file("2024-01-04.jsonl", page(LIST, 1) + "\n" + page(LIST, 3)))
                .with(1);
        assertThat(ended.err())
                .contains("there are several snapshots of " + LIST
                        + " in it, and nothing says when each was taken. Split it"
                        + " into a file for each snapshot, named after its time, such as 2024-01-04T1030.json, and import"
                        + " these.");
        assertThat(lake.keys("raw_data")).isEmpty();
        Ended lists = lake.run(
                        "import",
                        "--list",
                        LIST,
                        file(
                                        "2024-01-04.json",
                                        "{\"a\":["
                                                + Answers.row(Dialect.LEGACY, Song.of(1)) + "],\"b\":["
                                                + Answers.row(Dialect.LEGACY, Song.of(2))
                                                + "]}")
                                .toString())
                .with(1);
        assertThat(lists.err()).contains("there are several lists in it, and nothing says which is which. Split it");
    }

    @Test
    void theSamePageTwiceCountsOnce() throws IOException {
        String first = Answers.page(LIST, 0, 4, Answers.rows(Dialect.LEGACY, 0, 2));
        String second = Answers.page(LIST, 2, 4, Answers.rows(Dialect.LEGACY, 2, 4));
        assertThat(read(file("2024-01-04.jsonl", String.join("\n", first, first, second, second, first))))
                .hasSize(4);
    }

    /** Pages in files of other encodings and shapes become one snapshot, too. */
    @Test
    void pagesOfOneSnapshotInFilesOfSeveralShapes() throws IOException {
        List<String> rows = Answers.rows(Dialect.LEGACY, 0, 8);
        file(
                LIST + "/2024-01-04/1.json",
                ("\ufeff" + Answers.page(LIST, 0, 8, rows.subList(0, 2))).getBytes(StandardCharsets.UTF_16LE));
        file(
                LIST + "/2024-01-04/2.jsonl",
                Answers.page(LIST, 2, 8, rows.subList(2, 4)) + "\n" + Answers.page(LIST, 4, 8, rows.subList(4, 6))
                        + "\n");
        Path last = file(
                LIST + "/2024-01-04/3.json", "\ufeff{\"data\":" + Answers.page(LIST, 6, 8, rows.subList(6, 8)) + "}");
        List<String> read = read(last.resolve("../../..").normalize());
        assertThat(read).hasSize(8).allSatisfy(row -> assertThat(row).startsWith(LIST + "|2024-01-04T00:00|"));
    }

    @Test
    void whatNamesNoListAsksForIt() throws IOException {
        String row = Answers.row(Dialect.LEGACY, Song.of(1));
        for (String shape : List.of(
                "[" + row + "]",
                row,
                "{\"mine\":[" + row + "]}",
                "[" + Song.of(1).json() + "]")) {
            Path file = file("2024-01-04.json", shape);
            assertThat(lake().importing(file).with(1).err())
                    .contains(
                            "neither the content nor the name says which playlist this is. Say it with --list ID, or put"
                                    + " the file into a folder named after the playlist's id, and import it again.");
            assertThat(read(file, "--list", LIST)).hasSize(1);
        }
    }

    @Test
    void aBrokenLineIsNamed() throws IOException {
        List<String> pages = List.of(page(LIST, 1), page(OTHER, 3), page(Answers.list("third"), 5));
        for (int line = 1; line <= 3; line++) {
            List<String> lines = new ArrayList<>(pages);
            String broken = lines.get(line - 1);
            for (int cut : new int[] {10, 60, broken.length() / 2, broken.length() - 1}) {
                lines.set(line - 1, broken.substring(0, cut));
                Lake lake = lake();
                Ended ended = lake.importing(file("2024-01-04.jsonl", String.join("\n", lines) + "\n"))
                        .with(1);
                assertThat(ended.err()).contains("2024-01-04.jsonl: line " + line + ": ");
                assertThat(lake.keys("raw_data/quarantine")).hasSize(2);
                assertThat(lake.keys("raw_data")).hasSize(2);
            }
        }
    }

    // ---- The public playlist archive

    private static String archived(boolean cumulative) {
        return "{\n  \"description\": \"\",\n  \"num_followers\": 31,\n  \"original_name\": \"Mine\",\n"
                + (cumulative ? "  \"date_first_scraped\": \"2021-01-01\",\n" : "")
                + "  \"owner\": {\n    \"name\": \"Kari\",\n    \"url\": \"https://open.spotify.com/user/kari.n\"\n  },\n"
                + "  \"snapshot_id\": \"AAA\",\n  \"tracks\": [\n    {\n      \"added_at\": \"2021-12-02 02:40:16\",\n"
                + "      \"album\": {\n        \"name\": \"A\",\n        \"url\": \"https://open.spotify.com/album/"
                + Answers.id("album", "a")
                + "\"\n      },\n      \"artists\": [\n        {\n          \"name\": \"X\",\n"
                + "          \"url\": \"https://open.spotify.com/artist/" + Answers.id("artist", "x")
                + "\"\n        }\n"
                + "      ],\n      \"duration_ms\": 386773,\n      \"name\": \"One\",\n"
                + "      \"url\": \"https://open.spotify.com/track/" + Answers.id("song", "1") + "\"\n    },\n"
                + "    {\n      \"added_at\": null,\n      \"album\": {\"name\": \"\", \"url\": \"\"},\n      \"artists\": [],\n"
                + "      \"duration_ms\": 0,\n      \"name\": \"\",\n      \"url\": \"\"\n    }\n  ],\n"
                + "  \"unique_name\": \"Mine (2)\",\n  \"url\": \"https://open.spotify.com/playlist/" + LIST
                + "\"\n}\n";
    }

    @Test
    void theArchiveOfPlaylists() throws IOException {
        Lake lake = lake();
        lake.run(
                        "import",
                        "--date",
                        "2024-01-04",
                        file("pretty/" + LIST + ".json", archived(false)).toString())
                .with(0);
        lake.transform().with(0);
        assertThat(lake.sound().rows(ENTRIES))
                .containsExactly(
                        LIST + "|2024-01-04T00:00|1|track|" + Answers.id("song", "1") + "|One|X|2021-12-02T02:40:16|-",
                        LIST + "|2024-01-04T00:00|2|unavailable|-||-|-|-");
        assertThat(lake.rows("SELECT name, owner_id, owner_name, followers, spotify_snapshot_id, url FROM playlists"))
                .containsExactly("Mine|kari.n|Kari|31|AAA|https://open.spotify.com/playlist/" + LIST);
        assertThat(lake.rows("SELECT album_id, artist_id, duration_ms FROM songs"))
                .containsExactly(Answers.id("album", "a") + "|" + Answers.id("artist", "x") + "|386773");
        assertThat(lake.report("quality").out()).doesNotContain("unknown");
        Ended refused = lake().run(
                        "import",
                        "--date",
                        "2024-01-04",
                        file("x.json", archived(true)).toString())
                .with(1);
        assertThat(refused.err()).contains("all songs that were ever on a list, in no order");
    }

    // ---- The charts site

    private static String chart(String alias, String date, String entries) {
        return "{\"displayChart\":{\"date\":\"" + date + "\",\"chartMetadata\":{\"uri\":\"spotify:chart:" + alias
                + "\",\"alias\":\"" + alias + "\",\"entityType\":\"TRACK\",\"readableTitle\":\"Top Songs\"},"
                + "\"description\":\"d\"},\"entries\":[" + entries + "],\"highlights\":[]}";
    }

    private static String entry(int rank, Song song, long streams) {
        return "{\"chartEntryData\":{\"currentRank\":" + rank + ",\"previousRank\":" + (rank == 2 ? -1 : rank + 1)
                + ",\"peakRank\":1,\"appearancesOnChart\":" + (rank + 10) + ",\"consecutiveAppearancesOnChart\":3,"
                + "\"rankingMetric\":{\"value\":\"" + streams
                + "\",\"type\":\"STREAMS\"},\"entryStatus\":\"NO_CHANGE\","
                + "\"peakDate\":\"2023-01-19\",\"entryRank\":1,\"entryDate\":\"2023-01-19\"},\"missingRequiredFields\":false,"
                + "\"trackMetadata\":{\"trackName\":" + Answers.quote(song.name()) + ",\"trackUri\":\"spotify:track:"
                + song.id()
                + "\",\"displayImageUri\":\"https://i.scdn.co/image/a\",\"artists\":[{\"name\":\"X\",\"spotifyUri\":"
                + "\"spotify:artist:" + Answers.id("artist", "x")
                + "\",\"externalUrl\":\"\"},{\"name\":\"Y\",\"spotifyUri\":"
                + "\"spotify:artist:" + Answers.id("artist", "y")
                + "\"}],\"producers\":[],\"labels\":[{\"name\":\"L\"},{\"name\":\"M\"}],"
                + "\"songWriters\":[],\"releaseDate\":\"2023-01-13\"}}";
    }

    private static String other(String what) {
        return "{\"chartEntryData\":{\"currentRank\":1,\"previousRank\":1},\"" + what + "Metadata\":{\"" + what
                + "Name\":\"N\"}}";
    }

    private static final String CHART_ENTRIES =
            "SELECT playlist_id, observed_at, position, song_id, artist_names, streams,"
                    + " reported_peak, reported_previous, reported_periods, label FROM playlist_entries ORDER BY ALL";

    private static List<String> expected(String list, String date) {
        return List.of(
                list + "|" + date + "T00:00|1|" + Song.of(1).id() + "|X, Y|5000|1|2|11|L, M",
                list + "|" + date + "T00:00|2|" + Song.of(2).id() + "|X, Y|4000|1|-|12|L, M");
    }

    private static String entries() {
        return entry(1, Song.of(1), 5000) + "," + entry(2, Song.of(2), 4000);
    }

    /** Both forms of one chart are two observations: the later arrival is a second later. */
    @Test
    void aChartAsCsvAndAsJson() throws IOException {
        Lake lake = lake();
        Path json = file("regional-no-weekly-2024-01-04.json", chart("REGIONAL_NO_WEEKLY", "2024-01-04", entries()));
        Path csv = file(
                "regional-no-weekly-2024-01-04.csv",
                "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                        + "1,spotify:track:" + Song.of(1).id() + ",X,Song,Label,1,2,11,5000\n");
        lake.importing(json).with(0);
        lake.importing(csv).with(0);
        lake.transform().with(0);
        assertThat(lake.sound().rows("SELECT observed_at FROM playlists ORDER BY 1"))
                .containsExactly("2024-01-04T00:00", "2024-01-04T00:00:01");
        Lake together = lake();
        together.importing(csv, json).with(0);
        together.transform().with(0);
        assertThat(together.sound().value("SELECT count(*) FROM playlists")).isEqualTo("2");
    }

    @Test
    void chartsOfTheChartsSite() throws IOException {
        String chart = chart("REGIONAL_NO_WEEKLY", "2024-01-04", entries());
        for (String shape : List.of(
                chart,
                "[" + chart + "]",
                "{\"chartEntryViewResponses\":[" + chart + "]}",
                "{\"data\":{\"chart\":" + chart + "}}",
                "{\"entries\":[" + entries() + "]," + chart.substring(1, chart.indexOf(",\"entries\"")) + "}")) {
            Lake lake = lake();
            lake.importing(file("x.json", shape)).with(0);
            lake.transform().with(0);
            assertThat(lake.sound().rows(CHART_ENTRIES))
                    .as(shape)
                    .isEqualTo(expected("regional-no-weekly", "2024-01-04"));
            assertThat(lake.keys("raw_data"))
                    .containsExactly("raw_data/processed/2024-01-04/spotify-charts/regional-no-weekly/000000Z.json");
            assertThat(lake.rows("SELECT name, total FROM playlists")).containsExactly("Top Songs|2");
        }
        Lake lake = lake();
        Ended named = lake.importing(
                        file("regional-no-weekly-2024-01-04.json", "{\"entries\":[" + entries() + "]}"),
                        file("no/weekly/2024-01-11.json", "[" + entries() + "]"))
                .with(0);
        assertThat(named.out()).contains("4 entries of 1 list, 2024-01-04 to 2024-01-11");
        lake.transform().with(0);
        assertThat(lake.sound().rows(CHART_ENTRIES)).containsAll(expected("regional-no-weekly", "2024-01-11"));
    }

    @Test
    void severalChartsInOneAnswer() throws IOException {
        Lake lake = lake();
        Ended ended = lake.importing(file(
                        "charts.json",
                        "{\"chartEntryViewResponses\":[" + chart("REGIONAL_GLOBAL_WEEKLY", "2024-01-04", entries())
                                + ","
                                + chart("ALBUM_GLOBAL_WEEKLY", "2024-01-04", other("album")) + ","
                                + chart("ARTIST_GLOBAL_WEEKLY", "2024-01-04", other("artist")) + ","
                                + chart("REGIONAL_NO_DAILY", "2024-01-05", entries()) + "]}"))
                .with(0);
        assertThat(ended.err())
                .contains(
                        "charts.json also has a chart of albums (album-global-weekly), and only charts of songs can be read.")
                .contains("charts.json also has a chart of artists (artist-global-weekly), and only");
        lake.transform().with(0);
        List<String> all = new ArrayList<>(expected("regional-global-weekly", "2024-01-04"));
        all.addAll(expected("regional-no-daily", "2024-01-05"));
        assertThat(lake.sound().rows(CHART_ENTRIES)).isEqualTo(all);
    }

    @Test
    void chartsOfAlbumsAndArtistsAreRefused() throws IOException {
        for (String what : List.of("album", "artist")) {
            Lake lake = lake();
            Ended ended = lake.importing(file(
                            "2024-01-04.json",
                            chart(what.toUpperCase(java.util.Locale.ROOT) + "_NO_WEEKLY", "2024-01-04", other(what))))
                    .with(1);
            assertThat(ended.err()).contains("a chart of " + what + "s, and only charts of songs can be read");
            assertThat(lake.keys("raw_data/to_process")).isEmpty();
        }
    }

    // ---- What is refused

    @Test
    void refusalsSayWhatItIs() throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("{'items': [{'track': None}]}", "a text in single quotes, as Python prints it, and not JSON");
        files.put("{\"items\":[{\"track\":None}]}", "None, as Python prints it, and not JSON: save it with json.dump");
        files.put("<!doctype html><html></html>", "an HTML page, not JSON");
        files.put(page(LIST, 1).substring(0, 300), "truncated");
        files.put(
                "{\"info\":{\"slice\":\"0-999\"},\"playlists\":[{\"name\":\"t\",\"collaborative\":\"false\",\"pid\":0,\"tracks\":"
                        + "[{\"pos\":0,\"artist_name\":\"N\",\"track_uri\":\"spotify:track:" + LIST
                        + "\",\"track_name\":\"M\"}]}]}",
                "playlists of the Million Playlist Dataset, which have no ids of Spotify");
        for (Map.Entry<String, String> file : files.entrySet()) {
            Lake lake = lake();
            Ended ended = lake.run(
                            "import",
                            "--list",
                            LIST,
                            file("2024-01-04.json", file.getKey()).toString())
                    .with(1);
            assertThat(ended.err()).contains(file.getValue());
            assertThat(lake.keys("raw_data/to_process")).isEmpty();
        }
    }
}
