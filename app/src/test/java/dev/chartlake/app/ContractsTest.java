package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Manifest;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.Finding;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each contract is broken by a raw file, and noticed from the command line to the manifest and the report. */
class ContractsTest {

    private static final String LIST = Answers.list("contracts");
    private static final String WEB = "spotify-web-api/" + LIST;
    private static final String CHART = "spotify-charts/regional-no-daily";
    private static final String DAY = "2026-11-20";
    private static final String AT = "at 2026-11-20T10:30:00Z";
    private static final Song SONG = Song.of(7);

    @TempDir
    Path folder;

    private Lake lake() {
        return new Lake(folder.resolve("lake"));
    }

    private static void put(Lake lake, String path, String content) throws IOException {
        Path file = lake.at("raw_data/to_process/" + path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void put(Lake lake, String day, int entries) throws IOException {
        List<String> rows = LongStream.range(0, entries)
                .mapToObj(number -> Answers.row(Dialect.LEGACY, Song.of(number)))
                .toList();
        put(lake, day + "/" + WEB + "/103000Z.json", Answers.page(LIST, rows));
    }

    private String config(String yaml) throws IOException {
        return Files.writeString(folder.resolve("chartlake.yaml"), yaml).toString();
    }

    /** What a raw file breaks: which contract, in which list, how often, and what is the first example. */
    record Broken(String source, String content, Contract contract, String list, long count, String example) {
        String path() {
            return DAY + "/" + source + (source.equals(CHART) ? "/103000Z.csv" : "/103000Z.json");
        }

        @Override
        public String toString() {
            return contract.text() + ": " + example;
        }
    }

    private static Broken song(String from, String to, Contract contract, String table, String said) {
        String song = SONG.json();
        assertThat(song).contains(from);
        String page = Answers.page(LIST, List.of(Answers.row(Dialect.LEGACY, song.replace(from, to))));
        String id = table.equals("albums") ? SONG.albumId() : SONG.id();
        return new Broken(WEB, page, contract, "", 1, table + " " + id + ": " + said);
    }

    private static Broken list(String content, Contract contract, long count, String example) {
        return new Broken(WEB, content, contract, WEB, count, example);
    }

    private static Broken chart(ChartFiles.Row row, Contract contract, String said) {
        return new Broken(
                CHART, ChartFiles.current(true, List.of(row)), contract, CHART, 1, AT + ", position 1: " + said);
    }

    static Stream<Broken> brokenByRawFiles() {
        List<String> two = Answers.rows(Dialect.LEGACY, 0, 2);
        String page = Answers.page(LIST, two);
        ChartFiles.Row first = ChartFiles.Row.of(1, SONG);
        String gap = ChartFiles.current(true, List.of(first, ChartFiles.Row.of(3, Song.of(8))));
        String playlist = Answers.playlist(Dialect.LEGACY, LIST, "A", page);
        return Stream.of(
                list(
                        Answers.page(LIST, 50, 52, two),
                        Contract.POSITIONS_CONTIGUOUS,
                        1,
                        AT + ": position 51 is the first"),
                new Broken(CHART, gap, Contract.POSITIONS_CONTIGUOUS, CHART, 1, AT + ": position 3 follows 1"),
                list("[" + page + "," + page + "]", Contract.POSITIONS_ONCE, 2, DAY + "/" + WEB + "/103000Z.json"),
                list(Answers.page(LIST, 0, 5, two), Contract.ENTRIES_COMPLETE, 1, AT + ": 2 of 5 entries"),
                list(Answers.page(LIST, 0, 5, List.of()), Contract.ENTRIES_COMPLETE, 1, AT + ": 0 of 5 entries"),
                new Broken(
                        WEB,
                        page.replace(Song.of(0).id(), "café\u202e"),
                        Contract.IDS_WELL_FORMED,
                        "",
                        1,
                        "songs caf\\u00e9\\u202e: song_id is not an id"),
                new Broken(
                        "spotify-web-api/my-list",
                        page,
                        Contract.IDS_WELL_FORMED,
                        "spotify-web-api/my-list",
                        1,
                        AT + ": playlist_id is my-list"),
                list(
                        Answers.page(
                                LIST,
                                List.of(Answers.row(
                                        Dialect.LEGACY,
                                        SONG.json().replace("\"popularity\":7", "\"popularity\":\"h\\u00f8y\"")))),
                        Contract.VALUES_READABLE,
                        1,
                        DAY + "/" + WEB + "/103000Z.json, position 1: popularity is h\\u00f8y"),
                song(
                        "\"popularity\":7",
                        "\"popularity\":101",
                        Contract.POPULARITY_IN_BOUNDS,
                        "songs",
                        "popularity is 101"),
                song(
                        "\"popularity\":7",
                        "\"popularity\":-1",
                        Contract.POPULARITY_IN_BOUNDS,
                        "songs",
                        "popularity is -1"),
                song(
                        "\"duration_ms\":100007",
                        "\"duration_ms\":0",
                        Contract.DURATION_IN_BOUNDS,
                        "songs",
                        "duration_ms is 0"),
                song(
                        "\"duration_ms\":100007",
                        "\"duration_ms\":100007000",
                        Contract.DURATION_IN_BOUNDS,
                        "songs",
                        "duration_ms is 100007000"),
                song(
                        SONG.released(),
                        "\"1859-12-31\"",
                        Contract.RELEASE_IN_BOUNDS,
                        "albums",
                        "release date is 1859-12-31"),
                song(SONG.released(), "\"2028\"", Contract.RELEASE_IN_BOUNDS, "albums", "release date is 2028"),
                song(SONG.released(), "\"0000\"", Contract.RELEASE_IN_BOUNDS, "albums", "release date is 0000"),
                song(
                        SONG.released(),
                        "\"2023-02-29\"",
                        Contract.RELEASE_IN_BOUNDS,
                        "albums",
                        "release date is 2023-02-29"),
                song(
                        "\"track_number\":3",
                        "\"track_number\":0",
                        Contract.NUMBERS_IN_BOUNDS,
                        "songs",
                        "track_number is 0"),
                song(
                        "\"disc_number\":1",
                        "\"disc_number\":-1",
                        Contract.NUMBERS_IN_BOUNDS,
                        "songs",
                        "disc_number is -1"),
                song(
                        "\"total_tracks\":12",
                        "\"total_tracks\":0",
                        Contract.NUMBERS_IN_BOUNDS,
                        "albums",
                        "total_tracks is 0"),
                list(
                        playlist.replace("\"total\":4711", "\"total\":-1"),
                        Contract.COUNTS_IN_BOUNDS,
                        1,
                        AT + ": followers is -1"),
                chart(new ChartFiles.Row(1, SONG, 1, 1, 1, -5), Contract.COUNTS_IN_BOUNDS, "streams is -5"),
                chart(new ChartFiles.Row(1, SONG, 2, 1, 1, 5), Contract.REPORTED_IN_BOUNDS, "reported_peak is 2"));
    }

    @ParameterizedTest
    @MethodSource("brokenByRawFiles")
    void isKeptAndReported(Broken broken) throws Exception {
        Lake lake = lake();
        put(lake, broken.path(), broken.content());
        Ended run = lake.transform().with(0);
        lake.sound();
        Finding expected = new Finding(
                broken.contract().text(),
                broken.contract().severity(),
                broken.list(),
                broken.count(),
                broken.example());
        Manifest manifest = lake.manifests().get(0);
        assertThat(manifest.quality()).contains(expected);
        assertThat(run.err()).contains("Warning: " + broken.contract().text()).contains(broken.example());
        List<String> report = lake.report("quality", "--output", "csv", "--fail-on", "warning")
                .with(5)
                .out()
                .lines()
                .toList();
        assertThat(report)
                .anyMatch(line ->
                        line.startsWith(DAY + ",warning," + broken.contract().text() + ",")
                                && line.contains("," + broken.count() + ",")
                                && line.contains(broken.example()));
    }

    static List<Broken> someBrokenByRawFiles() {
        return Depth.some(8, brokenByRawFiles().toList());
    }

    @ParameterizedTest
    @Thorough
    @MethodSource("someBrokenByRawFiles")
    void keepsTheDayFromBeingCommittedIfItIsSetToFail(Broken broken) throws Exception {
        Lake lake = lake();
        put(lake, broken.path(), broken.content());
        put(lake, "2026-11-19", 3);
        Map<String, String> waiting = lake.contents("raw_data/to_process/" + DAY);
        String config = config("quality: {contracts: {" + broken.contract().text() + ": fail}}");
        Ended run = lake.transform("--config", config).with(5);
        assertThat(run.err())
                .contains("Day " + DAY + ": not committed", broken.contract().text(), broken.example())
                .contains(": warn}}' in chartlake.yaml");
        assertThat(lake.keys("transformed_data/_days")).containsExactly("transformed_data/_days/2026-11-19.json");
        assertThat(lake.keys("transformed_data")).noneMatch(key -> key.contains("snapshot_date=" + DAY));
        assertThat(lake.contents("raw_data/to_process/" + DAY)).isEqualTo(waiting);
        lake.transform().with(0);
        lake.sound();
    }

    private static final String CHART_OF_THE_SITE =
            "{\"displayChart\":{\"date\":\"2026-11-20\",\"chartMetadata\":{\"alias\":\"REGIONAL_NO_DAILY\","
                    + "\"entityType\":\"TRACK\"}},\"entries\":[{\"chartEntryData\":{\"currentRank\":1,\"previousRank\":1,"
                    + "\"peakRank\":1,\"appearancesOnChart\":2,\"rankingMetric\":{\"value\":\"7\",\"type\":\"STREAMS\"}},"
                    + "\"trackMetadata\":{\"trackName\":\"One\",\"trackUri\":\"spotify:track:" + SONG.id()
                    + "\",\"artists\":[]}}]}";

    @Test
    void twoObjectsWithOneKeyAreAnError() throws Exception {
        Lake lake = lake();
        put(lake, DAY + "/" + CHART + "/103000Z.csv", ChartFiles.current(true, List.of(ChartFiles.Row.of(1, SONG))));
        put(lake, DAY + "/" + CHART + "/103000Z.json", CHART_OF_THE_SITE);
        put(lake, "2026-11-19", 3);
        Ended run = lake.transform().with(5);
        assertThat(run.err())
                .contains(
                        "Day " + DAY + ": not committed",
                        "keys_unique",
                        "in " + CHART
                                + ": playlists spotify-charts, regional-no-daily, 2026-11-20T10:30:00Z is there twice");
        assertThat(lake.keys("transformed_data/_days")).containsExactly("transformed_data/_days/2026-11-19.json");
        Files.delete(lake.at("raw_data/to_process/" + DAY + "/" + CHART + "/103000Z.json"));
        lake.transform().with(0);
        lake.sound();
    }

    @Test
    void whatIsUsualBreaksNothing() throws Exception {
        FileCorpus.write(folder.resolve("in"), 11, 8, 30);
        Lake lake = lake();
        lake.importing(folder.resolve("in")).with(0);
        Ended run = lake.transform().with(0);
        assertThat(run.err()).isEmpty();
        lake.manifests().forEach(day -> assertThat(day.quality()).isEmpty());
        assertThat(lake.report("quality", "--fail-on", "warning").with(0).err()).contains("0 errors, 0 warnings");
    }

    @Test
    void theManifestIsTheSameWhateverTheSettingsSay() throws Exception {
        Lake lake = lake();
        put(lake, DAY + "/" + WEB + "/103000Z.json", Answers.page(LIST, 50, 99, Answers.rows(Dialect.LEGACY, 0, 2)));
        lake.transform().with(0);
        Map<String, String> before = lake.contents("transformed_data");
        String off = config("quality: {contracts: {positions_contiguous: off, entries_complete: off}}");
        assertThat(lake.transform("--all", "--config", off).with(0).err()).isEmpty();
        assertThat(lake.contents("transformed_data")).isEqualTo(before);
    }

    @Test
    void aVolumeThatIsNotUsualIsReportedAndNotInTheManifest() throws Exception {
        Lake lake = lake();
        for (int day = 10; day < 16; day++) {
            put(lake, "2026-11-" + day, 20);
        }
        assertThat(lake.transform().with(0).err()).isEmpty();
        put(lake, "2026-11-17", 14);
        String example = "103000Z.json has 14 entries; 15 to 25 are usual";
        assertThat(lake.transform().with(0).err())
                .contains("Warning: volume_in_range in " + WEB + " on 2026-11-17: " + example);
        assertThat(lake.manifests()).allMatch(manifest -> manifest.quality().isEmpty());
        put(lake, "2026-11-18", 15);
        assertThat(lake.transform().with(0).err()).isEmpty();
    }

    @Test
    void aVolumeThatTheSettingsForbidCanKeepTheDayFromBeingCommitted() throws Exception {
        Lake lake = lake();
        put(lake, DAY, 20);
        String config = config("quality: {contracts: {volume_in_range: fail}, entries: {" + LIST + ": {min: 21}}}");
        assertThat(lake.transform("--config", config).with(5).err())
                .contains("Day " + DAY + ": not committed", "103000Z.json has 20 entries; at least 21 are allowed");
        lake.transform(
                        "--config",
                        config("quality: {contracts: {volume_in_range: fail}, entries: {" + LIST + ": {max: 20}}}"))
                .with(0);
        lake.sound();
    }

    @Test
    void backfillsAreNotComparedWithDaysAfterThem() throws Exception {
        Lake lake = lake();
        for (int day = 10; day < 18; day++) {
            put(lake, "2026-11-" + day, 20);
        }
        lake.transform().with(0);
        put(lake, "2026-10-01", 3);
        assertThat(lake.transform().with(0).err()).isEmpty();
        assertThat(lake.transform("--all").with(0).err()).isEmpty();
    }

    @Test
    void settingsThatAreWrongAreExplained() throws Exception {
        Map<String, String> wrong = Map.of(
                "quality: {contracts: {keys: fail}}", "there is no contract 'keys'. There are: [keys_unique,",
                "quality: {contracts: {keys_unique: no}}",
                        "quality.contracts.keys_unique is 'no'. It can be fail, warn or off",
                "quality: {rules: 1}", "unknown key 'quality.rules'. Known keys: [contracts, entries]",
                "quality: strict", "quality is 'strict'",
                "quality: {entries: {a: {min: -1}}}", "quality.entries.a.min is '-1'",
                "quality: {entries: {a: {min: 3, max: 2}}}", "quality.entries.a needs a min, a max or both",
                "quality: {entries: {a: {}}}", "quality.entries.a needs a min, a max or both",
                "quality: {entries: {a: {least: 2}}}", "unknown key 'quality.entries.a.least'");
        for (Map.Entry<String, String> entry : wrong.entrySet()) {
            for (String command : List.of("transform", "run", "status")) {
                assertThat(lake().run(command, "--config", config(entry.getKey()))
                                .with(2)
                                .err())
                        .contains(entry.getValue());
            }
        }
    }

    @Test
    void aDayOfAnEarlierVersionStaysReadable() throws Exception {
        Lake lake = lake();
        put(lake, DAY, 3);
        lake.transform().with(0);
        Path manifest = lake.at("transformed_data/_days/" + DAY + ".json");
        String now = Files.readString(manifest);
        String before = now.substring(0, now.indexOf(",\"quality\":[")) + "\n}\n";
        Files.writeString(manifest, before);
        assertThat(lake.manifests().get(0).date()).isEqualTo(LocalDate.parse(DAY));
        assertThat(lake.run("status").with(0).out()).doesNotContain("Problems", "Quality");
        lake.report("quality", "--fail-on", "warning").with(0);
        put(lake, "2026-11-21", 3);
        assertThat(lake.transform().with(0).err()).isEmpty();
        lake.transform("--all").with(0);
        assertThat(manifest).hasContent(now);
    }
}
