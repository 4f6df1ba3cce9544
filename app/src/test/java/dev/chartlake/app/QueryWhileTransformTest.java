package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever queries while another process commits days sees each day before or after, and never fails. */
class QueryWhileTransformTest {

    private static final int ROUNDS = Depth.of(3, 5);
    private static final List<String> DAYS = List.of("2024-05-01", "2024-05-02", "2024-05-03");

    /** How a day looks in several tables at once. */
    private static final String PICTURE =
            "SELECT * FROM (SELECT snapshot_date, count(*) AS lists FROM playlists GROUP BY 1)"
                    + " JOIN (SELECT snapshot_date, count(*) AS entries FROM playlist_entries GROUP BY 1) USING (snapshot_date)"
                    + " JOIN (SELECT snapshot_date, count(*) AS songs FROM song_days GROUP BY 1) USING (snapshot_date)"
                    + " JOIN (SELECT snapshot_date, count(DISTINCT song_id) AS credited FROM song_artists GROUP BY 1)"
                    + " USING (snapshot_date) ORDER BY 1";

    @TempDir
    Path folder;

    @Test
    @Thorough
    void neverFailsAndNeverShowsHalfADay() throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        String always = Answers.list("always");
        String sometimes = Answers.list("sometimes");
        for (String day : DAYS) {
            put(lake, "to_process", day, always, Answers.page(always, Answers.rows(Dialect.LEGACY, 0, 100)));
        }
        lake.transform().with(0);

        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        List<Future<Set<String>>> pictures = new ArrayList<>();
        try {
            for (int i = 0; i < 2; i++) {
                pictures.add(readers.submit(() -> look(lake, done)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (String day : DAYS) {
                    put(
                            lake,
                            "to_process",
                            day,
                            sometimes,
                            Answers.page(sometimes, Answers.rows(Dialect.LEGACY, 500, 650)));
                }
                String format = round % 2 == 0 ? "csv" : "parquet";
                lake.child(Map.of(), "transform", "--format", format).with(0);
                for (String day : DAYS) {
                    Files.delete(
                            lake.at("raw_data/processed/" + day + "/spotify-web-api/" + sometimes + "/100000Z.json"));
                }
                lake.child(Map.of(), "transform", "--all", "--accept-raw-changes")
                        .with(0);
            }
        } finally {
            done.set(true);
            readers.shutdown();
        }
        List<String> before = DAYS.stream().map(day -> day + "|1|100|100|100").toList();
        List<String> after = DAYS.stream().map(day -> day + "|2|250|250|250").toList();
        Set<String> allowed = new TreeSet<>(before);
        allowed.addAll(after);
        Set<String> seen = new TreeSet<>();
        for (Future<Set<String>> one : pictures) {
            seen.addAll(one.get());
        }
        assertThat(seen).isSubsetOf(allowed).containsAll(before);
        assertThat(seen).as("days after a commit").containsAnyElementsOf(after);
        assertThat(lake.sound().rows(PICTURE)).isEqualTo(before);
    }

    private static Set<String> look(Lake lake, AtomicBoolean done) {
        Set<String> seen = new TreeSet<>();
        int queries = 0;
        while (!done.get()) {
            List<String> picture = lake.rows(PICTURE);
            assertThat(picture).hasSize(DAYS.size());
            seen.addAll(picture);
            lake.run("query", "SELECT count(*) FROM songs", "--output", "json").with(0);
            queries++;
        }
        assertThat(queries).isPositive();
        return seen;
    }

    private static void put(Lake lake, String state, String day, String list, String content) throws Exception {
        Path folder = lake.at("raw_data/" + state + "/" + day + "/spotify-web-api/" + list);
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("100000Z.json"), content);
    }
}
