package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The view {@code chart_anomalies} against a plain comparison of sets, on random lists with days that do not fit. */
class AnomalyPropertyTest {
    private static final int LISTS = 40;
    private static final int DAYS = 9;

    @TempDir
    Path temporary;

    @Test
    @Thorough
    void itFindsTheSnapshotsWhoseChangesUndoThemselves() {
        Seeded.run(Depth.of(3, 60), random -> {
            var lake = new ListLake(Files.createTempDirectory(temporary, "lake"));
            var expected = new TreeSet<String>();
            for (int list = 0; list < LISTS; list++) {
                add(lake, "p" + list, random, expected);
            }
            for (var form : List.of("", "_by_recording")) {
                compare(lake, form, expected);
            }
        });
    }

    private static void compare(ListLake lake, String form, Set<String> expected) throws IOException {
        assertThat(lake.rows(
                        "SELECT playlist_id, day(snapshot_date), entries, strays, missing FROM chart_anomalies" + form))
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void add(ListLake lake, String list, Random random, Set<String> expected) {
        int size = 4 + random.nextInt(30);
        int next = size;
        List<String> songs = new ArrayList<>();
        for (int song = 0; song < size; song++) {
            songs.add("s" + song);
        }
        List<Integer> days = new ArrayList<>();
        List<Set<String>> snapshots = new ArrayList<>();
        for (int day = 1; day <= DAYS; day++) {
            for (int change = random.nextInt(3); change > 0; change--) {
                songs.set(random.nextInt(songs.size()), "s" + next++);
            }
            var snapshot = new ArrayList<>(songs);
            int odd = random.nextInt(3) == 0 ? random.nextInt(size + 1) : 0;
            for (int at = 0; at < odd; at++) {
                snapshot.set(at, "odd" + random.nextInt(200));
            }
            if (random.nextInt(8) > 0) {
                lake.snapshot(list, "2021-03-%02d 06:00:00".formatted(day), snapshot.toArray(String[]::new));
                days.add(day);
                snapshots.add(new LinkedHashSet<>(snapshot));
            }
        }
        for (int n = 1; n < snapshots.size() - 1; n++) {
            var now = snapshots.get(n);
            var strays = new HashSet<>(now);
            strays.removeAll(snapshots.get(n - 1));
            strays.removeAll(snapshots.get(n + 1));
            var missing = new HashSet<>(snapshots.get(n - 1));
            missing.retainAll(snapshots.get(n + 1));
            missing.removeAll(now);
            int least = Math.min(strays.size(), missing.size());
            if (least >= 5 && least * 5 >= now.size()) {
                expected.add(list + "," + days.get(n) + "," + now.size() + "," + strays.size() + "," + missing.size());
            }
        }
    }
}
