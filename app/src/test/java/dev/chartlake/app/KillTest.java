package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that dies at any moment, and is then repeated, leaves the lake of a run that did not. */
class KillTest {

    private static final int KILLS = Depth.of(2, 50);
    private static final int MANY_FILES = Depth.of(300, 2_100);
    private static final int MANY_FILES_KILLS = Depth.of(2, 30);
    private static final int EXTRACT_KILLS = Depth.of(2, 24);
    private static final int MOST_KILLS = 200;
    private static final int MAX_DELAY_MS = 12;
    private static final int KILLED = 128 + 9;
    private static final int DAYS = 8;
    private static final int ENTRIES = 60;
    private static final String LIST = Answers.list("killed");

    @TempDir
    Path folder;

    private Path corpus() throws IOException {
        Path in = folder.resolve("in");
        System.out.println("KillTest: corpus of seed 4711");
        FileCorpus.write(in, 4711, DAYS, ENTRIES);
        Files.writeString(
                in.resolve("broken_2024-03-02T10-00-00.json"),
                Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 9)).substring(0, 3000));
        return in;
    }

    /** A lake in which something waits already: a loose file, a broken object, and one that is not read yet. */
    private Lake prepared(String name) throws IOException {
        Lake lake = new Lake(folder.resolve(name));
        Path waiting = lake.at("raw_data/to_process");
        Path day = waiting.resolve("2024-03-03/spotify-web-api/" + LIST);
        Files.createDirectories(day);
        String page = Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, ENTRIES));
        Files.writeString(waiting.resolve("spotify_raw_2024-03-04 10:44:00.123456.json"), page);
        Files.writeString(day.resolve("111111Z.json"), page.substring(0, 5000));
        Files.writeString(day.resolve("222222Z.json"), page);
        return lake;
    }

    @Test
    @Thorough
    void importAndTransform() throws Exception {
        Path in = corpus();
        Callable<Lake> prepare = new Callable<>() {
            private int number;

            @Override
            public synchronized Lake call() throws IOException {
                return prepared("lake " + number++);
            }
        };
        Lake whole = prepare.call();
        whole.importing(in).with(1);
        whole.transform().with(1);
        Map<String, String> expected = whole.sound().data();
        assertThat(whole.keys("raw_data/processed")).hasSize(5 * DAYS + 2);
        assertThat(whole.keys("raw_data/quarantine")).hasSize(4);
        killAtManyMoments(
                KILLS,
                prepare,
                lake -> List.of(
                        "import",
                        "--lake",
                        lake.root().toString(),
                        in.toString(),
                        "+",
                        "transform",
                        "--lake",
                        lake.root().toString()),
                Map.of(),
                KillTest::has,
                lake -> {
                    lake.importing(in).with(1);
                    lake.transform();
                },
                expected);
    }

    /** In the long form more files than are made durable together, so that runs die within groups and between them. */
    @Test
    @Thorough
    void importOfManyFiles() throws Exception {
        Path in = Files.createDirectory(folder.resolve("in"));
        LocalDate first = LocalDate.of(2018, 1, 4);
        for (int i = 0; i < MANY_FILES; i++) {
            String market = List.of("no", "se", "dk", "fi", "de").get(i % 5);
            String name = "regional-" + market + "-weekly-" + first.plusWeeks(i / 5) + ".csv";
            Files.writeString(
                    in.resolve(name),
                    "rank,uri,artist_names,track_name,streams\n1,spotify:track:3n3Ppam7vgaVa1iaRUc9Lp,A " + i + ",B,"
                            + i + "\n");
        }
        Lake whole = new Lake(folder.resolve("whole"));
        assertThat(whole.importing(in).with(0).out()).contains(String.format("Imported %,d raw objects", MANY_FILES));
        Map<String, String> expected = whole.data();
        List<String> keys = expected.keySet().stream()
                .sorted(Comparator.comparing(key -> key.replaceFirst(".*/(regional-.*)/.*", "$1") + key))
                .toList();
        Callable<Lake> prepare = new Callable<>() {
            private int number;

            @Override
            public synchronized Lake call() {
                return new Lake(folder.resolve("lake " + number++));
            }
        };
        killAtManyMoments(
                MANY_FILES_KILLS,
                prepare,
                lake -> List.of(lake.words("import", in.toString())),
                Map.of(),
                // To count them takes longer than to publish them, which goes by their names.
                (lake, files) -> Files.exists(lake.at(keys.get(Math.min(files, MANY_FILES - 1)))),
                lake -> {
                    // What a killed run has published is whole.
                    assertThat(expected).containsAllEntriesOf(lake.data());
                    lake.importing(in).with(0);
                },
                expected);
    }

    @Test
    @Thorough
    void extractAndTransform() throws Exception {
        String[] lists = {WorldLists.TOP_NORWAY, WorldLists.sized(320), WorldLists.ROAD_TRIP, WorldLists.ODD_ENTRIES};
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Callable<Lake> prepare = new Callable<>() {
                private int number;

                @Override
                public synchronized Lake call() {
                    return new Lake(folder.resolve("lake " + number++));
                }
            };
            Lake whole = prepare.call();
            whole.extract(simulator, lists).with(0);
            whole.transform().with(0);
            killAtManyMoments(
                    EXTRACT_KILLS,
                    prepare,
                    lake -> Stream.of(
                                    Stream.of(lake.words("extract", lists)),
                                    Stream.of("+"),
                                    Stream.of(lake.words("transform")))
                            .flatMap(words -> words)
                            .toList(),
                    Lake.spotify(simulator),
                    KillTest::has,
                    lake -> {
                        lake.extract(simulator, lists).with(0);
                        lake.transform().with(0);
                    },
                    whole.sound().data());
        }
    }

    private interface Command {
        List<String> words(Lake lake);
    }

    private interface Repeat {
        void run(Lake lake) throws Exception;
    }

    /** Whether a running command has made so many files of data. */
    private interface Reached {
        boolean by(Lake lake, int files);
    }

    private static void killAtManyMoments(
            int kills,
            Callable<Lake> prepare,
            Command command,
            Map<String, String> environment,
            Reached reached,
            Repeat repeat,
            Map<String, String> expected)
            throws Exception {
        Seeded.run(
                random -> killAtManyMoments(kills, prepare, command, environment, reached, repeat, expected, random));
    }

    private static void killAtManyMoments(
            int kills,
            Callable<Lake> prepare,
            Command command,
            Map<String, String> environment,
            Reached reached,
            Repeat repeat,
            Map<String, String> expected,
            Random random)
            throws Exception {
        Map<String, Integer> states = Collections.synchronizedMap(new TreeMap<>());
        ExecutorService two = Executors.newFixedThreadPool(2);
        List<Future<?>> all = new ArrayList<>();
        try {
            // A run can be through before it is killed: so often until one was in the middle.
            for (int i = 0;
                    i < kills || i < MOST_KILLS && !states.keySet().stream().anyMatch(KillTest::inTheMiddle);
                    i++) {
                int files = expected.size() * (i % kills) / (kills - 1);
                int millis = random.nextInt(MAX_DELAY_MS);
                all.add(two.submit(() -> {
                    Lake lake = prepare.call();
                    long begun = raw(lake.data());
                    runAndKill(lake, command, environment, reached, files, millis);
                    String state = state(lake.data(), begun, expected);
                    states.merge(state, 1, Integer::sum);
                    repeat.run(lake);
                    assertThat(lake.data())
                            .as("killed " + millis + " ms after " + files + " files, " + state)
                            .isEqualTo(expected);
                    return null;
                }));
                if (i >= kills - 1) {
                    for (Future<?> one : all) {
                        one.get();
                    }
                }
            }
        } finally {
            two.shutdownNow();
        }
        System.out.println("KillTest: " + all.size() + " kills, " + states);
        assertThat(states.keySet()).as("a kill in the middle").anyMatch(KillTest::inTheMiddle);
    }

    private static boolean inTheMiddle(String state) {
        return state.charAt(0) > '1' && state.charAt(0) < '6';
    }

    /** How far a killed run came. */
    private static String state(Map<String, String> data, long begun, Map<String, String> expected) {
        if (data.equals(expected)) {
            return "6 all done";
        }
        if (data.keySet().equals(expected.keySet())) {
            return "5 tables complete, one differs";
        }
        long raw = raw(data);
        boolean tables = raw < data.size();
        return tables
                ? "4 tables in part"
                : raw == begun ? "1 hardly begun" : raw < raw(expected) ? "2 raw in part" : "3 raw complete";
    }

    private static long raw(Map<String, String> data) {
        return data.keySet().stream().filter(key -> key.startsWith("raw_data/")).count();
    }

    /** Runs the command, and kills it some time after it has made its lake have so many files. */
    private static void runAndKill(
            Lake lake, Command command, Map<String, String> environment, Reached reached, int files, int millis)
            throws IOException, InterruptedException {
        Lake.Child child = Lake.Child.of(
                Steps.class,
                List.of("-Xmx128m"),
                environment,
                command.words(lake).toArray(String[]::new));
        Process process = child.process();
        while (process.isAlive() && (Files.size(child.out()) == 0 || !reached.by(lake, files))) {
            Thread.sleep(1);
        }
        if (!process.waitFor(millis, TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
        }
        Ended ended = child.end();
        assertThat(ended.code()).as(ended.err()).isIn(0, 1, KILLED);
        assertThat(ended.out()).startsWith("ready");
    }

    /** Whether there are so many files of data, while they change. */
    private static boolean has(Lake lake, int files) {
        long found = 0;
        for (String folder : List.of("raw_data", "transformed_data")) {
            try (Stream<Path> all = Files.walk(lake.at(folder))) {
                found += all.filter(Files::isRegularFile).limit(files - found).count();
            } catch (IOException | UncheckedIOException e) {
                // Not there yet, or moved meanwhile: the next look tells.
            }
        }
        return found >= files;
    }

    @Test
    void allTwiceIsTheSameToTheByteAndSoIsAnyOrderOfFiles() throws Exception {
        Path in = corpus();
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(in).with(1);
        lake.transform().with(0);
        Map<String, String> once = lake.sound().data();
        lake.transform("--all").with(0);
        assertThat(lake.data()).isEqualTo(once);
        lake.transform("--all").with(0);
        assertThat(lake.data()).isEqualTo(once);

        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(in)) {
            all.filter(Files::isRegularFile).sorted().forEach(files::add);
        }
        Seeded.run(random -> {
            Collections.shuffle(files, random);
            Lake other = new Lake(Files.createTempDirectory(folder, "other"));
            int third = files.size() / 3;
            // Transforming between the imports makes days be computed again with more in them.
            for (List<Path> some : List.of(
                    files.subList(0, third), files.subList(third, 2 * third), files.subList(2 * third, files.size()))) {
                other.importing(some.toArray(Path[]::new));
                other.transform().with(0);
            }
            assertThat(other.data()).isEqualTo(once);
        });
    }

    @Test
    void whatIsSetAsideAfterItsDayIsInTheManifestToo() throws Exception {
        Path in = corpus();
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(in).with(1);
        lake.transform().with(0);
        String name = "broken_2024-03-02T10-00-00.json";
        Path broken = Files.move(
                in.resolve(name), Files.createDirectory(folder.resolve("late")).resolve(name));
        Lake other = new Lake(folder.resolve("other"));
        other.importing(in).with(0);
        other.transform().with(0);
        other.importing(broken).with(1);
        other.transform().with(0);
        String manifest = "transformed_data/_days/2024-03-02.json";
        assertThat(other.at(manifest)).hasSameTextualContentAs(lake.at(manifest));
        assertThat(other.transform().with(0).out()).contains("Nothing to transform");
        for (String raw : other.keys("raw_data/processed/2024-03-02")) {
            Files.delete(other.at(raw));
        }
        Files.delete(broken);
        Path later = Files.writeString(broken.resolveSibling("later_2024-03-02T11-00-00.json"), "{");
        other.importing(later).with(1);
        assertThat(other.transform().with(0).out()).contains("Nothing to transform");
        assertThat(other.at(manifest)).hasSameTextualContentAs(lake.at(manifest));
    }

    @Test
    void whatKilledRunsWereWritingIsRemovedInTime() throws Exception {
        Lake lake = prepared("lake");
        Path left = lake.at("_chartlake/tmp/4711-left");
        Path current = lake.at("_chartlake/tmp/4712-current");
        Path folder = Files.createDirectories(lake.at("_chartlake/tmp/4710-folder"));
        Files.writeString(folder.resolve("000000Z.csv"), "half a chart");
        Files.writeString(left, "half a table");
        Files.writeString(current, "another process is writing this");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        Files.setLastModifiedTime(current, FileTime.from(Instant.now().minus(Duration.ofHours(23))));
        lake.transform().with(1);
        assertThat(lake.keys("_chartlake/tmp")).containsExactly("_chartlake/tmp/4712-current");
    }

    /** The one that arrives later is the later observation. From then on the order of arrival matters no more. */
    @Test
    void twoFilesOfOneSecondAreTwoObservationsInTheOrderOfTheirArrival() throws Exception {
        Path one = folder.resolve("a_2024-05-01T10-00-00.json");
        Path two = folder.resolve("b_2024-05-01T10-00-00.json");
        Files.writeString(one, Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 3)));
        Files.writeString(two, Answers.page(LIST, Answers.rows(Dialect.LEGACY, 5, 9)));
        String sizes = "SELECT strftime(observed_at, '%H:%M:%S'), count(*) FROM playlist_entries GROUP BY 1 ORDER BY 1";
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(one, two).with(0);
        lake.transform().with(0);
        assertThat(lake.rows(sizes)).containsExactly("10:00:00|3", "10:00:01|4");
        Lake other = new Lake(folder.resolve("other"));
        other.importing(two, one).with(0);
        other.transform().with(0);
        assertThat(other.rows(sizes)).containsExactly("10:00:00|4", "10:00:01|3");
        Map<String, String> once = lake.data();
        lake.importing(two, one).with(0);
        assertThat(lake.transform().with(0).out()).contains("Nothing to transform");
        assertThat(lake.data()).isEqualTo(once);
    }
}
