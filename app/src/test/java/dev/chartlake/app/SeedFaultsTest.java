package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the five older pipelines get wrong, one test for each fault, from the command line to the tables. */
class SeedFaultsTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LIST = Answers.list("faults");

    @TempDir
    Path folder;

    private Lake lake() {
        return new Lake(folder.resolve("lake"));
    }

    private static Simulator simulator(dev.chartlake.simulator.answer.Dialect dialect) {
        return Simulator.start(SimulatorOptions.defaults().withDialect(dialect));
    }

    private Path file(String name, String content) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content);
    }

    @ParameterizedTest
    @EnumSource(dev.chartlake.simulator.answer.Dialect.class)
    void fault1OnlyTheFirstHundredItemsAreRead(dev.chartlake.simulator.answer.Dialect dialect) throws Exception {
        Lake lake = lake();
        try (Simulator simulator = simulator(dialect)) {
            lake.extract(simulator, WorldLists.sized(250)).with(0);
        }
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.rows("SELECT position FROM playlist_entries ORDER BY position"))
                .isEqualTo(
                        IntStream.rangeClosed(1, 250).mapToObj(String::valueOf).toList());
        assertThat(lake.value("SELECT count(DISTINCT song_id) FROM playlist_entries"))
                .isEqualTo("250");
        assertThat(lake.rows("SELECT song_id FROM playlist_entries ORDER BY position"))
                .isEqualTo(ids(lake, "id"));
    }

    /** A field of every song in the lake's only raw object, read by other means than the product's. */
    private static List<String> ids(Lake lake, String field) throws IOException {
        List<String> keys = lake.keys("raw_data/processed");
        assertThat(keys).hasSize(1);
        List<String> values = new ArrayList<>();
        for (JsonNode answer : JSON.readTree(Files.readAllBytes(lake.at(keys.get(0))))) {
            JsonNode page = answer.path("items").isArray()
                    ? answer
                    : answer.has("items") ? answer.path("items") : answer.path("tracks");
            for (JsonNode row : page.path("items")) {
                JsonNode song = row.path("item").isObject() ? row.path("item") : row.path("track");
                values.add(song.path(field).asString("-"));
            }
        }
        return values;
    }

    @Test
    void fault2ANullLocalOrPodcastEntryCrashesAndOneBadFileBlocksTheOthers() throws Exception {
        List<String> rows = List.of(
                Answers.row(Dialect.LEGACY, Song.of(1)),
                Answers.row(Dialect.LEGACY, "null"),
                Answers.row(Dialect.LEGACY, Answers.local("Øving: take 3", "Us & them")),
                Answers.row(Dialect.LEGACY, Answers.episode("#47", "Tall & takter")),
                Answers.row(Dialect.LEGACY, Answers.takenDown()),
                "null",
                Answers.row(Dialect.LEGACY, Song.of(2)));
        file("2024-05-01.json", Answers.page(LIST, rows));
        file("2024-05-01T09-00-00.json", Answers.page(LIST, rows).substring(0, 700));
        file("2024-05-01T10-00-00.json", Answers.page(LIST, rows));
        Lake lake = lake();
        assertThat(lake.importing(folder.resolve("in")).with(1).err())
                .contains("2024-05-01T09-00-00.json", "truncated");
        lake.transform().with(0);
        lake.sound();
        for (String at : List.of("00:00:00", "10:00:00")) {
            assertThat(lake.rows("SELECT position, kind, song_name, artist_names FROM playlist_entries"
                            + " WHERE observed_at = TIMESTAMP '2024-05-01 " + at + "' ORDER BY position"))
                    .containsExactly(
                            "1|track|Song no. 1|Band 0",
                            "2|unavailable|-|-",
                            "3|local|Øving: take 3|Us & them",
                            "4|episode|#47|Tall & takter",
                            "5|unavailable||-",
                            "6|unavailable|-|-",
                            "7|track|Song no. 2|Band 0");
        }
        assertThat(lake.value("SELECT count(*) FROM songs")).isEqualTo("2");
    }

    @Test
    void fault2EveryOddEntryTheSimulatorHasKeepsItsPlace() throws Exception {
        Lake lake = lake();
        try (Simulator simulator = simulator(dev.chartlake.simulator.answer.Dialect.Y2026)) {
            lake.extract(simulator, WorldLists.ODD_ENTRIES, WorldLists.EMPTY).with(0);
        }
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.value("SELECT count(*) = max(position) AND min(position) = 1 FROM playlist_entries"))
                .isEqualTo("true");
        assertThat(lake.rows(
                        "SELECT kind FROM playlist_entries WHERE position IN (3, 4, 5, 6, 7, 16) ORDER BY position"))
                .containsExactly("episode", "local", "unavailable", "unavailable", "unavailable", "local");
        assertThat(lake.value("SELECT count(*) FROM playlists")).isEqualTo("2");
    }

    @Test
    void fault3PositionAndTimeAreThrownAway() throws Exception {
        Lake lake = lake();
        try (Simulator simulator = simulator(dev.chartlake.simulator.answer.Dialect.LEGACY)) {
            for (int day = 1; day <= 2; day++) {
                simulator.setDate(LocalDate.of(2026, 3, day));
                lake.extract(simulator, WorldLists.TOP_NORWAY).with(0);
            }
        }
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.rows(
                        "SELECT snapshot_date, observed_at, count(*), min(position), max(position), count(DISTINCT position)"
                                + " FROM playlist_entries GROUP BY ALL ORDER BY 1"))
                .containsExactly("2026-03-01|2026-03-01T12:00|50|1|50|50", "2026-03-02|2026-03-02T12:00|50|1|50|50");
        assertThat(lake.rows(
                        "SELECT count(*) > 0 FROM playlist_entries a JOIN playlist_entries b USING (playlist_id, song_id)"
                                + " WHERE a.snapshot_date < b.snapshot_date AND a.position <> b.position"))
                .as("a song that moved")
                .containsExactly("true");
    }

    @Test
    void fault4ASongKeepsOneArtistOftenNotInTheArtistTable() throws Exception {
        Song trio = Song.of(4).by("Ada", "Berit", "Cato").on("Sampler", "Various Artists");
        file("2024-05-01.json", Answers.page(LIST, List.of(Answers.row(Dialect.Y2026, trio))));
        Lake lake = lake();
        lake.importing(folder.resolve("in")).with(0);
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.rows(
                        "SELECT artist_order, artist_name FROM song_artists JOIN artists USING (artist_id) ORDER BY 1"))
                .containsExactly("1|Ada", "2|Berit", "3|Cato");
        assertThat(lake.rows("SELECT artist_name, artist_names FROM songs JOIN artists USING (artist_id)"))
                .containsExactly("Ada|Ada, Berit, Cato");
        assertThat(lake.rows("SELECT name, artist_name FROM albums JOIN album_artists USING (album_id)"
                        + " JOIN artists USING (artist_id)"))
                .containsExactly("Sampler|Various Artists");
    }

    @Test
    void fault5UrlsAreApiAddresses() throws Exception {
        Lake lake = lake();
        try (Simulator simulator = simulator(dev.chartlake.simulator.answer.Dialect.TRANSITION)) {
            lake.extract(simulator, WorldLists.TOP_WORLD, WorldLists.ODD_ENTRIES)
                    .with(0);
        }
        file("2024-05-01.json", Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 5)));
        file("regional-no-weekly-2024-05-02.csv", ChartFiles.current(false, chart(5)));
        lake.importing(folder.resolve("in")).with(0);
        lake.transform().with(0);
        lake.sound();
        for (String table : List.of("song|track", "album|album", "artist|artist")) {
            String name = table.substring(0, table.indexOf('|'));
            String type = table.substring(table.indexOf('|') + 1);
            assertThat(lake.value("SELECT count(*) > 5 FROM " + name + "s")).isEqualTo("true");
            assertThat(lake.rows("SELECT url FROM " + name + "_days WHERE url IS DISTINCT FROM"
                            + " 'https://open.spotify.com/" + type + "/' || " + name + "_id"))
                    .as(table)
                    .isEmpty();
        }
        assertThat(lake.rows("SELECT source, url FROM playlists WHERE source <> 'spotify-charts'"
                        + " AND url IS DISTINCT FROM 'https://open.spotify.com/playlist/' || playlist_id"))
                .isEmpty();
    }

    private static List<ChartFiles.Row> chart(int size) {
        return IntStream.rangeClosed(1, size)
                .mapToObj(rank -> ChartFiles.Row.of(rank, Song.of(rank)))
                .toList();
    }

    @Test
    void fault6YearOnlyAndMonthOnlyReleaseDatesCrashOrAreInvented() throws Exception {
        List<String> dates = List.of(
                "\"1974\"", "\"1981-06\"", "\"0000\"", "\"2009-02-30\"", "\"2009-05-17\"", "null", "\"sometime\"");
        List<String> rows = IntStream.range(0, dates.size())
                .mapToObj(i -> Answers.row(
                        Dialect.LEGACY,
                        Song.of(i).on("Album " + (char) ('A' + i), "Ada").released(dates.get(i), "day")))
                .toList();
        file("2024-05-01.json", Answers.page(LIST, rows));
        Lake lake = lake();
        lake.importing(folder.resolve("in")).with(0);
        for (String format : List.of("parquet", "csv")) {
            lake.transform("--all", "--format", format).with(0);
            lake.sound();
            assertThat(lake.rows("SELECT name[-1:], release_date, release_date_text, release_date_precision"
                            + " FROM albums ORDER BY name"))
                    .as(format)
                    .containsExactly(
                            "A|-|1974|year",
                            "B|-|1981-06|month",
                            "C|-|0000|year",
                            "D|-|2009-02-30|day",
                            "E|2009-05-17|2009-05-17|day",
                            "F|-|-|-",
                            "G|-|sometime|-");
        }
    }

    @Test
    void fault7EveryRunAppendsAndTwoEventsProcessAFileTwice() throws Exception {
        Path in = folder.resolve("in");
        FileCorpus.write(in, 7, 4, 60);
        Lake once = new Lake(folder.resolve("once"));
        once.importing(in).with(0);
        once.transform().with(0);
        once.sound();

        Lake twice = lake();
        List<Lake.Child> imports = start(twice, "import", in.toString());
        for (Lake.Child child : imports) {
            child.end().with(0);
        }
        for (Lake.Child child : start(twice, "transform")) {
            child.end().with(0);
        }
        assertThat(twice.data()).isEqualTo(once.data());

        assertThat(twice.importing(in).with(0).out()).contains("Imported 0 raw objects", "Already there: 20");
        assertThat(twice.transform().with(0).out()).contains("Nothing to transform");
        assertThat(twice.data()).isEqualTo(once.data());
        for (Lake.Child child : start(twice, "transform", "--all")) {
            child.end().with(0);
        }
        assertThat(twice.data()).isEqualTo(once.data());
        twice.sound();
    }

    /** The same command in two processes at once. */
    private static List<Lake.Child> start(Lake lake, String command, String... arguments) throws IOException {
        List<Lake.Child> children = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            children.add(Lake.Child.of(Main.class, List.of(), Map.of(), lake.words(command, arguments)));
        }
        return children;
    }

    @Test
    void fault8ACrashBetweenWritingAndMovingRepeatsTheRawFile() throws Exception {
        FileCorpus.write(folder.resolve("in"), 8, 2, 30);
        Lake lake = lake();
        lake.importing(folder.resolve("in")).with(0);
        lake.transform().with(0);
        lake.sound();
        Map<String, String> before = lake.data();
        // A kill right behind the commit: the day is done, and all its objects, or some of them, still wait.
        for (int some : List.of(1, 2, Integer.MAX_VALUE)) {
            int n = 0;
            for (String key : lake.keys("raw_data/processed")) {
                if (n++ % some == 0 || some == Integer.MAX_VALUE) {
                    Path back = lake.at(key.replace("/processed/", "/to_process/"));
                    Files.createDirectories(back.getParent());
                    Files.move(lake.at(key), back);
                }
            }
            lake.transform().with(0);
            assertThat(lake.data()).isEqualTo(before);
        }
        // A copy that was not finished by removing the original, as stores without renaming do it.
        String copied = lake.keys("raw_data/processed").get(3);
        Path back = lake.at(copied.replace("/processed/", "/to_process/"));
        Files.createDirectories(back.getParent());
        Files.copy(lake.at(copied), back);
        lake.transform().with(0);
        assertThat(lake.data()).isEqualTo(before);
        lake.sound();
    }

    @Test
    void fault10MoreThanAThousandFilesOrNoneBreakTheListing() throws Exception {
        Lake lake = lake();
        Files.createDirectories(folder.resolve("in"));
        lake.importing(folder.resolve("in")).with(0);
        assertThat(lake.transform().with(0).out()).contains("Nothing to transform");
        assertThat(lake.rows("SELECT * FROM playlist_entries")).isEmpty();

        for (int i = 0; i < 1200; i++) {
            String list = Answers.list("list " + i % 12);
            String time = String.format("T%02d-%02d-%02d", i / 60, i % 60, i % 7);
            file(i + "_2024-05-01" + time + ".json", Answers.page(list, Answers.rows(Dialect.LEGACY, i, i + 2)));
        }
        lake.importing(folder.resolve("in")).with(0);
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.value("SELECT count(*) FROM playlists")).isEqualTo("1200");
        assertThat(lake.value("SELECT count(*) FROM playlist_entries")).isEqualTo("2400");
        assertThat(lake.value("SELECT count(*) FROM songs")).isEqualTo("1201");
    }

    @Test
    void fault15StateSharedBetweenRunsMixesPlaylists() throws Exception {
        Lake both = lake();
        Lake alone = new Lake(folder.resolve("alone"));
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withLinks("http://127.0.0.1:1/v1"))) {
            both.extract(simulator, WorldLists.TOP_NORWAY, WorldLists.sized(120), WorldLists.TOP_WORLD)
                    .with(0);
            alone.extract(simulator, WorldLists.TOP_WORLD).with(0);
            alone.extract(simulator, WorldLists.sized(120)).with(0);
            alone.extract(simulator, WorldLists.TOP_NORWAY).with(0);
        }
        both.transform().with(0);
        alone.transform().with(0);
        assertThat(both.data()).isEqualTo(alone.data());
        both.sound();
        assertThat(both.rows("SELECT count(*) FROM playlist_entries GROUP BY playlist_id ORDER BY 1"))
                .containsExactly("50", "50", "120");
    }

    @Test
    void fault16NewAppsCannotReadListsOfSpotify() throws Exception {
        Lake lake = lake();
        try (Simulator simulator = simulator(dev.chartlake.simulator.answer.Dialect.Y2026)) {
            Ended ended = lake.extract(simulator, WorldLists.TOP_DENMARK, WorldLists.REFUSED, WorldLists.TOP_NORWAY)
                    .with(1);
            assertThat(ended.err().lines().filter(line -> line.startsWith(WorldLists.TOP_DENMARK)))
                    .singleElement()
                    .asString()
                    .contains("404", "27 November 2024", "charts.spotify.com");
            assertThat(ended.err()).contains("1 of 3 lists archived, 2 failed").doesNotContain("Exception");
        }
        lake.transform().with(0);
        lake.sound();
        assertThat(lake.rows("SELECT playlist_id, count(*) FROM playlist_entries GROUP BY 1"))
                .containsExactly(WorldLists.TOP_NORWAY + "|50");
    }
}
