package dev.chartlake.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.aws.dynamodb.Faults.Killed;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The same items come of a history however its days are loaded. */
class AnyOrderTest {

    private static final int DAYS = Depth.of(4, 8);
    private static final int SONGS = Depth.of(12, 30);

    @TempDir
    Path temporary;

    private Path folder = Path.of(".");
    private Random random = new Random();
    private String prefix = "";
    private final Map<ItemTable, Map<String, Map<String, AttributeValue>>> expected = new HashMap<>();
    private History history = new History(Path.of("."));

    private interface Trial {
        void run() throws Exception;
    }

    private void onRandomHistory(Trial trial) {
        Seeded.run(seeded -> {
            random = seeded;
            folder = Files.createTempDirectory(temporary, "lake");
            prefix = "t" + UUID.randomUUID() + "_";
            makeHistory();
            trial.run();
        });
    }

    private void makeHistory() throws IOException {
        history = new History(folder);
        for (ItemTable table : ItemTable.values()) {
            expected.put(table, new java.util.TreeMap<>());
        }
        for (int day = 0; day < DAYS; day++) {
            LocalDateTime at = LocalDateTime.of(2026, 11, 1, 0, 0).plusDays(day).plusSeconds(random.nextInt(86_400));
            for (int song = 0; song < SONGS; song++) {
                if (random.nextInt(3) > 0) {
                    song("s" + song, at);
                }
            }
            List<String> songs = new ArrayList<>();
            for (int i = random.nextInt(DAYS) == 0 ? 12_000 : random.nextInt(20); i > 0; i--) {
                songs.add("s" + random.nextInt(SONGS) + "-".repeat(20));
            }
            history.list(at, "list", Map.of("url", "u" + day), songs);
            Map<String, AttributeValue> list = expect(
                    ItemTable.PLAYLIST,
                    "spotify:playlist:list",
                    at,
                    Map.of("playlist_url", AttributeValue.fromS("u" + day)));
            list.put(
                    "tracks",
                    AttributeValue.fromL(
                            songs.stream().map(AttributeValue::fromS).toList()));
        }
        try (DynamoDbWarehouse warehouse = warehouse(DynamoDbServer.client(), true)) {
            warehouse.prepare();
        }
    }

    private void song(String id, LocalDateTime at) {
        Map<String, Object> values = new HashMap<>();
        Map<String, AttributeValue> attributes = new HashMap<>();
        attributes.put("track_uri", AttributeValue.fromS("spotify:track:" + id));
        if (random.nextBoolean()) {
            int popularity = random.nextInt(3);
            values.put("popularity", popularity);
            attributes.put("track_popularity", AttributeValue.fromN("" + popularity));
        }
        if (random.nextBoolean()) {
            values.put("song_name", "name " + random.nextInt(5));
            attributes.put(
                    "track_name", AttributeValue.fromS(values.get("song_name").toString()));
        }
        String[] artists = random.nextBoolean() ? new String[] {"a" + random.nextInt(3), "a3"} : new String[0];
        if (artists.length > 0) {
            attributes.put(
                    "track_artists",
                    AttributeValue.fromL(List.of(AttributeValue.fromS(artists[0]), AttributeValue.fromS(artists[1]))));
        }
        history.song(at, id, values, artists);
        expect(ItemTable.TRACK, id, at, attributes);
    }

    /** Days come in their order here, so the last value is the newest. */
    private Map<String, AttributeValue> expect(
            ItemTable table, String key, LocalDateTime at, Map<String, AttributeValue> attributes) {
        Map<String, AttributeValue> item =
                Objects.requireNonNull(expected.get(table)).computeIfAbsent(key, none -> new HashMap<>());
        item.put(table.key(), AttributeValue.fromS(key));
        item.putAll(attributes);
        item.put(
                "observed_at",
                AttributeValue.fromS(at.toInstant(java.time.ZoneOffset.UTC).toString()));
        return item;
    }

    @Test
    @Thorough
    void twiceAtOnceAndWithFaults() {
        onRandomHistory(this::loadTwiceAtOnce);
    }

    private void loadTwiceAtOnce() throws Exception {
        List<Callable<Void>> loads = new ArrayList<>();
        for (int twice = 0; twice < 2; twice++) {
            for (LocalDate day : history.days()) {
                history.day(day);
                loads.add(() -> {
                    DynamoDbClient client = Faults.flaky(DynamoDbServer.client(), random, 12);
                    try (DynamoDbWarehouse warehouse = warehouse(client, false)) {
                        warehouse.load(dev.chartlake.load.LoadDay.read(
                                        new dev.chartlake.store.LocalStore(folder), history, day)
                                .orElseThrow());
                    }
                    return null;
                });
            }
        }
        Collections.shuffle(loads, random);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Void> load : threads.invokeAll(loads)) {
                load.get();
            }
        } finally {
            threads.shutdown();
        }
        check();
    }

    @Test
    @Thorough
    void killedAnywhereAndRepeated() {
        onRandomHistory(this::loadWithKills);
    }

    private void loadWithKills() throws Exception {
        List<LocalDate> days = new ArrayList<>(history.days());
        Collections.shuffle(days, random);
        int kills = 0;
        for (LocalDate day : days) {
            for (int requests = 1 + random.nextInt(6); ; requests *= 2) {
                DynamoDbClient client = Faults.killed(DynamoDbServer.client(), requests);
                try (DynamoDbWarehouse warehouse = warehouse(client, false)) {
                    warehouse.load(history.day(day));
                    break;
                } catch (Killed e) {
                    kills++;
                }
            }
        }
        assertThat(kills).isPositive();
        check();
    }

    private void check() {
        for (ItemTable table : List.of(ItemTable.TRACK, ItemTable.PLAYLIST)) {
            Map<String, Map<String, AttributeValue>> items = DynamoDbServer.items(prefix, table);
            if (table == ItemTable.PLAYLIST) {
                gather(items);
            }
            items.values().forEach(item -> item.remove("field_observed_at"));
            assertThat(items).isEqualTo(expected.get(table));
        }
    }

    /** Puts the parts of the list together. */
    private static void gather(Map<String, Map<String, AttributeValue>> items) {
        Map<String, AttributeValue> first = Objects.requireNonNull(items.get("spotify:playlist:list"));
        List<AttributeValue> all = new ArrayList<>(
                Objects.requireNonNull(first.remove("playlist_tracks")).l());
        int parts = ListParts.count(first);
        first.remove("playlist_parts");
        for (int part = 2; part <= parts; part++) {
            Map<String, AttributeValue> next = Objects.requireNonNull(items.remove("spotify:playlist:list#" + part));
            assertThat(next.get("observed_at")).isEqualTo(first.get("observed_at"));
            all.addAll(Objects.requireNonNull(next.get("playlist_tracks")).l());
        }
        first.put("tracks", AttributeValue.fromL(all));
    }

    private DynamoDbWarehouse warehouse(DynamoDbClient client, boolean create) {
        return new DynamoDbWarehouse(client, prefix, ItemForm.DEFAULT, create, wait -> {});
    }
}
