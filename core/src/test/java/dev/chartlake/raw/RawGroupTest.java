package dev.chartlake.raw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore.Staged;
import dev.chartlake.trials.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A group of raw objects ends where archiving one after the other ends. */
class RawGroupTest {

    @TempDir
    Path folder;

    @Test
    void groupsAreAsOneAfterTheOther() {
        Seeded.run(30, random -> {
            LocalStore single = new LocalStore(Files.createTempDirectory(folder, "single"));
            LocalStore grouped = new LocalStore(Files.createTempDirectory(folder, "grouped"));
            RawArchive archive = new RawArchive(single);
            List<Archived> expected = new ArrayList<>();
            List<String> added = new ArrayList<>();
            List<Archived> told = new ArrayList<>();
            int most = random.nextBoolean() ? 1 + random.nextInt(5) : 100;
            try (RawGroup group = new RawGroup(grouped, most)) {
                for (int i = 0; i < 60; i++) {
                    RawKey key = key(random);
                    byte[] bytes = ("content " + random.nextInt(4)).getBytes(UTF_8);
                    try (Staged staged = single.stage(bytes)) {
                        expected.add(archive.archive(key, staged));
                    }
                    assertThat(group.same(key, grouped.stage(bytes), bytes.length)
                                    .isPresent())
                            .isEqualTo(added.subList(told.size(), added.size())
                                    .contains(key.list() + new String(bytes, UTF_8)));
                    added.add(key.list() + new String(bytes, UTF_8));
                    group.add(key, grouped.stage(bytes), bytes.length, told::add);
                    if (random.nextInt(20) == 0) {
                        group.publish();
                        assertThat(told).isEqualTo(expected);
                        process(single);
                        process(grouped);
                    }
                }
                group.publish();
            }
            assertThat(told).isEqualTo(expected);
            assertThat(all(grouped)).isEqualTo(all(single));
        });
    }

    private static RawKey key(Random random) {
        Instant time = Instant.parse("2024-01-04T10:00:00Z").plusSeconds(random.nextInt(4));
        return new RawKey(RawKey.CHARTS, "list-" + random.nextInt(2), time, "csv");
    }

    /** What a transform does. */
    private static void process(LocalStore store) throws IOException {
        List<String> names = store.list(RawState.TO_PROCESS.prefix()).stream()
                .map(info -> info.key().substring(RawState.TO_PROCESS.prefix().length()))
                .toList();
        store.move(RawState.TO_PROCESS.prefix(), RawState.PROCESSED.prefix(), Set.copyOf(names));
    }

    private static Map<String, String> all(LocalStore store) throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (ObjectInfo info : store.list("")) {
            all.put(info.key(), new String(store.read(info.key()).orElseThrow().bytes(), UTF_8));
        }
        return all;
    }
}
