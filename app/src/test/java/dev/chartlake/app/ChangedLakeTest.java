package dev.chartlake.app;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No command answers from files that are not as they were committed: it names the day and the command that mends it. */
class ChangedLakeTest {

    private static final String LIST = Answers.list("changed");
    private static final String DAY = "2024-02-03";
    private static final String MANIFEST = "transformed_data/_days/" + DAY + ".json";
    private static final String PARTITION = "transformed_data/playlist_entry_data/snapshot_date=" + DAY + "/";
    private static final String COUNT = "SELECT count(*) FROM playlist_entries";

    @TempDir
    Path folder;

    /** What happens to a file of the day. */
    private enum Fault {
        PARTITION_DELETED,
        FILE_CUT,
        FILE_ADDED,
        FILE_OVERWRITTEN,
        MANIFEST_DELETED,
        MANIFEST_OVERWRITTEN,
        MANIFEST_OF_AN_EARLIER_VERSION;

        void happen(Lake lake, String format) throws IOException {
            Path file = lake.at(PARTITION + "part-0." + format);
            switch (this) {
                case PARTITION_DELETED -> {
                    Files.delete(file);
                    Files.delete(lake.at(PARTITION));
                }
                case FILE_CUT -> Files.write(file, List.of("cut"));
                case FILE_ADDED -> Files.copy(file, lake.at(PARTITION + "part-1." + format));
                case FILE_OVERWRITTEN -> {
                    int size = (int) Files.size(file);
                    Files.writeString(file, "x\n".repeat(size).substring(0, size));
                }
                case MANIFEST_DELETED -> Files.delete(lake.at(MANIFEST));
                case MANIFEST_OVERWRITTEN -> Files.write(lake.at(MANIFEST), "no manifest".getBytes(UTF_8));
                case MANIFEST_OF_AN_EARLIER_VERSION -> {
                    String manifest = Files.readString(lake.at(MANIFEST));
                    assertThat(manifest).contains("\"version\":3,");
                    Files.writeString(lake.at(MANIFEST), manifest.replace("\"version\":3,", "\"version\":1,"));
                }
                default -> throw new AssertionError(this);
            }
        }

        /** A copy of the month has the rows that were committed. */
        boolean isHarmless(boolean compacted) {
            return compacted && this != PARTITION_DELETED && this != MANIFEST_DELETED;
        }
    }

