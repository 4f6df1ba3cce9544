package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transform compacts closed months and years when they have many days, and a late file opens them again. */
class CompactionTest {

    private static final String LIST = Answers.list("months");
    private static final String FIRST = "_chartlake/compacted/2024-01.json";
    private static final String SECOND = "_chartlake/compacted/2024-02.json";

    @TempDir
    Path folder;

    private Path page(String time, int songs) throws IOException {
        Path file = folder.resolve("a_" + time + ".json");
        Files.writeString(file, Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, songs)));
        return file;
    }

    /** Two full months, which are worth a copy, and a day of a third. */
    private Lake filled() throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        List<Path> pages = new ArrayList<>();
        for (LocalDate day = LocalDate.of(2024, 1, 1); day.getMonthValue() < 3; day = day.plusDays(1)) {
            pages.add(page(day + "T10-00-00", 3));
        }
        pages.add(page("2024-03-05T10-00-00", 6));
        lake.importing(pages.toArray(Path[]::new)).with(0);
        return lake;
    }

    private static final String COUNTS =
            "SELECT count(DISTINCT snapshot_date), count(*), max(position) FROM playlist_entries WHERE snapshot_date ";

    @Test
    void monthsWithALaterOneAreCompactedAndLateFilesAreSeen() throws IOException {
        Lake lake = filled();
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains(FIRST, SECOND).noneMatch(key -> key.contains("2024-03"));
        lake.sound();
        lake.importing(page("2024-01-06T11-00-00", 9)).with(0);
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains(SECOND).doesNotContain(FIRST);
        assertThat(lake.sound().rows(COUNTS + "< '2024-02-01'")).isEqualTo(List.of("31|102|9"));
        lake.importing(page("2024-02-06T11-00-00", 8)).with(0);
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains(FIRST, SECOND);
        assertThat(lake.sound().rows(COUNTS + "< '2024-02-01'")).isEqualTo(List.of("31|102|9"));
        assertThat(lake.sound().rows(COUNTS + "> '2024-01-31'")).isEqualTo(List.of("30|101|8"));
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
        assertThat(lake.sound().rows(COUNTS + "< '2025-01-01'")).isEqualTo(List.of("61|195|9"));
        assertThat(lake.sound().rows(COUNTS + "> '2024-12-31'")).isEqualTo(List.of("2|4|2"));
    }

    @Test
    void monthsThatCannotBeCompactedAreToldAndNothingIsLost() throws IOException {
        Lake lake = filled();
        List<Path> inTheWay = List.of(
                lake.at("_chartlake/compacted/2024-01/song_data.parquet/x"),
                lake.at("_chartlake/compacted/2024-02/song_data.parquet/x"));
        for (Path folder : inTheWay) {
            Files.createDirectories(folder);
        }
        Ended ended = lake.transform().with(0);
        assertThat(ended.err()).contains("Not compacted: ", "The next transform tries again");
        lake.sound();
        assertThat(lake.keys("_chartlake/compacted")).doesNotContain(FIRST, SECOND);
        for (Path folder : inTheWay) {
            Files.delete(folder);
            Files.delete(folder.getParent());
        }
        assertThat(lake.transform().with(0).out()).isEqualTo("Nothing to transform.\n");
        assertThat(lake.keys("_chartlake/compacted")).contains(FIRST, SECOND);
    }
}
