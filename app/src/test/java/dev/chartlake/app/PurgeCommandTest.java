package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.purge.PurgeJob;
import dev.chartlake.purge.PurgeSelection;
import dev.chartlake.purge.UnfinishedPurge;
import dev.chartlake.raw.RawKey;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the command line to the bytes that are left. */
class PurgeCommandTest {

    private static final String ONE = Answers.list("one");
    private static final String TWO = Answers.list("two");
    private static final String CHART = "regional-no-daily";
    private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);
    private static final Set<String> CHANGING = Set.of("delete", "deleteAll", "retract", "commit", "move", "put");

    @TempDir
    Path folder;

    /** Writes a list of Spotify's as it was on a day. */
    private static Path list(Path in, String list, String name, LocalDate day, int from, int to) throws IOException {
        return Files.writeString(
                Files.createDirectories(in).resolve(list + "_" + day + "T08-00-00Z.json"),
                Answers.playlist(
                        Dialect.LEGACY, list, name, Answers.page(list, Answers.rows(Dialect.LEGACY, from, to))));
    }

    private static Path chart(Path in, LocalDate day) throws IOException {
        return Files.writeString(
                Files.createDirectories(in).resolve(CHART + "-" + day + ".csv"),
                "rank,uri,artist_names,track_name,streams\n1,spotify:track:3n3Ppam7vgaVa1iaRUc9Lp,A,B,7\n");
    }

    /** Two lists and a chart on each of some days; {@code wanted} is asked for the name of each file. */
    private Lake lake(String name, int days, String format, Predicate<String> wanted) throws IOException {
        Path in = folder.resolve(name + " in");
        List<Path> files = new ArrayList<>();
        for (int i = 0; i < days; i++) {
            LocalDate day = FIRST.plusDays(i);
            files.add(list(in, ONE, "List one", day, i % 5, 9 + i % 3));
            files.add(list(in, TWO, "List two", day, 4, 12));
            if (i % 2 == 0) {
                files.add(chart(in, day));
            }
        }
        files.removeIf(file -> !wanted.test(file.getFileName().toString()));
        Lake lake = new Lake(folder.resolve(name));
        lake.importing(files.toArray(Path[]::new)).with(0);
        lake.transform("--format", format).with(0);
        return lake;
    }

    private Lake lake(String name, Predicate<String> wanted) throws IOException {
        return lake(name, 4, "parquet", wanted);
    }

    /** No file, and no name of a file or folder, tells of {@code text}. */
    private static void tellsNothingOf(Lake lake, String text) throws IOException {
        try (Stream<Path> all = Files.walk(lake.root())) {
            assertThat(all.map(file -> lake.root().relativize(file).toString())).noneMatch(name -> name.contains(text));
        }
        for (String key : lake.keys("")) {
            if (key.endsWith(".json") || key.endsWith(".csv") || key.endsWith(".txt")) {
                assertThat(Files.readString(lake.at(key))).as(key).doesNotContain(text);
            }
        }
    }

    @Test
    void withoutYesNothingChangesAndTheCommandIsSaid() throws IOException {
        Lake lake = lake("lake", name -> true);
        Map<String, String> before = lake.contents("");
        Ended ended = lake.run("purge", "--list", "List one", "--output", "csv").with(0);
        assertThat(ended.out())
                .startsWith("source,list,name,first_day,last_day,days,raw_objects,bytes,entries\n" + "spotify-web-api,"
                        + ONE + ",List one,2024-03-01,2024-03-04,4,4,");
        assertThat(ended.err())
                .contains("Would remove 4 raw objects")
                .contains("Days: 0 would leave the lake, 4 would keep other raw objects.")
                .contains("./chartlake purge --lake " + lake.root() + " --list 'List one' --output csv --yes");
        assertThat(lake.run("purge", "--source", "spotify-charts", "--output", "json")
                        .with(0)
                        .out())
                .contains("\"list\":\"" + CHART + "\"");
        assertThat(lake.contents("")).isEqualTo(before);
    }

    @Test
    void aListThatIsPurgedLeavesTheLakeThatNeverHadIt() {
        Seeded.run(this::purgeOneOf);
    }

    private void purgeOneOf(Random random) throws IOException {
        String seed = Long.toHexString(random.nextLong());
        String format = random.nextBoolean() ? "parquet" : "csv";
        String goes = List.of(ONE, TWO, CHART).get(random.nextInt(3));
        int days = 1 + random.nextInt(4);
        boolean[] with = new boolean[3];
        for (int i = 0; i < with.length; i++) {
            with[i] = random.nextInt(4) > 0 || List.of(ONE, TWO, CHART).get(i).equals(goes);
        }
        Predicate<String> some = name ->
                name.startsWith(ONE) && with[0] || name.startsWith(TWO) && with[1] || name.startsWith(CHART) && with[2];
        Lake lake = lake("lake " + seed, days, format, some);
        Path config = Files.writeString(folder.resolve(seed + ".yaml"), "format: " + format + "\n");
        lake.run("purge", "--list", goes, "--yes", "--config", config.toString())
                .with(0);
        Lake never = lake("never " + seed, days, format, name -> !name.startsWith(goes) && some.test(name));
        assertThat(lake.data()).isEqualTo(never.data());
        tellsNothingOf(lake.sound(), goes);
        assertThat(lake.transform("--format", format).with(0).out()).startsWith("Nothing to transform.");
        lake.run("verify").with(0);
    }

    @Test
    void aSourceIsPurged() throws IOException {
        Lake lake = lake("lake", name -> true);
        Ended ended = lake.run("purge", "--source", "spotify-web-api", "--yes").with(0);
        assertThat(ended.err()).contains("Removed 8 raw objects").contains("Days: 2 left the lake, 2 computed again");
        assertThat(lake.data())
                .isEqualTo(lake("never", name -> name.startsWith(CHART)).data());
        tellsNothingOf(lake.sound(), "spotify-web-api");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--before 2024-03-03", "--older-than 20d", "--older-than 4M", "--retention"})
    void oldDaysArePurged(String options) throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "retention: {spotify-web-api: 20 days}\n");
        Lake lake = lake("lake", name -> name.startsWith(ONE));
        String now = options.endsWith("4M") ? "2024-07-03T01:00:00Z" : "2024-03-23T01:00:00Z";
        List<String> words = new ArrayList<>(List.of(lake.words("purge", options.split(" "))));
        words.addAll(List.of("--yes", "--config", config.toString()));
        CommandLineRun run = CommandLineRun.at(now, words.toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(lake.data())
                .isEqualTo(lake("young", name -> name.startsWith(ONE) && name.compareTo(ONE + "_2024-03-03") > 0)
                        .data());
    }

    @Test
    void whatWaitsAndWhatIsInQuarantineGoesToo() throws IOException {
        Lake lake = lake("lake", name -> name.startsWith(TWO));
        Path in = folder.resolve("more");
        LocalDate day = FIRST.plusDays(1);
        Path broken = lake.at("raw_data/to_process/" + day + "/spotify-web-api/" + ONE + "/090000Z.json");
        Files.createDirectories(broken.getParent());
        Files.writeString(broken, "[{");
        lake.transform().with(1);
        assertThat(lake.keys("raw_data/quarantine")).hasSize(2);
        lake.importing(list(in, ONE, "List one", day, 0, 3), list(in, ONE, "List one", day.plusYears(1), 0, 3))
                .with(0);
        lake.run("purge", "--list", ONE, "--yes").with(0);
        assertThat(lake.data())
                .isEqualTo(lake("never", name -> name.startsWith(TWO)).data());
        tellsNothingOf(lake.sound(), ONE);
    }

    @Test
    void copiesOfMonthsAreMadeAgainWithoutIt() throws IOException {
        Lake lake = lake("lake", 95, "parquet", name -> true);
        assertThat(lake.keys("_chartlake/compacted")).contains("_chartlake/compacted/2024-03.json");
        lake.run("purge", "--list", TWO, "--yes").with(0);
        Lake never = lake("never", 95, "parquet", name -> !name.startsWith(TWO));
        assertThat(lake.contents("_chartlake/compacted")).isEqualTo(never.contents("_chartlake/compacted"));
        lake.run("purge", "--before", "2025-01-01", "--yes").with(0);
        assertThat(lake.keys("_chartlake/compacted")).isEmpty();
        assertThat(lake.data()).isEmpty();
        assertThat(lake.rows("SELECT count(*) FROM playlist_entries")).containsExactly("0");
    }

    @Test
    void whatMatchesNothingIsNoError() throws IOException {
        Lake lake = lake("lake", name -> true);
        Map<String, String> before = lake.data();
        for (String yes : List.of("--output=table", "--yes")) {
            Ended ended =
                    lake.run("purge", "--list", Answers.list("another"), yes).with(0);
            assertThat(ended.err()).isEqualTo("Nothing in the lake matches. Nothing was removed.\n");
        }
        assertThat(lake.run("purge", "--before", "2020-01-01", "--output", "json")
                        .with(0)
                        .out())
                .isEqualToIgnoringWhitespace("[]");
        assertThat(lake.data()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--yes",
                "--source spotify",
                "--older-than 24",
                "--older-than 0d",
                "--older-than soon",
                "--before yesterday",
                "--before 2024-01-01 --older-than 2y",
                "--retention",
                "--retention --source spotify-charts",
                "--list nowhere",
                "--list",
                "--older-than 2y --output xml"
            })
    void wrongOptionsEndWith2AndChangeNothing(String options) throws IOException {
        Lake lake = lake("lake", name -> true);
        Map<String, String> before = lake.data();
        lake.run("purge", options.split(" ")).with(2);
        assertThat(lake.data()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2 years", "{spotify: 2y}", "{spotify-charts: 24}", "{spotify-charts: [2y]}"})
    void aWrongRetentionEndsEveryCommandWith2(String value) throws IOException {
        Path config = Files.writeString(folder.resolve("c.yaml"), "retention: " + value + "\n");
        Lake lake = lake("lake", name -> true);
        assertThat(lake.run("status", "--config", config.toString()).with(2).err())
                .contains(config + ": retention");
    }

    @Test
    void aDayThatLacksAnotherListsRawObjectKeepsItsTables() throws IOException {
        Lake lake = lake("lake", name -> !name.startsWith(CHART));
        Files.delete(lake.at("raw_data/processed/2024-03-02/spotify-web-api/" + TWO + "/080000Z.json"));
        Map<String, String> before = lake.contents("transformed_data");
        before.keySet().removeIf(key -> !key.contains("2024-03-02"));
        Ended ended = lake.run("purge", "--list", ONE, "--yes").with(1);
        assertThat(ended.err()).contains("Day 2024-03-02: 1 of 1 raw objects that its manifest names are missing");
        assertThat(lake.contents("transformed_data")).containsAllEntriesOf(before);
        assertThat(lake.keys("raw_data").stream().filter(key -> key.contains(ONE)))
                .hasSize(1);
    }

    /** Thrown instead of a change, as if the process had been killed. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** A store that does so many changes and then no more; of those that delete many, the last does a part. */
    private static ObjectStore dying(LocalStore store, int changes, Random random) {
        int[] left = {changes};
        return (ObjectStore) Proxy.newProxyInstance(
                ObjectStore.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    synchronized (left) {
                        if (CHANGING.contains(method.getName()) && left[0]-- <= 0) {
                            if (left[0] == -1 && method.getName().equals("deleteAll")) {
                                List<String> keys = new ArrayList<>();
                                ((Collection<?>) arguments[1]).forEach(key -> keys.add((String) key));
                                store.deleteAll(
                                        (String) arguments[0], keys.subList(0, random.nextInt(keys.size() + 1)));
                            }
                            if (left[0] == -1 && method.getName().equals("retract")) {
                                store.delete((String) arguments[2]);
                            }
                            throw new Killed();
                        }
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    @Thorough
    void killedAtAnyMomentAndRunAgainItIsTheSame() {
        Seeded.run(this::kill);
    }

    private void kill(Random random) throws IOException {
        String seed = Long.toHexString(random.nextLong());
        boolean parquet = random.nextBoolean();
        String format = parquet ? "parquet" : "csv";
        TableFormat tables = parquet ? new ParquetFormat() : new CsvFormat();
        Path config = Files.writeString(folder.resolve(seed + ".yaml"), "format: " + format + "\n");
        Predicate<String> twoOnTheFirstDay = name -> !name.startsWith(TWO) || name.contains("2024-03-01");
        Lake never = lake("never " + seed, 3, format, name -> !name.startsWith(ONE) && twoOnTheFirstDay.test(name));
        PurgeSelection one = new PurgeSelection(List.of(new PurgeSelection.Rule(Set.of(), Set.of(ONE), null)));
        for (int kills = 0; kills < Depth.of(2, 40); kills++) {
            Lake lake = lake("lake " + seed + " " + kills, 3, format, twoOnTheFirstDay);
            LocalStore store = new LocalStore(lake.root());
            ObjectStore dying = dying(store, random.nextInt(14), random);
            new UnfinishedPurge(one, Map.of("List one", ONE)).begin(store);
            try {
                PurgeJob.Result result =
                        new PurgeJob(dying, new FilePublisher(dying, tables), 2, 200 << 20).run(one, (done, of) -> {});
                assertThat(result.failures()).allMatch(failure -> failure.contains("Killed"));
            } catch (Killed e) {
                // What follows is the next process.
            }
            if (random.nextBoolean()) {
                lake.transform("--format", format).with(0);
            }
            lake.run("purge", "--list", "List one", "--yes", "--config", config.toString())
                    .with(0);
            assertThat(lake.data()).isEqualTo(never.data());
            tellsNothingOf(lake.sound(), ONE);
            assertThat(lake.keys("_chartlake")).doesNotContain("_chartlake/purge.json");
        }
    }

    @Test
    void aPurgeWaitsForTheLockOfTransform() throws Exception {
        Lake lake = lake("lake", name -> true);
        LocalStore store = new LocalStore(lake.root());
        Thread purge;
        try (var held = store.exclusive("transform")) {
            purge = new Thread(() -> lake.run("purge", "--list", ONE, "--yes"));
            purge.start();
            while (!Files.exists(lake.at("_chartlake/purge.json"))) {
                Thread.sleep(1);
            }
            assertThat(lake.keys("raw_data").stream().filter(key -> key.contains(ONE)))
                    .hasSize(4);
        }
        purge.join();
        tellsNothingOf(lake.sound(), ONE);
    }

    @Test
    void pagesAndVersionsOfAListGoWithIt() throws IOException {
        Lake lake = lake("lake", name -> true);
        LocalStore store = new LocalStore(lake.root());
        for (String list : List.of(ONE, TWO)) {
            store.put("_chartlake/pages/" + list + "/first", new byte[] {'\n'});
            store.put("_chartlake/versions/" + list + ".txt", new byte[] {'v'});
        }
        lake.run("purge", "--source", RawKey.CHARTS, "--yes").with(0);
        assertThat(lake.keys("_chartlake/versions")).hasSize(2);
        lake.run("purge", "--list", ONE, "--yes").with(0);
        assertThat(lake.keys("_chartlake/pages")).containsExactly("_chartlake/pages/" + TWO + "/first");
        assertThat(lake.keys("_chartlake/versions")).containsExactly("_chartlake/versions/" + TWO + ".txt");
    }

    @Test
    void warehousesFollow() throws Exception {
        Lake lake = lake("lake", name -> true);
        Path config = Files.writeString(
                folder.resolve("c.yaml"), "load: {duckdb: {path: c.duckdb}, sqlite: {path: c.sqlite}}\n");
        String[] load = {"--config", config.toString()};
        lake.run("load", load).with(0);
        Ended purged = lake.run("purge", "--source", "spotify-web-api", "--yes").with(0);
        assertThat(purged.err())
                .contains("The warehouses have the removed rows, and those of 2 days that left the lake, until:"
                        + " ./chartlake load duckdb sqlite --delete-gone --lake");
        lake.run("load", load).with(0);
        assertThat(daysIn("duckdb"))
                .isEqualTo(daysIn("sqlite"))
                .isEqualTo("2024-03-01,2024-03-02,2024-03-03,2024-03-04");
        assertThat(lake.run("load", "--config", config.toString(), "--delete-gone", "--since", "2024-03-04")
                        .with(0)
                        .out())
                .contains("Deleted from sqlite, because the lake no longer has them: 1 day.");
        assertThat(daysIn("duckdb")).isEqualTo(daysIn("sqlite")).isEqualTo("2024-03-01,2024-03-02,2024-03-03");
        lake.run("load", "--config", config.toString(), "--delete-gone").with(0);
        assertThat(daysIn("duckdb")).isEqualTo(daysIn("sqlite")).isEqualTo("2024-03-01,2024-03-03");
        assertThat(lake.run("load", "--config", config.toString(), "--delete-gone")
                        .with(0)
                        .out())
                .isEqualTo("Nothing new for duckdb.\nNothing new for sqlite.\n");
    }

    private String daysIn(String database) throws Exception {
        try (Connection connection =
                        DriverManager.getConnection("jdbc:" + database + ":" + folder.resolve("c." + database));
                ResultSet days = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT DISTINCT CAST(snapshot_date AS VARCHAR) FROM playlist_entries ORDER BY 1")) {
            List<String> all = new ArrayList<>();
            while (days.next()) {
                all.add(days.getString(1));
            }
            return String.join(",", all);
        }
    }
}
