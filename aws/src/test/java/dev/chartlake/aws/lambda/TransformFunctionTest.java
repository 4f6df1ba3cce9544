package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformFunctionTest {

    private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

    @TempDir
    Path folder;

    private LocalStore lake = new LocalStore(Path.of("."));

    @BeforeEach
    void openLake() {
        lake = new LocalStore(folder.resolve("lake"));
    }

    private String put(String date, String list) throws IOException {
        String id = Answers.list(list);
        String key = "raw_data/to_process/" + date + "/spotify-web-api/" + id + "/120000Z.json";
        lake.put(key, Answers.page(id, Answers.rows(Dialect.LEGACY, 0, 50)).getBytes(StandardCharsets.UTF_8));
        return key;
    }

    private boolean isCommitted(String date) throws IOException {
        return lake.find("transformed_data/_days/" + date + ".json").isPresent();
    }

    @Test
    void seventyEventsInBatchesOfTenGiveOnePartitionInAtMostTenTransforms() throws Exception {
        Harness harness = new Harness(lake);
        TransformFunction function = harness.transform();
        List<String> batch = new ArrayList<>();
        for (int list = 0; list < 70; list++) {
            batch.add(put("2026-11-21", "list " + list));
            if (batch.size() == 10) {
                assertThat(FakeContext.invoke(function, Harness.arrived(batch))).isEqualTo(ALL_DONE);
                assertThat(FakeContext.invoke(function, Harness.arrived(batch))).isEqualTo(ALL_DONE);
                batch.clear();
            }
        }
        assertThat(harness.measured("days_committed")).isBetween(1L, 10L);
        assertThat(new String(
                        lake.read("transformed_data/_days/2026-11-21.json")
                                .orElseThrow()
                                .bytes(),
                        StandardCharsets.UTF_8))
                .contains("\"entries_written\":3500");
        assertThat(Lakeful.keys(lake)).isEmpty();
    }

    @Test
    void onlyTheMessagesOfAFailedDayComeAgain() throws Exception {
        List<String> keys = List.of(put("2026-11-19", "a"), put("2026-11-20", "b"), put("2026-11-21", "c"));
        ObjectStore sick =
                DyingStore.when((method, said) -> method.equals("commit") && said.contains("_days/2026-11-20"), lake);
        Harness harness = new Harness(sick);
        String several =
                "{\"Records\":[" + String.join(",", notification(keys.get(0)), notification(keys.get(1))) + "]}";
        String event = Events.batch(List.of(
                Events.created("charts", "of/mine/" + keys.get(0)),
                Events.created("charts", "of/mine/" + keys.get(1)),
                several,
                Events.created("charts", "of/mine/" + keys.get(2))));
        assertThat(FakeContext.invoke(harness.transform(), event))
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m1\"},{\"itemIdentifier\":\"m2\"}]}");
        assertThat(isCommitted("2026-11-19")).isTrue();
        assertThat(isCommitted("2026-11-20")).isFalse();
        assertThat(isCommitted("2026-11-21")).isTrue();
        assertThat(harness.measured("days_failed")).isEqualTo(1);
        assertThat(harness.measured("days_committed")).isEqualTo(2);
        assertThat(harness.printed()).contains("Day 2026-11-20: The store is gone");
        assertThat(FakeContext.invoke(new Harness(lake).transform(), event)).isEqualTo(ALL_DONE);
        assertThat(isCommitted("2026-11-20")).isTrue();
    }

    private static String notification(String key) {
        String event = Events.created("charts", "of/mine/" + key);
        return event.substring("{\"Records\":[".length(), event.length() - 2);
    }

    @Test
    void daysForWhichNoTimeIsLeftComeAgain() throws Exception {
        List<String> keys = List.of(put("2026-11-19", "a"), put("2026-11-20", "b"), put("2026-11-21", "c"));
        String answer =
                FakeContext.invoke(new Harness(lake).transform(), Harness.arrived(keys), List.of(40_000, 20_000));
        assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"m2\"}]}");
        assertThat(isCommitted("2026-11-20")).isTrue();
        assertThat(isCommitted("2026-11-21")).isFalse();
    }

    @Test
    void whatIsNoneOfItsEventsIsIgnored() throws Exception {
        String key = put("2026-11-21", "a");
        Harness harness = new Harness(lake);
        String event = Events.batch(List.of(
                "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Bucket\":\"charts\"}",
                "no JSON at all",
                "[1]",
                "{\"Records\":[7]}",
                Events.created("another", "of/mine/" + key),
                Events.created("charts", "of/others/" + key),
                Events.created("charts", "of/mine/transformed_data/x.parquet"),
                Events.created("charts", "of/mine/raw_data/to_process/"),
                Events.created("charts", "of/mine/raw_data/to_process/2026-11-21/misnamed.json"),
                Events.created("charts", "of/mine/" + key).replace("ObjectCreated:Put", "ObjectRemoved:Delete")));
        assertThat(FakeContext.invoke(harness.transform(), event)).isEqualTo(ALL_DONE);
        assertThat(harness.printed().lines().filter(line -> line.startsWith("Ignored.")))
                .hasSize(10);
        assertThat(isCommitted("2026-11-21")).isFalse();
    }

    @Test
    void looseFilesAreAdoptedHoweverTheyAreCalled() throws Exception {
        String id = Answers.list("top");
        String loose = "raw_data/to_process/spotify_raw_2023-05-19 10:44:00.123456 +ø.json";
        lake.put(loose, Answers.page(id, Answers.rows(Dialect.LEGACY, 0, 50)).getBytes(StandardCharsets.UTF_8));
        lake.put("raw_data/to_process/broken_2023-05-20.json", "{".getBytes(StandardCharsets.UTF_8));
        Harness harness = new Harness(lake);
        assertThat(FakeContext.invoke(harness.transform(), Harness.arrived(List.of(loose))))
                .isEqualTo(ALL_DONE);
        assertThat(isCommitted("2023-05-19")).isTrue();
        assertThat(Lakeful.keys(lake)).isEmpty();
        assertThat(harness.measured("entries_written")).isEqualTo(50);
        assertThat(harness.measured("objects_quarantined")).isEqualTo(1);
    }

    @Test
    void eventsOfS3ItselfAreServedToo() throws Exception {
        String key = put("2026-11-21", "a");
        FakeContext.invoke(new Harness(lake).transform(), Events.created("charts", "of/mine/" + key));
        assertThat(isCommitted("2026-11-21")).isTrue();
        put("2026-11-21", "b");
        ObjectStore sick = DyingStore.when((method, said) -> method.equals("commit"), lake);
        TransformFunction function = new Harness(sick).transform();
        assertThatThrownBy(() -> FakeContext.invoke(function, Events.created("charts", "of/mine/" + key)))
                .isInstanceOf(IOException.class);
    }

    /** In the short form, every eighth call is tried, from a random one on. */
    @Test
    @Thorough
    void whereverTheStoreIsLostTheNextDeliveryHeals() throws Exception {
        LocalStore source = Lakeful.waiting(folder.resolve("source"), 4711, 2, 30);
        source.put(
                "raw_data/to_process/2024-03-01/spotify-web-api/" + Answers.list("broken") + "/100000Z.json",
                "{".getBytes(StandardCharsets.UTF_8));
        LocalStore expected = new LocalStore(folder.resolve("expected"));
        Lakeful.copyWaiting(source, expected);
        Lakeful.transformLocally(expected);
        Map<String, String> wanted = Lakeful.contents(expected);
        String event = Harness.arrived(Lakeful.keys(source));
        boolean finished = false;
        int step = Depth.of(8, 1);
        for (int calls = ThreadLocalRandom.current().nextInt(step); !finished; calls += step) {
            LocalStore tried = new LocalStore(folder.resolve("tried-" + calls));
            Lakeful.copyWaiting(source, tried);
            AtomicInteger made = new AtomicInteger();
            FakeContext.invoke(new Harness(DyingStore.after(calls, made, tried)).transform(), event);
            finished = made.get() <= calls;
            assertThat(FakeContext.invoke(new Harness(tried).transform(), event))
                    .isEqualTo(ALL_DONE);
            assertThat(Lakeful.contents(tried))
                    .describedAs("lost after %d calls", calls)
                    .isEqualTo(wanted);
        }
    }

    @Test
    void aDayOfOneEntryPrimes() throws Exception {
        assertThat(Priming.day(lake, new ParquetFormat()).days())
                .singleElement()
                .satisfies(day -> assertThat(day.entriesWritten()).isEqualTo(1));
    }
}
