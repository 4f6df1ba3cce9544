package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where {@code import} puts files by their names, folders and options, and what it says of those it does not take. */
class ImportPlacesTest {

    private static final String LIST = Answers.list("places");
    private static final String SNAPSHOTS = "SELECT playlist_id, observed_at, count(*), min(position), max(position)"
            + " FROM playlist_entries GROUP BY ALL ORDER BY ALL";

    @TempDir
    Path folder;

    private Path in() {
        return folder.resolve("input");
    }

    private Path file(String name, String content) throws IOException {
        Path file = in().resolve(name);
        Path parent = file.getParent();
        Files.createDirectories(parent == null ? in() : parent);
        return Files.writeString(file, content);
    }

    private Lake lake() {
        return new Lake(folder.resolve("lake"));
    }

    private static String page(int from, int to, int total) {
        return Answers.page(LIST, from, total, Answers.rows(Dialect.LEGACY, from, to));
    }

    private static String whole(int song) {
        return Answers.page(LIST, Answers.rows(Dialect.LEGACY, song, song + 1));
    }

    private static String chart() {
        return ChartFiles.current(false, List.of(ChartFiles.Row.of(1, Song.of(1))));
    }

    private List<String> snapshots(Lake lake) throws IOException {
        lake.transform().with(0);
        return lake.sound().rows(SNAPSHOTS);
    }

    @Test
    void aDateOfSeveralFolders() throws IOException {
        for (int day = 1; day <= 3; day++) {
            file(LIST + "/2024/01/0" + day + "/data.json", whole(day));
        }
        Lake lake = lake();
        lake.importing(in()).with(0);
        assertThat(snapshots(lake))
                .containsExactly(
                        LIST + "|2024-01-01T00:00|1|1|1",
                        LIST + "|2024-01-02T00:00|1|1|1",
                        LIST + "|2024-01-03T00:00|1|1|1");
    }

    @Test
    void aFileWithoutADateIsRefusedUntilItIsSaid() throws IOException {
        Path file = file("data.json", whole(1));
        Path wrong = file("2025-02-30.json", whole(2));
        Lake lake = lake();
        Ended refused = lake.importing(in()).with(1);
        assertThat(refused.err())
                .contains("Not imported: " + file, "--date 2024-01-04", "--date modified")
                .contains("Not imported: " + wrong, "'2025-02-30' is not a date that exists");
        assertThat(refused.out()).contains("Imported 0 raw objects", "Not imported: 2.");
        assertThat(lake.keys("raw_data")).isEmpty();
        lake.run("import", "--date", "2024-01-04T23:30:00-05:00", file.toString())
                .with(0);
        lake.run("import", "--date", "2025-02-28", wrong.toString()).with(0);
        assertThat(snapshots(lake)).containsExactly(LIST + "|2024-01-05T04:30|1|1|1", LIST + "|2025-02-28T00:00|1|1|1");
    }

