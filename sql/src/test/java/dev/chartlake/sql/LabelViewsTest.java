package dev.chartlake.sql;

import static dev.chartlake.model.Table.PLAYLISTS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lists.ListLabel;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.Market;
import dev.chartlake.raw.RawKey;
import dev.chartlake.trials.Seeded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the views call lists is what the command line calls them. */
class LabelViewsTest {
    @TempDir
    Path folder;

    @Test
    void theViewsCallListsAsTheLabelsDo() {
        Seeded.run(5, random -> {
            var given = new ArrayList<ListLabel>();
            var lake = new ListLake(folder.resolve(Long.toHexString(random.nextLong())));
            var expected = new ArrayList<String>();
            var ids = ids(random);
            for (var id : ids) {
                if (random.nextInt(3) == 0) {
                    given.add(label(id, random));
                }
            }
            var labels = ListLabels.with(given);
            for (var id : ids) {
                var name = random.nextInt(3) == 0 ? "" : random.nextBoolean() ? "Own name" : " ";
                var source = id.contains("-") ? RawKey.CHARTS : RawKey.WEB_API;
                var time = "2021-03-0" + (1 + random.nextInt(5)) + " 06:00:00";
                lake.add(PLAYLISTS, time, source + "," + id + "," + time + ",\"" + name + "\",,,,,,,,1,");
                var label = labels.of(id);
                var market = label.market();
                var called = label.name(name);
                expected.add(String.join(
                        "|",
                        id,
                        called.equals(id) ? "null" : called,
                        market == null ? "null" : market.code(),
                        String.valueOf(label.period()),
                        String.valueOf(label.group())));
            }
            var sql = "SELECT concat_ws('|', playlist_id, coalesce(playlist_name, 'null'), coalesce(market, 'null'),"
                    + " coalesce(period, 'null'), coalesce(list_group, 'null')) AS line FROM lists";
            try (var engine = new DuckDbLake(
                    lake.write().root(), LakeFolder.OPEN, new ViewSettings(labels, ExcludedSnapshots.NONE))) {
                assertThat(LakeFolder.csv(engine, sql).lines().skip(1))
                        .map(line -> line.replace("\"\"", "'").replace("\"", ""))
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        });
    }

    private static List<String> ids(Random random) {
        var known = ListLabels.BUILT_IN.named();
        var ids = new ArrayList<String>();
        for (var type : List.of("regional", "viral", "city")) {
            for (var region : List.of("no", "global", "oslo", "xx")) {
                ids.add(type + "-" + region + (random.nextBoolean() ? "-weekly" : "-daily"));
            }
        }
        for (int i = 0; i < 5; i++) {
            ids.add(known.get(i * 20 + random.nextInt(20)).id());
            ids.add("4ChartLakeSomeList000" + i);
        }
        return ids;
    }

    private static ListLabel label(String id, Random random) {
        return new ListLabel(
                id,
                or(random, "It's ours -- songs"),
                null,
                random.nextBoolean() ? List.of() : List.of("one", "two"),
                random.nextBoolean() ? null : Market.GLOBAL,
                or(random, "weekly"),
                or(random, "Nordic; 'x'"));
    }

    private static @Nullable String or(Random random, String text) {
        return random.nextBoolean() ? null : text;
    }
}
