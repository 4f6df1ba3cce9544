package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transform compacts closed months and years, and a late file opens them again. */
class CompactionTest {

    private static final String LIST = Answers.list("months");
    private static final String FIRST = "_chartlake/compacted/2024-01.json";

    @TempDir
    Path folder;

    private Path page(String time, int songs) throws IOException {
        Path file = folder.resolve("a_" + time + ".json");
        Files.writeString(file, Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, songs)));
        return file;
    }

    private Lake filled() throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(
                        page("2024-01-05T10-00-00", 3),
                        page("2024-01-06T10-00-00", 4),
                        page("2024-02-05T10-00-00", 5),
                        page("2024-03-05T10-00-00", 6))
                .with(0);
        return lake;
    }

    @Test
    void aMonthWithALaterOneIsCompactedAndALateFileIsSeen() throws IOException {
        Lake lake = filled();
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains(FIRST).hasSizeGreaterThan(2);
        assertThat(lake.keys("_chartlake/compacted")).noneMatch(key -> key.contains("2024-03"));
        lake.sound();
        lake.importing(page("2024-01-06T11-00-00", 9)).with(0);
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains(FIRST);
        assertThat(lake.sound().rows("SELECT snapshot_date, count(*) FROM playlist_entries GROUP BY 1 ORDER BY 1"))
                .isEqualTo(List.of("2024-01-05|3", "2024-01-06|13", "2024-02-05|5", "2024-03-05|6"));
    }

    @Test
    void aYearThatClosesReplacesItsMonthsAndALateFileIsSeen() throws IOException {
        Lake lake = filled();
        lake.transform().with(0);
        lake.importing(page("2025-01-05T10-00-00", 2), page("2025-02-05T10-00-00", 2))
                .with(0);
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted"))
                .contains("_chartlake/compacted/2024.json", "_chartlake/compacted/2025-01.json")
                .noneMatch(key -> key.contains("2024-"));
        lake.importing(page("2024-02-05T11-00-00", 9)).with(0);
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains("_chartlake/compacted/2024.json");
        assertThat(lake.sound().rows("SELECT snapshot_date, count(*) FROM playlist_entries GROUP BY 1 ORDER BY 1"))
                .isEqualTo(List.of(
                        "2024-01-05|3",
                        "2024-01-06|4",
                        "2024-02-05|14",
                        "2024-03-05|6",
                        "2025-01-05|2",
                        "2025-02-05|2"));
    }

    @Test
    void aMonthThatCannotBeCompactedIsToldAndNothingIsLost() throws IOException {
        Lake lake = filled();
        Path inTheWay = lake.at("_chartlake/compacted/2024-01/song_data.parquet/x");
        Files.createDirectories(inTheWay);
        Ended ended = lake.transform().with(0);
        assertThat(ended.err()).contains("Not compacted: ", "The next transform tries again");
        lake.sound();
        assertThat(lake.keys("_chartlake/compacted")).doesNotContain(FIRST);
        Files.delete(inTheWay);
        Files.delete(lake.at("_chartlake/compacted/2024-01/song_data.parquet"));
        assertThat(lake.transform().with(0).out()).isEqualTo("Nothing to transform.\n");
        assertThat(lake.keys("_chartlake/compacted")).contains(FIRST);
    }
}
