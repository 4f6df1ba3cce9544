package dev.chartlake.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.day.ComputedDay;
import dev.chartlake.day.DayTransform;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.model.Table;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.trials.Seeded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What workers know of each other changes nothing but how long they take. */
class WarmStartTest {

    private static final int DAYS = 20;
    private static final Instant FIRST = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    Path folder;

    @Test
    void severalWorkersGiveTheBytesOfOne() throws Exception {
        Seeded.run(random -> {
            Map<RawKey, String> raw = raw(random);
            Map<String, String> alone = transformed(raw, 1);
            assertThat(alone).hasSize(8 * DAYS);
            assertThat(transformed(raw, 2)).isEqualTo(alone);
            assertThat(transformed(raw, 5)).isEqualTo(alone);
        });
    }

    /** A part that is written out takes its texts along, and what is known by their numbers means nothing any more. */
    @Test
    void nothingIsLearnedFromTextsThatAreForgotten() throws Exception {
        Random random = new Random(1);
        StringBuilder page = new StringBuilder();
        for (int i = 0; i < 80; i++) {
            page.append(i == 0 ? "{\"offset\":0,\"items\":[" : ",")
                    .append("{\"track\":" + song(i, random).replace("#", "50") + "}");
            LocalStore store = written(Map.of(key("a", 0), page + "]}", key("a", 1), page + "]}"));
            KeptRows written = new KeptRows();
            DayTransform first = new DayTransform(64 << 10, DayTransform.Parts.MANY);
            List<DayTransform> learned = new ArrayList<>();
            compute(first, store, 0, transform -> learned.add(transform.copy()), new KeptRows());
            compute(learned.get(0), store, 1, transform -> {}, written);
            KeptRows expected = new KeptRows();
            compute(new DayTransform(64 << 20, DayTransform.Parts.MANY), store, 1, transform -> {}, expected);
            for (Table table : Table.values()) {
                assertThat(written.rows(table))
                        .as("%s of %d songs", table, i + 1)
                        .isEqualTo(expected.rows(table));
                assertThat(expected.rows(table).isEmpty()).as("no %s", table).isEqualTo(table == Table.PLAYS);
            }
        }
    }

    private static void compute(
            DayTransform transform, LocalStore store, int day, Consumer<DayTransform> whenRead, KeptRows rows)
            throws Exception {
        LocalDate date = key("a", day).date();
        DayObjects found = DayObjects.list(store, date);
        try (ComputedDay computed = transform.compute(date, new OpenAhead(store, found.objects()))) {
            whenRead.accept(transform);
            DayCommit.prepare(store, new FilePublisher(store, rows).begin(computed.date()), found, computed)
                    .close();
        }
    }

    /** Each of the others gets what the first one has learned, and none begins with nothing. */
    @Test
    void theOthersBeginWithWhatTheFirstOneHasRead() throws Exception {
        LocalStore store = written(Map.of(
                key("a", 0),
                "{\"offset\":0,\"items\":[{\"track\":" + song(1, new Random(1)).replace("#", "50") + "}]}"));
        WarmStart start = WarmStart.of(3, 12, 60_000);
        DayTransform first = start.first(() -> new DayTransform(64 << 20, DayTransform.Parts.MANY));
        compute(first, store, 0, start::hasRead, new KeptRows());
        List<DayTransform> others = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            others.add(start.next(() -> {
                throw new AssertionError("a worker that knows nothing");
            }));
        }
        assertThat(others).doesNotContain(first).doesNotHaveDuplicates();
    }

    @Test
    void nobodyWaitsWhereThereIsLittleToDo() {
        assertThat(millis(WarmStart.of(2, 7, 60_000))).isLessThan(60_000);
    }

    @Test
    void nobodyWaitsLongForAnObjectThatTakesLong() {
        assertThat(millis(WarmStart.of(2, 8, 100))).isGreaterThanOrEqualTo(100);
    }

    private long millis(WarmStart start) {
        DayTransform fresh = new DayTransform(64 << 20, DayTransform.Parts.MANY);
        start.first(() -> fresh);
        long from = System.nanoTime();
        assertThat(start.next(() -> fresh)).isSameAs(fresh);
        return (System.nanoTime() - from) / 1_000_000;
    }

    private Map<String, String> transformed(Map<RawKey, String> raw, int threads) throws Exception {
        LocalStore store = written(raw);
        Transformer transformer = new Transformer(store, new ParquetFormat(), threads, (long) threads << 26);
        TransformResult result = transformer.run(transformer.waitingDays(), (done, of) -> {});
        assertThat(result.failures()).isEmpty();
        assertThat(result.unreadable()).isEmpty();
        assertThat(result.days()).hasSize(DAYS);
        Map<String, String> files = new TreeMap<>();
        for (ObjectInfo file : store.list("transformed_data/")) {
            if (file.key().startsWith(CommitLog.ROOT)) {
                continue; // its names have the time
            }
            byte[] bytes =
                    store.read(file.key()).map(ObjectStore.Versioned::bytes).orElseThrow();
            files.put(file.key(), HexFormat.of().formatHex(bytes));
        }
        return files;
    }

    private LocalStore written(Map<RawKey, String> raw) throws Exception {
        LocalStore store = new LocalStore(Files.createTempDirectory(folder, "lake"));
        for (Map.Entry<RawKey, String> object : raw.entrySet()) {
            Path file = store.root().resolve(object.getKey().in(RawState.TO_PROCESS));
            Files.createDirectories(file.getParent());
            Files.writeString(file, object.getValue());
        }
        return store;
    }

    private static RawKey key(String list, int day) {
        return new RawKey(RawKey.WEB_API, list, FIRST.plus(day, ChronoUnit.DAYS), "json");
    }

    /** Days of lists that have most songs in common; a song changes now and then, and some days bring a new field. */
    private static Map<RawKey, String> raw(Random random) {
        List<String> songs = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            songs.add(song(i, random));
        }
        Map<RawKey, String> raw = new TreeMap<>();
        for (int day = 0; day < DAYS; day++) {
            for (String list : List.of("37i9dQZEVXbMDoHDwVN2tF", "37i9dQZEVXbJvfa0Yxg7E7", "a")) {
                StringBuilder page = new StringBuilder("{\"offset\":0,\"items\":[");
                for (int i = 0; i < 30; i++) {
                    int number = random.nextInt(songs.size());
                    if (random.nextInt(20) == 0) {
                        songs.set(number, song(number, random));
                    }
                    String song = songs.get(number).replace("#", Integer.toString(random.nextInt(101)));
                    page.append(i == 0 ? "" : ",")
                            .append("{\"track\":")
                            .append(song)
                            .append('}');
                }
                raw.put(key(list, day), page.append("]}").toString());
            }
        }
        return raw;
    }

    private static String song(int number, Random random) {
        String id = String.format("%022d", number);
        String album = String.format("%022d", number / 3);
        return "{\"album\":{\"id\":\"" + album + "\",\"name\":\"Album " + random.nextInt(3)
                + "\",\"available_markets\":[\"NO\"" + ",\"SE\"".repeat(200)
                + "],\"release_date\":\"2020-01-0" + (1 + random.nextInt(9)) + "\",\"artists\":[{\"id\":\"" + album
                + "\"}]},\"artists\":[{\"id\":\"" + album
                + "\",\"name\":\"Artist " + random.nextInt(4) + "\"}],\"id\":\"" + id + "\",\"name\":\"Song "
                + random.nextInt(5) + "\",\"popularity\":#"
                + (random.nextInt(4) == 0 ? ",\"field" + random.nextInt(9) + "\":1" : "") + "}";
    }
}
