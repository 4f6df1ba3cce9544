package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The transform function, from the zip to the files it leaves. */
@Tag("zip")
class TransformZipTest {

    private static final String ALL_DONE = "{\"batchItemFailures\":[]}";
    private static final int KILLS = Depth.of(3, 25);
    private static final int LISTS = Depth.of(80, 200);
    private static final int DAYS = Depth.of(5, 20);

    @TempDir
    Path folder;

    private static LambdaProcess start(LocalStore lake) throws IOException {
        return LambdaProcess.start(
                TransformFunction.class, Map.of("CHARTLAKE_LAKE", lake.root().toString()));
    }

    private LocalStore expected(LocalStore lake) throws IOException {
        LocalStore expected = new LocalStore(folder.resolve("expected"));
        Lakeful.copyWaiting(lake, expected);
        Lakeful.transformLocally(expected);
        return expected;
    }

    @Test
    void everyEventTwiceAndShuffledGivesTheRowsOfALocalRun() throws Exception {
        Seeded.run(this::everyEventTwice);
    }

    private void everyEventTwice(Random random) throws Exception {
        LocalStore lake = Lakeful.waiting(folder.resolve("lake"), random.nextLong(), 4, 60);
        LocalStore expected = expected(lake);
        List<String> keys = new ArrayList<>(Lakeful.keys(lake));
        keys.addAll(Lakeful.keys(lake));
        Collections.shuffle(keys, random);
        try (LambdaProcess function = start(lake)) {
            for (int from = 0; from < keys.size(); from += 7) {
                List<String> some = keys.subList(from, Math.min(keys.size(), from + 7));
                assertThat(function.invoke(Events.arrived("charts", some))).isEqualTo(ALL_DONE);
            }
        }
        assertThat(Lakeful.contents(lake)).isEqualTo(Lakeful.contents(expected));
    }

    @Test
    @Thorough
    void killedAtAnyMomentAndToldAgainItLeavesTheRowsOfALocalRun() throws Exception {
        Seeded.run(this::killedAtAnyMoment);
    }

    private void killedAtAnyMoment(Random random) throws Exception {
        LocalStore lake = Lakeful.waiting(folder.resolve("lake"), random.nextLong(), 3, 60);
        LocalStore expected = expected(lake);
        String event = Events.arrived("charts", Lakeful.keys(lake));
        int busy = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (LambdaProcess function = start(lake)) {
                function.awaitReady();
                function.send(event);
                Thread.sleep(random.nextInt(150));
                busy += function.isBusy() ? 1 : 0;
                function.kill();
            }
        }
        System.out.println("TransformZipTest: " + busy + " of " + KILLS + " kills met a busy function");
        try (LambdaProcess function = start(lake)) {
            assertThat(function.invoke(event)).isEqualTo(ALL_DONE);
        }
        assertThat(Lakeful.contents(lake)).isEqualTo(Lakeful.contents(expected));
    }

    @Test
    @Thorough
    void aDayOfManyListsFitsIntoItsMemory() throws Exception {
        LocalStore lake = new LocalStore(folder.resolve("lake"));
        for (int list = 0; list < LISTS; list++) {
            String id = Answers.list("list " + list);
            byte[] page = Answers.page(id, Answers.rows(Dialect.LEGACY, list, list + 200))
                    .getBytes(StandardCharsets.UTF_8);
            lake.put("raw_data/to_process/2026-11-21/spotify-web-api/" + id + "/120000Z.json", page);
        }
        LocalStore expected = expected(lake);
        try (LambdaProcess function = start(lake)) {
            assertThat(function.invoke(Events.arrived("charts", Lakeful.keys(lake))))
                    .isEqualTo(ALL_DONE);
            System.out.println(
                    "TransformZipTest: a day of " + LISTS + " lists took " + function.peakMegabytes() + " MB");
            assertThat(function.peakMegabytes()).isLessThan(512);
        }
        assertThat(Lakeful.contents(lake)).isEqualTo(Lakeful.contents(expected));
    }

    @Test
    @Thorough
    void howLongTheFirstAndTheNextChartTake() throws Exception {
        LocalStore lake = new LocalStore(folder.resolve("lake"));
        String first = chart(lake, 1);
        long begun = System.nanoTime();
        try (LambdaProcess function = start(lake)) {
            function.awaitReady();
            long ready = System.nanoTime();
            assertThat(function.invoke(first)).isEqualTo(ALL_DONE);
            long done = System.nanoTime();
            Duration processor = function.processorTime();
            List<Long> warm = new ArrayList<>();
            for (int day = 2; day <= DAYS; day++) {
                String event = chart(lake, day);
                long begin = System.nanoTime();
                assertThat(function.invoke(event)).isEqualTo(ALL_DONE);
                warm.add(millis(System.nanoTime() - begin));
            }
            Collections.sort(warm);
            System.out.println("TransformZipTest: set up in " + millis(ready - begun) + " ms, first chart in "
                    + millis(done - ready)
                    + " ms, processor time of both " + processor.toMillis() + " ms, next charts in " + warm
                    + " ms, memory "
                    + function.peakMegabytes() + " MB");
            assertThat(function.peakMegabytes()).isLessThan(512);
        }
        assertThat(lake.files("transformed_data/_days/")).hasSize(DAYS);
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private static String chart(LocalStore lake, int day) throws IOException {
        String id = Answers.list("chart");
        String key = "raw_data/to_process/2026-10-" + (day < 10 ? "0" : "") + day + "/spotify-web-api/" + id
                + "/120000Z.json";
        lake.put(
                key,
                Answers.page(id, Answers.rows(Dialect.LEGACY, day, day + 50)).getBytes(StandardCharsets.UTF_8));
        return Events.arrived("charts", List.of(key));
    }
}
