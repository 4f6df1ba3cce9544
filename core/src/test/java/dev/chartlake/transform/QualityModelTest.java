package dev.chartlake.transform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.day.ComputedDay;
import dev.chartlake.day.DayMerge;
import dev.chartlake.day.DayRun;
import dev.chartlake.day.DayTransform;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.KnownManifests;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.model.Table;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.publish.QualityGate;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.ContractPolicy;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.trials.Seeded;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The findings of random days are those of a slow and simple model, whether the day fits into memory or is spilled. */
class QualityModelTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final List<String> RELEASES = List.of(
            "2020-01-01", "2020", "2020-01", "0000", "1859", "1860", "2027", "2028", "2023-02-30", "19", "", "xx20");

    @TempDir
    Path folder;

    @Test
    void findingsAreThoseOfTheModel() throws Exception {
        Seeded.run(4, random -> {
            for (int n = 0; n < 3; n++) {
                LocalStore store = new LocalStore(Files.createTempDirectory(folder, "lake"));
                write(store, random, n == 0 ? 400 : 12);
                Manifest inMemory = null;
                Map<Table, List<Map<String, Object>>> rowsInMemory = new TreeMap<>();
                for (Way way : List.<Way>of(
                        (objects, kept) -> whole(objects, kept, 64L << 20),
                        (objects, kept) -> whole(objects, kept, 60_000),
                        (objects, kept) -> inRuns(objects, kept, random))) {
                    KeptRows rows = new KeptRows();
                    try (DayCommit day = way.prepare(store, rows)) {
                        QualityGate gate = new QualityGate(store, rules(), DAY, new KnownManifests());
                        Objects.requireNonNull(day.commit(gate));
                        Manifest manifest = ManifestFile.read(
                                store.read(Manifest.key(DAY)).orElseThrow().bytes());
                        Map<String, Long> found = new TreeMap<>();
                        manifest.quality().forEach(one -> found.put(one.contract() + " " + one.list(), one.count()));
                        Map<String, Long> expected = model(rows);
                        assertThat(found.entrySet().stream()
                                        .filter(one -> one.getKey().startsWith("positions_once"))
                                        .mapToLong(Map.Entry::getValue)
                                        .sum())
                                .isEqualTo(manifest.entriesRepeated() + expected.getOrDefault("shared", 0L));
                        expected.remove("shared");
                        found.keySet().removeIf(key -> key.startsWith("positions_once"));
                        assertThat(found).isEqualTo(expected);
                        if (inMemory != null) {
                            assertThat(manifest.quality()).isEqualTo(inMemory.quality());
                            assertThat(manifest).isEqualTo(inMemory);
                        }
                        for (Table table : Table.values()) {
                            assertThat(rows.rows(table)).isEqualTo(rowsInMemory.computeIfAbsent(table, rows::rows));
                        }
                        inMemory = manifest;
                    }
                }
            }
        });
    }

    @FunctionalInterface
    private interface Way {
        DayCommit prepare(LocalStore store, KeptRows rows) throws Exception;
    }

    /** As if each run had been computed by another machine, and its pieces had arrived in any order. */
    private static DayCommit inRuns(LocalStore store, KeptRows rows, Random random) throws Exception {
        DayObjects found = DayObjects.list(store, DAY);
        try (DayMerge merge = new DayMerge(DAY)) {
            List<Callable<Void>> arriving = new ArrayList<>();
            int from = 0;
            for (int run = 0; from < found.objects().size(); run++) {
                int to = Math.min(found.objects().size(), from + 1 + random.nextInt(3));
                long memory = random.nextBoolean() ? 60_000 : 64 << 20;
                run(store, found.objects().subList(from, to), run, memory, merge, arriving);
                from = to;
            }
            Collections.shuffle(arriving, random);
            for (Callable<Void> one : arriving) {
                one.call();
            }
            try (ComputedDay day = merge.day()) {
                return DayCommit.prepare(store, new FilePublisher(store, rows).begin(DAY), found, day);
            }
        }
    }

    private static void run(
            LocalStore store,
            List<DayObjects.DayObject> objects,
            int run,
            long memory,
            DayMerge merge,
            List<Callable<Void>> arriving)
            throws Exception {
        DayTransform transform = new DayTransform(memory, DayTransform.Parts.MANY);
        try (ComputedDay day = transform.compute(DAY, new OpenAhead(store, objects))) {
            DayRun done = day.run();
            merge.summary(run, done.summary());
            for (DayRun.Piece piece : done.pieces()) {
                byte[] bytes;
                try (InputStream in = piece.open()) {
                    bytes = in.readAllBytes();
                }
                int part = piece.part();
                Table table = piece.table();
                long rows = piece.rows();
                for (int at = 0; at < bytes.length; at += 1000) {
                    int offset = at;
                    byte[] chunk = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1000));
                    arriving.add(() -> {
                        merge.bytes(run, part, table, rows, offset, chunk);
                        return null;
                    });
                }
            }
        }
    }

    private static DayCommit whole(LocalStore store, KeptRows rows, long memory) throws Exception {
        DayObjects found = DayObjects.list(store, DAY);
        DayTransform transform = new DayTransform(memory, DayTransform.Parts.MANY);
        try (ComputedDay day = transform.compute(DAY, new OpenAhead(store, found.objects()))) {
            return DayCommit.prepare(store, new FilePublisher(store, rows).begin(day.date()), found, day);
        }
    }

    private static QualityRules rules() {
        Map<Contract, ContractPolicy> policies = new HashMap<>();
        for (Contract contract : Contract.values()) {
            policies.put(contract, ContractPolicy.WARN);
        }
        return new QualityRules(policies, Map.of());
    }

    private static void write(LocalStore store, Random random, int entries) throws Exception {
        for (int object = random.nextInt(6); object >= 0; object--) {
            boolean chart = random.nextInt(3) == 0;
            String list =
                    chart ? "chart" : List.of("A", "4ChartLakeNorwayTop50A").get(random.nextInt(2));
            Path file = store.root()
                    .resolve("raw_data/to_process/" + DAY + "/" + (chart ? "spotify-charts/" : "spotify-web-api/")
                            + list + "/0" + object + "0000Z." + (chart ? "csv" : "json"));
            Files.createDirectories(file.getParent());
            Files.writeString(file, chart ? chart(random, entries) : page(random, entries));
        }
    }

    private static String chart(Random random, int entries) {
        StringBuilder text =
                new StringBuilder("rank,uri,artist_names,track_name,peak_rank,previous_rank,weeks_on_chart,streams\n");
        int rank = 0;
        for (int i = 1 + random.nextInt(entries); i > 0; i--) {
            rank += odd(random) ? random.nextInt(3) : 1;
            text.append(
                    Math.max(1, rank) + ",spotify:track:" + "1234567890123456789012".substring(1) + random.nextInt(10)
                            + ",a,n," + (odd(random) ? random.nextInt(9) : Math.max(1, rank)) + ","
                            + (random.nextInt(9) - 1) + ","
                            + random.nextInt(20) + "," + (odd(random) ? -3 : 10) + "\n");
        }
        return text.toString();
    }

    private static boolean odd(Random random) {
        return random.nextInt(30) == 0;
    }

    private static String page(Random random, int entries) {
        int size = random.nextInt(entries);
        int total = odd(random) ? size + 2 - random.nextInt(5) : size;
        StringBuilder text = new StringBuilder("{\"offset\":" + (random.nextInt(4) == 0 ? 3 : 0) + ",\"total\":" + total
                + ",\"followers\":{\"total\":" + (odd(random) ? -1 : 5) + "},\"name\":\"n\",\"items\":[");
        for (int i = 0; i < size; i++) {
            text.append(i == 0 ? "" : ",").append("{\"track\":" + track(random) + "}");
        }
        return text.append("]}").toString();
    }

    private static String track(Random random) {
        if (odd(random)) {
            return "null";
        }
        return "{\"id\":\"" + id("s", random) + "\",\"popularity\":" + (odd(random) ? 200 - random.nextInt(300) : 5)
                + ",\"duration_ms\":" + (odd(random) ? random.nextInt(3) * 86_400_000L - 5 : 1000) + ",\"disc_number\":"
                + (odd(random) ? 0 : 1) + ",\"track_number\":" + (odd(random) ? -1 : 1) + ",\"artists\":[{\"id\":\""
                + id("r", random) + "\"}],\"album\":{\"id\":\"" + id("l", random) + "\",\"total_tracks\":"
                + (odd(random) ? 0 : 3) + ",\"release_date\":\""
                + (odd(random) ? RELEASES.get(random.nextInt(RELEASES.size())) : "2021-02-03") + "\"}}";
    }

    private static String id(String kind, Random random) {
        String id = kind + "00000000000000000" + String.format("%04d", random.nextInt(300));
        return odd(random) ? id.replace("0", List.of("-", "", "ø").get(random.nextInt(3))) : id;
    }

    /** How many findings there are, by contract and list. */
    private static Map<String, Long> model(KeptRows rows) {
        Map<String, Long> found = new TreeMap<>();
        Map<String, Long> entries = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        Map<String, Integer> sharing = new HashMap<>();
        for (Map<String, Object> row : rows.rows(Table.PLAYLIST_ENTRIES)) {
            String list = row.get("source") + "/" + row.get("playlist_id");
            String snapshot = list + row.get("observed_at");
            int position = (Integer) Objects.requireNonNull(row.get("position"));
            entries.merge(snapshot, 1L, Long::sum);
            int before = last.getOrDefault(snapshot, 0);
            boolean shared = position == before;
            count(found, "shared", shared);
            int behind = before + sharing.getOrDefault(snapshot, 0);
            count(found, "positions_contiguous " + list, !shared && position != before + 1 && position != behind);
            sharing.put(snapshot, shared ? sharing.getOrDefault(snapshot, 0) + 1 : 1);
            last.put(snapshot, position);
            count(found, "counts_in_bounds " + list, outside(row, "streams", 0, Long.MAX_VALUE));
            count(found, "reported_in_bounds " + list, outside(row, "reported_peak", 1, position));
            count(found, "reported_in_bounds " + list, outside(row, "reported_previous", 1, Long.MAX_VALUE));
            count(found, "reported_in_bounds " + list, outside(row, "reported_periods", 1, Long.MAX_VALUE));
        }
        for (Map<String, Object> row : rows.rows(Table.PLAYLISTS)) {
            String list = row.get("source") + "/" + row.get("playlist_id");
            long has = entries.getOrDefault(list + row.get("observed_at"), 0L);
            long total = number(row, "total", has);
            count(found, "entries_complete " + list, total >= 0 && total != has);
            count(found, "counts_in_bounds " + list, outside(row, "followers", 0, Long.MAX_VALUE));
            count(found, "counts_in_bounds " + list, outside(row, "total", 0, Long.MAX_VALUE));
            count(found, "ids_well_formed " + list, list.equals("spotify-web-api/A"));
        }
        for (Map<String, Object> row : rows.rows(Table.SONGS)) {
            id(found, row, "song_id");
            count(found, "popularity_in_bounds ", outside(row, "popularity", 0, 100));
            count(found, "duration_in_bounds ", outside(row, "duration_ms", 1, 86_399_999));
            count(found, "numbers_in_bounds ", outside(row, "disc_number", 1, Long.MAX_VALUE));
            count(found, "numbers_in_bounds ", outside(row, "track_number", 1, Long.MAX_VALUE));
        }
        Set<String> good = new HashSet<>(List.of("2020-01-01", "2021-02-03", "2020", "2020-01", "1860", "2027"));
        for (Map<String, Object> row : rows.rows(Table.ALBUMS)) {
            id(found, row, "album_id");
            count(found, "numbers_in_bounds ", outside(row, "total_tracks", 1, Long.MAX_VALUE));
            Object text = row.get("release_date_text");
            count(found, "release_in_bounds ", text != null && !good.contains(text.toString()));
        }
        rows.rows(Table.ARTISTS).forEach(row -> id(found, row, "artist_id"));
        return found;
    }

    private static void id(Map<String, Long> found, Map<String, Object> row, String column) {
        count(found, "ids_well_formed ", !String.valueOf(row.get(column)).matches("[0-9A-Za-z]{22}"));
    }

    private static boolean outside(Map<String, Object> row, String column, long min, long max) {
        long value = number(row, column, min);
        return value < min || value > max;
    }

    private static long number(Map<String, Object> row, String column, long otherwise) {
        @Nullable Object value = row.get(column);
        return value == null ? otherwise : ((Number) value).longValue();
    }

    private static void count(Map<String, Long> found, String key, boolean broken) {
        if (broken) {
            found.merge(key, 1L, Long::sum);
        }
    }
}
