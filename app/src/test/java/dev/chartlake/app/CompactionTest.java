package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transform compacts closed months and years when they have many days, and a late file opens them again. */
class CompactionTest {

    private static final int KILLS = Depth.of(2, 12);
    private static final int MOST_KILLS = 60;
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
                .contains("_chartlake/compacted/2024.json")
                .noneMatch(key -> key.contains("2024-"))
                .as("a month of one day saves no files")
                .noneMatch(key -> key.contains("2025"));
        lake.importing(page("2024-02-05T11-00-00", 9)).with(0);
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains("_chartlake/compacted/2024.json");
        assertThat(lake.sound().rows(COUNTS + "< '2025-01-01'")).isEqualTo(List.of("61|195|9"));
        assertThat(lake.sound().rows(COUNTS + "> '2024-12-31'")).isEqualTo(List.of("2|4|2"));
    }

    @Test
    @Thorough
    void aKilledCompactionLeavesNothingWrong() throws Exception {
        Lake lake = filled();
        lake.transform().with(0);
        Map<String, String> whole = lake.contents("_chartlake/compacted");
        Map<String, String> data = lake.data();
        Random random = new Random(); // for moments: they are not the same again with the same seed
        Map<Integer, Integer> moments = new TreeMap<>();
        boolean inTheMiddle = false;
        for (int i = 0; i < KILLS || !inTheMiddle && i < MOST_KILLS; i++) {
            for (String file : lake.keys("_chartlake/compacted")) {
                Files.delete(lake.at(file));
            }
            kill(lake, whole.size() * (i % KILLS) / KILLS, random.nextInt(15));
            Map<String, String> left = lake.contents("_chartlake/compacted");
            moments.merge(left.size(), 1, Integer::sum);
            inTheMiddle |= !left.isEmpty() && left.size() < whole.size();
            String when = "kill " + i;
            for (String month : List.of(FIRST, SECOND)) {
                String files = month.replace(".json", "/");
                if (left.containsKey(month)) {
                    assertThat(below(files, left)).as(when).isEqualTo(below(files, whole));
                }
            }
            assertThat(lake.rows(COUNTS + "< '2024-03-01'")).as(when).isEqualTo(List.of("60|180|3"));
        }
        Files.deleteIfExists(lake.at(FIRST));
        Files.deleteIfExists(lake.at(SECOND));
        lake.transform().with(0);
        assertThat(lake.contents("_chartlake/compacted")).isEqualTo(whole);
        System.out.println("CompactionTest: files when killed, and how often: " + moments);
        assertThat(inTheMiddle).as("a kill in the middle").isTrue();
        assertThat(lake.sound().data()).isEqualTo(data);
    }

    private static Map<String, String> below(String folder, Map<String, String> files) {
        return new TreeMap<>(files).subMap(folder, folder + "~");
    }

    /** Kills a compaction some time after it has made so many files. */
    private static void kill(Lake lake, int files, int millis) throws Exception {
        Lake.Child child = Lake.Child.of(Main.class, List.of("-Xmx128m"), Map.of(), lake.words("transform"));
        while (child.process().isAlive() && lake.keys("_chartlake/compacted").size() <= files) {
            Thread.sleep(2);
        }
        if (!child.process().waitFor(millis, TimeUnit.MILLISECONDS)) {
            child.process().destroyForcibly();
        }
        child.end();
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
