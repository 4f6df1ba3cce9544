package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Recorded answers and charts, which are nobody's to publish: runs where they are, and compares with another reading. */
class RealDataTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private Path data = Path.of("");

    @BeforeEach
    void whereItIs() {
        String real = System.getenv("CHARTLAKE_REAL_DATA");
        assumeThat(real)
                .as(
                        "set CHARTLAKE_REAL_DATA to a folder with recorded input: api/, charts/, history/<list>/<date>.json")
                .isNotNull();
        data = Path.of(String.valueOf(real));
    }

    private static List<Path> files(Path folder, String extension) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Path> found = files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
            assertThat(found).as("files in " + folder).isNotEmpty();
            return found;
        }
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** The name of a file's folder. */
    private static String list(Path file) {
        return name(file.resolveSibling("").normalize());
    }

    /** The page of items in an answer, wherever it is. */
    private static JsonNode rows(Path file) throws IOException {
        JsonNode answer = JSON.readTree(Files.readAllBytes(file));
        answer = answer.isArray() ? answer.get(0) : answer;
        for (String place : List.of("/tracks/items", "/items/items", "/items")) {
            if (answer.at(place).isArray()) {
                return answer.at(place);
            }
        }
        throw new AssertionError("No items in " + file);
    }

    /** Position, uri, name and artists of each entry, as {@link #snapshots} has them. */
    private static List<String> entries(Path file) throws IOException {
        List<String> entries = new ArrayList<>();
        for (JsonNode row : rows(file)) {
            JsonNode item = row.path("track").isObject() ? row.path("track") : row.path("item");
            String artists = StreamSupport.stream(item.path("artists").spliterator(), false)
                    .map(artist -> artist.path("name").asString(""))
                    .collect(Collectors.joining(", "));
            artists = item.path("type").asString("").equals("episode")
                    ? item.path("show").path("name").asString("-")
                    : artists;
            entries.add((entries.size() + 1) + "|" + item.path("uri").asString("-") + "|"
                    + item.path("name").asString("-") + "|" + artists);
        }
        return entries;
    }

    private static List<String> chart(Path file) throws IOException {
        List<String> entries = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows =
                CsvReader.builder().detectBomHeader(true).ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                boolean current = row.findField("rank").isPresent();
                entries.add(String.join(
                        "|",
                        row.getField(current ? "rank" : "Position"),
                        current
                                ? row.getField("uri")
                                : row.getField("URL").replace("https://open.spotify.com/track/", "spotify:track:"),
                        row.getField(current ? "track_name" : "Track Name"),
                        row.getField(current ? "artist_names" : "Artist")));
            }
        }
        return entries;
    }

    @Test
    void everyEntryOfEveryFileIsInTheTablesOnceAndInOrder() throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(data.resolve("history"), data.resolve("charts")).with(0);
        // These do not all say when they were recorded.
        String[] undated = {"--date", "modified", data.resolve("api").toString()};
        Ended imported = lake.run("import", undated).with(1);
        lake.transform().with(0);
        lake.sound();
        Map<String, List<String>> tables = snapshots(lake);
        long entries = 0;
        for (Path file : files(data.resolve("history"), ".json")) {
            List<String> expected = entries(file);
            assertThat(tables.get(list(file) + " " + name(file).replace(".json", "") + " 00:00:00"))
                    .as(file.toString())
                    .isEqualTo(expected);
            entries += expected.size();
        }
        for (Path file : files(data.resolve("charts"), ".csv")) {
            List<String> expected = chart(file);
            String name = name(file).replace(".csv", "");
            int dash = name.length() - "-2000-01-01".length();
            assertThat(tables.get(name.substring(0, dash) + " " + name.substring(dash + 1) + " 00:00:00"))
                    .as(file.toString())
                    .isEqualTo(expected);
            entries += expected.size();
        }
        int refused = 0;
        for (Path file : files(data.resolve("api"), ".json")) {
            boolean unreadable = list(file).equals("errors") || name(file).startsWith("user_playlists");
            assertThat(imported.err().contains("Not imported: " + file + ": "))
                    .as(file.toString())
                    .isEqualTo(unreadable);
            if (unreadable) {
                refused++;
                continue;
            }
            List<String> expected = entries(file);
            assertThat(tables.values()).as(file.toString()).contains(expected);
            entries += expected.size();
        }
        assertThat(imported.out()).contains("Not imported: " + refused + ".");
        assertThat(lake.value("SELECT count(*) FROM playlist_entries")).isEqualTo(String.valueOf(entries));
        Map<String, String> before = lake.data();
        lake.importing(data.resolve("history"), data.resolve("charts")).with(0);
        lake.run("import", undated).with(1);
        lake.transform("--all").with(0);
        assertThat(lake.data()).as("nothing twice").isEqualTo(before);
    }

    /** Position, uri, name and artists of each entry, by list and time. */
    private static Map<String, List<String>> snapshots(Lake lake) {
        Map<String, List<String>> all = new TreeMap<>();
        for (String row : lake.rows("SELECT playlist_id || ' ' || strftime(observed_at, '%Y-%m-%d %H:%M:%S'), position,"
                + " coalesce(item_uri, '-'), coalesce(song_name, '-'), coalesce(artist_names, '-')"
                + " FROM playlist_entries ORDER BY 1, 2")) {
            int key = row.indexOf('|');
            all.computeIfAbsent(row.substring(0, key), any -> new ArrayList<>()).add(row.substring(key + 1));
        }
        return all;
    }

    /** Shapes that people have: a folder of {@code cases/}, a query, and what it has to answer. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bare-array-of-rows | SELECT count(DISTINCT playlist_id), count(*) > 0 FROM playlist_entries | 1#true",
                "dates-in-folders | SELECT count(DISTINCT snapshot_date), count(*) FROM playlists | 5#5",
                "pages-of-one-snapshot | SELECT list(position ORDER BY position) FROM playlist_entries | [1, 2, 3, 4]",
                "combined-chart | SELECT count(*), count(DISTINCT (playlist_id, snapshot_date)) FROM playlist_entries | 12#4",
                "tied-positions | SELECT list(position ORDER BY position) FROM playlist_entries | [1, 1, 3]",
                "uri-without-id | SELECT count(DISTINCT song_id) FROM playlist_entries | 3",
                "json-lines | SELECT count(DISTINCT playlist_id), count(*) > 1 FROM playlist_entries | 1#true",
                "wrapped-playlist | SELECT min(playlist_id), min(name) FROM playlists | 4H5examplePlaylist00AA#My List",
                "streams-as-floats | SELECT list(streams ORDER BY position) FROM playlist_entries"
                        + " | [1234561, 1234562, 1234563]",
                "trailing-comma | SELECT list(position ORDER BY position) FROM playlist_entries | [1, 2, 3]",
                "time-zone-in-name | SELECT list(strftime(observed_at, '%d %H:%M') ORDER BY observed_at) FROM playlists"
                        + " | [05 04:30, 05 14:30, 07 04:30]",
                "chart-file-names | SELECT count(DISTINCT snapshot_date), min(snapshot_date), min(playlist_id)"
                        + " FROM playlists | 1#2024-01-04#regional-no-daily"
            })
    void everyCaseIsRead(String name, String query, String expected) throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        Path files = data.resolve("cases").resolve(name);
        Ended imported = lake.importing(files);
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.value(query)).isEqualTo(expected.replace('#', '|'));
        for (String line :
                imported.err().lines().filter(line -> line.contains(": ")).toList()) {
            assertThat(line).containsAnyOf("--list", "--date", "Next: ");
        }
    }

    @Test
    void extractFromRecordingsGivesWhatWasRecorded() throws Exception {
        Path history = data.resolve("history");
        Map<LocalDate, TreeSet<String>> days = new TreeMap<>();
        for (Path file : files(history, ".json")) {
            days.computeIfAbsent(LocalDate.parse(name(file).replace(".json", "")), day -> new TreeSet<>())
                    .add(list(file));
        }
        Lake lake = new Lake(folder.resolve("lake"));
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withRecordings(history))) {
            for (Map.Entry<LocalDate, TreeSet<String>> day : days.entrySet()) {
                simulator.setDate(day.getKey());
                lake.extract(simulator, day.getValue().toArray(String[]::new)).with(0);
            }
        }
        lake.transform().with(0);
        lake.sound();
        Map<String, List<String>> tables = snapshots(lake);
        for (Map.Entry<LocalDate, TreeSet<String>> day : days.entrySet()) {
            for (String list : day.getValue()) {
                Path file = history.resolve(list).resolve(day.getKey() + ".json");
                assertThat(tables.get(list + " " + day.getKey() + " 12:00:00"))
                        .as(file.toString())
                        .isEqualTo(entries(file));
            }
        }
    }

    @Test
    void everySongWasFirstAndLastSeenWhenTheRecordingsSay() throws Exception {
        Path history = data.resolve("history");
        Map<String, TreeSet<String>> days = new TreeMap<>();
        List<Path> files = new ArrayList<>(files(history, ".json"));
        for (Path file : files) {
            for (JsonNode row : rows(file)) {
                JsonNode song = row.path("track").path("id");
                if (song.isString()) {
                    days.computeIfAbsent(list(file) + "|" + song.asString(), any -> new TreeSet<>())
                            .add(name(file).replace(".json", ""));
                }
            }
        }
        List<String> expected = days.entrySet().stream()
                .map(song -> song.getKey() + "|" + song.getValue().first() + "|"
                        + song.getValue().last() + "|" + song.getValue().size())
                .toList();

        // Newest first, and in two parts, so that days arrive after later ones.
        Collections.reverse(files);
        Lake lake = new Lake(folder.resolve("lake"));
        for (List<Path> part :
                List.of(files.subList(0, files.size() / 2), files.subList(files.size() / 2, files.size()))) {
            lake.importing(part.toArray(Path[]::new)).with(0);
            lake.transform().with(0);
        }
        for (String query : List.of(
                "SELECT playlist_id, song_id, first_seen, last_seen, periods FROM song_stats",
                "SELECT playlist_id, song_id, min(first_seen), max(snapshot_date), max(periods) FROM chart_history"
                        + " GROUP BY source, playlist_id, song_id",
                "SELECT playlist_id, song_id, min(snapshot_date), max(snapshot_date), count(*) FROM chart_history"
                        + " GROUP BY source, playlist_id, song_id")) {
            assertThat(lake.rows(query)).as(query).containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