    private Lake filled(String format, int days) throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        List<Path> pages = new ArrayList<>();
        for (LocalDate day = LocalDate.of(2024, 2, 1); pages.size() < days; day = day.plusDays(1)) {
            Path page = folder.resolve(LIST + "_" + day + "T10-00-00.json");
            Files.writeString(page, Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 3 + day.getDayOfMonth() % 4)));
            pages.add(page);
        }
        lake.importing(pages.toArray(Path[]::new)).with(0);
        lake.transform("--format", format).with(0);
        return lake;
    }

    @ParameterizedTest
    @Thorough
    @CsvSource({"parquet,4", "csv,4", "parquet,65", "csv,65"})
    void everyCommandThatReadsRowsNamesTheDayAndItsCure(String format, int days) throws IOException {
        Lake lake = filled(format, days);
        boolean compacted = days > 60;
        assertThat(lake.keys("_chartlake/compacted").isEmpty()).isEqualTo(!compacted);
        Map<String, String> data = lake.data();
        String rows = lake.run("query", COUNT).with(0).out();
        for (Fault fault : Depth.some(format.equals("csv") ? 2 : compacted ? 3 : 7, List.of(Fault.values()))) {
            fault.happen(lake, format);
            if (fault.isHarmless(compacted)) {
                assertThat(lake.run("query", COUNT).with(0).out())
                        .as(fault.name())
                        .isEqualTo(rows);
            } else {
                assertRefused(fault, lake.run("query", COUNT));
                assertRefused(fault, lake.report("chart", "--list", LIST, "--output", "csv"));
                assertRefused(
                        fault,
                        lake.run("dashboard", "--export", folder.resolve("page").toString()));
            }
            if (fault != Fault.MANIFEST_OF_AN_EARLIER_VERSION) { // its files have the bytes that were committed
                assertThat(lake.run("verify").with(1).out()).as(fault.name()).contains(DAY, cure(lake));
            }
            String[] mending = fault == Fault.FILE_OVERWRITTEN
                    ? new String[] {"--format", format, "--since", DAY, "--until", DAY, "--all"}
                    : new String[] {"--format", format};
            assertThat(lake.transform(mending).with(0).out()).as(fault.name()).startsWith("Transformed 1 day, " + DAY);
            assertThat(lake.data()).as(fault.name()).isEqualTo(data);
            assertThat(lake.run("query", COUNT).with(0).out()).isEqualTo(rows);
            lake.run("verify").with(0);
            if (compacted) {
                withoutCopies(lake);
                lake.transform().with(0); // one month alone would not be worth a copy
            }
        }
    }

    private static void withoutCopies(Lake lake) throws IOException {
        for (String key : lake.keys("_chartlake/compacted")) {
            Files.delete(lake.at(key));
        }
    }

    private static String cure(Lake lake) {
        return "Run ./chartlake transform --since " + DAY + " --until " + DAY + " --all --lake " + lake.root();
    }

    private void assertRefused(Fault fault, Ended ended) {
        assertThat(ended.code()).as(fault + ": " + ended.out() + ended.err()).isEqualTo(1);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err())
                .as(fault.name())
                .contains(DAY, cure(new Lake(folder.resolve("lake"))))
                .doesNotContain("Exception");
    }

    @Test
    void severalDaysAreMendedByOneCommand() throws IOException {
        Lake lake = filled("parquet", 4);
        Map<String, String> data = lake.data();
        for (String day : List.of("2024-02-02", "2024-02-04")) {
            Files.delete(lake.at("transformed_data/song_data/snapshot_date=" + day + "/part-0.parquet"));
        }
        assertThat(lake.run("query", "SELECT count(*) FROM songs").with(1).err())
                .contains("2024-02-02/part-0.parquet is missing, and 1 other day is not as committed", "status --lake")
                .endsWith(" Run ./chartlake transform --lake " + lake.root() + ".\n");
        assertThat(lake.run("query", COUNT).with(0).out()).contains("18");
        assertThat(lake.transform().with(0).err()).contains("2 days, 2024-02-02, 2024-02-04.");
        assertThat(lake.sound().data()).isEqualTo(data);
    }

    @Test
    void aLakeWhoseTablesWereDeletedIsNotEmpty() throws IOException {
        Lake lake = filled("parquet", 4);
        Map<String, String> data = lake.data();
        for (String key : lake.keys("transformed_data")) {
            Files.delete(lake.at(key));
        }
        assertThat(lake.run("query", COUNT).with(1).err())
                .contains(
                        "_days/2024-02-01.json is missing, although the day has processed raw objects, and 3 other days")
                .contains("Run ./chartlake transform --lake ");
        assertThat(lake.run("query", "SELECT 1").with(0).out()).contains("1");
        lake.transform().with(0);
        assertThat(lake.sound().data()).isEqualTo(data);
    }

    @Test
    void aDamagedDayIsNotCompactedAndTransformSaysSo() throws IOException {
        Lake lake = filled("parquet", 64);
        withoutCopies(lake);
        Fault.FILE_OVERWRITTEN.happen(lake, "parquet");
        assertThat(lake.transform().with(1).err())
                .contains("Not compacted: 2024-02: " + PARTITION + "part-0.parquet is damaged: ", cure(lake));
        assertThat(lake.keys("_chartlake/compacted")).noneMatch(key -> key.contains("2024-02"));
        lake.transform("--since", DAY, "--until", DAY, "--all").with(0);
        withoutCopies(lake);
        lake.transform().with(0);
        assertThat(lake.keys("_chartlake/compacted")).contains("_chartlake/compacted/2024-02.json");
    }

    @Test
    void aDamagedCopyOfAMonthIsFoundByVerifyAndByQueriesThatCannotReadIt() throws IOException {
        Lake lake = filled("parquet", 65);
        String copy = "_chartlake/compacted/2024-02/playlist_entry_data.parquet";
        byte[] bytes = Files.readAllBytes(lake.at(copy));
        Files.write(lake.at(copy), new byte[bytes.length]);
        String cure = "Delete the folder _chartlake/compacted/ of the lake, and run ./chartlake transform --lake ";
        assertThat(lake.run("query", COUNT).with(1).err()).contains(copy + " is damaged: ", cure);
        bytes[bytes.length / 2] ^= 1;
        Files.write(lake.at(copy), bytes);
        assertThat(lake.run("verify").with(1).out()).contains(copy + " is damaged: ", cure, "1 problem.");
        Files.write(lake.at(copy), new byte[5]);
        lake.run("query", COUNT).with(0);
        withoutCopies(lake);
        lake.transform().with(0);
        lake.run("verify").with(0);
    }
}