    @Test
    void theModificationTimeNeverMakesASecondSnapshot() throws IOException {
        Path file = file("data.json", whole(1));
        Lake lake = lake();
        for (String time : List.of("2024-01-04T10:00:00Z", "2024-02-05T10:00:00Z")) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
            lake.run("import", "--date", "modified", file.toString()).with(0);
            Files.createDirectories(lake.at("raw_data/to_process"));
            Path loose = Files.copy(file, lake.at("raw_data/to_process/" + time.substring(5, 7) + ".json"));
            Files.setLastModifiedTime(loose, FileTime.from(Instant.parse("2024-03-04T10:00:00Z")));
            lake.transform().with(0);
        }
        assertThat(lake.sound().rows(SNAPSHOTS)).containsExactly(LIST + "|2024-01-04T10:00|1|1|1");
    }

    @Test
    void chartsByTheirFoldersAndByOptions() throws IOException {
        file("no/weekly/2024-01-04.csv", chart());
        file("country=se/date=2024-01-11/part-0.csv", chart());
        Path nameless = file("top/export.csv", chart());
        Lake lake = lake();
        assertThat(lake.importing(in()).with(1).err())
                .contains("Not imported: " + nameless, "--list regional-no-weekly");
        lake.run("import", "--list", "regional-dk-weekly", "--date", "2024-01-18", nameless.toString())
                .with(0);
        assertThat(snapshots(lake))
                .containsExactly(
                        "regional-dk-weekly|2024-01-18T00:00|1|1|1",
                        "regional-no-weekly|2024-01-04T00:00|1|1|1",
                        "regional-se-weekly|2024-01-11T00:00|1|1|1");
    }

    @Test
    void optionsThatCannotBeReadEndWithTwo() throws IOException {
        String file = file("data.json", whole(1)).toString();
        assertThat(lake().run("import", "--date", "2025-02-30", file).with(2).err())
                .contains("'2025-02-30'", "modified");
        assertThat(lake().run("import", "--date", "2024-01-04T10:00:00", file)
                        .with(2)
                        .err())
                .contains("zone");
        assertThat(lake().run("import", "--list", "charts", file).with(2).err()).contains("regional-no-weekly");
    }

    @Test
    void pagesOfOneSnapshotInSeveralFiles() throws IOException {
        file(LIST + "/2024-01-04/page10.json", page(20, 25, 25));
        file(LIST + "/2024-01-04/page2.json", page(10, 20, 25));
        file(LIST + "/2024-01-04/page1.json", page(0, 10, 25));
        Lake lake = lake();
        lake.importing(in()).with(0);
        assertThat(lake.keys("raw_data")).hasSize(1);
        assertThat(Files.readString(lake.at(lake.keys("raw_data").get(0))))
                .isEqualTo("[" + page(0, 10, 25) + "," + page(10, 20, 25) + "," + page(20, 25, 25) + "]");
        assertThat(lake.importing(in()).with(0).out()).contains("Already there: 1");
        assertThat(snapshots(lake)).containsExactly(LIST + "|2024-01-04T00:00|25|1|25");
    }

    @Test
    void pagesThatAreMissingOrOverlapAreTold() throws IOException {
        file(LIST + "/2024-01-04/page1.json", page(0, 10, 25));
        file(LIST + "/2024-01-04/page3.json", page(20, 25, 25));
        file(LIST + "/2024-01-05/a.json", page(0, 10, 20));
        file(LIST + "/2024-01-05/b.json", page(10, 20, 20));
        file(LIST + "/2024-01-05/c.json", page(5, 15, 20));
        file(LIST + "/2024-01-06/a.json", page(0, 10, 20));
        file(LIST + "/2024-01-06/b.json", page(10, 20, 20));
        file(LIST + "/2024-01-06/b copy.json", page(10, 20, 20));
        Lake lake = lake();
        Ended ended = lake.importing(in()).with(1);
        assertThat(ended.err()).contains("has 15 of 25 entries", "2024-01-05/c.json", "same positions");
        assertThat(ended.out()).contains("Not imported: 3");
        assertThat(snapshots(lake))
                .containsExactly(LIST + "|2024-01-04T00:00|15|1|25", LIST + "|2024-01-06T00:00|20|1|20");
    }

    @Test
    void whatIsNotTakenIsSaid() throws IOException {
        file("notes.txt", "x");
        Files.createSymbolicLink(in().resolve("loop"), in());
        Ended nothing = lake().importing(in()).with(1);
        assertThat(nothing.err()).contains("notes.txt", "loop");
        try (RandomAccessFile zeros =
                new RandomAccessFile(in().resolve("2024-01-04.json").toFile(), "rw")) {
            zeros.setLength(1L << 40);
        }
        assertThat(lake().importing(in()).with(1).err()).contains("zero bytes");
        assertThat(lake().importing(Path.of("/dev/null")).with(1).err()).contains("not a regular file");
    }
}
