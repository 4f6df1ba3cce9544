package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Deep;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists as long as they can be, and files larger than the memory. */
class BigListTest {

    private static final int MEGABYTES = 60;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"LEGACY, 100", "Y2026, 201"})
    void tenThousandEntries(dev.chartlake.simulator.answer.Dialect dialect, int fewest) throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDialect(dialect))) {
            lake.extract(simulator, WorldLists.sized(WorldLists.LONGEST)).with(0);
            assertThat(simulator.requests()).hasSizeBetween(fewest, 210);
        }
        lake.transform().with(0);
        assertThat(lake.sound()
                        .value("SELECT count(*), min(position), max(position), count(DISTINCT position),"
                                + " count(DISTINCT song_id) FROM playlist_entries"))
                .isEqualTo("10000|1|10000|10000|10000");
    }

    /** Two days at the same time, each a page of songs that are in it once. */
    @Test
    @Deep
    void pagesLargerThanTheMemory() throws Exception {
        String list = Answers.list("enormous");
        Lake lake = new Lake(folder.resolve("lake"));
        int rows = 0;
        for (String date : List.of("2024-05-01", "2024-05-02")) {
            Path file = folder.resolve("enormous_" + date + ".json");
            rows = write(list, file);
            child(List.of("-Xmx64m"), lake.words("import", file.toString())).with(0);
        }
        child(List.of("-Xmx64m"), lake.words("transform")).with(0);
        // Two workers, whose shares are too small for one of these days.
        child(List.of("-Xmx100m", "-XX:ActiveProcessorCount=4"), lake.words("transform", "--all"))
                .with(0);
        assertThat(lake.sound()
                        .rows("SELECT CAST(snapshot_date AS VARCHAR), count(*), min(position), max(position),"
                                + " count(DISTINCT position), count(DISTINCT song_id) FROM playlist_entries"
                                + " GROUP BY ALL ORDER BY ALL"))
                .containsExactly(
                        "2024-05-01|" + rows + "|1|" + rows + "|" + rows + "|" + rows,
                        "2024-05-02|" + rows + "|1|" + rows + "|" + rows + "|" + rows);
        assertThat(lake.rows("SELECT song_id FROM playlist_entries WHERE position IN (1, 10000, 10001, " + rows
                        + ") AND snapshot_date = '2024-05-02' ORDER BY position"))
                .containsExactly(
                        Song.of(0).id(),
                        Song.of(9_999).id(),
                        Song.of(10_000).id(),
                        Song.of(rows - 1).id());
    }

    /** Returns how many rows it has. */
    private static int write(String list, Path file) throws IOException {
        int rows = 0;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            String[] around = Answers.page(list, List.of("@")).split("@", 2);
            out.write(around[0]);
            for (long size = 0; size < MEGABYTES << 20; rows++) {
                String row = Answers.row(Dialect.LEGACY, Song.of(rows));
                out.write((rows == 0 ? "" : ",\n") + row);
                size += row.length();
            }
            out.write(around[1]);
        }
        return rows;
    }

    private static Ended child(List<String> options, String... words) throws Exception {
        return Lake.Child.of(Main.class, options, Map.of(), words).end();
    }
}
