package dev.chartlake.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.model.Months;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import dev.chartlake.table.CsvFormat;
import dev.chartlake.table.RowOrder;
import dev.chartlake.table.TableFormat;
import dev.chartlake.table.TableRows;
import dev.chartlake.table.parquet.ParquetFormat;
import dev.chartlake.transform.Manifest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries give the same with and without files of months, whatever becomes of these files and of the days. */
class MonthCompactionTest {
    private static final YearMonth FIRST = YearMonth.of(2020, 12);
    private static final int MONTHS = 5;
    private static final int CLOSED = MONTHS - 2; // the second and third are of the next year

    @TempDir
    Path folder;

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private LakeFolder lake = new LakeFolder(Path.of(""));

    @BeforeEach
    void fill() throws IOException {
        System.out.println("MonthCompactionTest: lake of seed " + seed);
        lake = new LakeFolder(folder);
        for (int month = 0; month < MONTHS; month++) {
            var days = new HashSet<>(List.of(1));
            for (int i = random.nextInt(4); i > 0; i--) {
                days.add(1 + random.nextInt(28));
            }
            for (int day : days) {
                day(FIRST.plusMonths(month).atDay(day));
            }
        }
    }

    private void day(LocalDate date) throws IOException {
        for (var table : Table.values()) {
            if (Files.isDirectory(folder.resolve(table.partition(date)))) {
                DuckDb.delete(folder.resolve(table.partition(date))); // as a commit does with the files it replaces
            }
            switch (random.nextInt(6)) {
                case 0 -> {} // no rows that day
                case 1, 2 -> write(date, table, new CsvFormat());
                default -> write(date, table, new ParquetFormat());
            }
        }
        var manifest = folder.resolve(Manifest.key(date));
        Files.createDirectories(manifest.getParent());
        Files.writeString(manifest, "{}");
    }

    private void write(LocalDate date, Table table, TableFormat format) throws IOException {
        var rows = new RandomRows(random, true).of(table, 1 + random.nextInt(40));
        var bytes = new ByteArrayOutputStream();
        try (var writer = format.open(table, bytes)) {
            var keys = new HashSet<List<Object>>();
            writer.write(
                    rows,
                    Arrays.stream(RowOrder.byKey(rows))
                            .filter(row -> keys.add(key(rows, row)))
                            .toArray());
        }
        Files.write(lake.file(table, date.toString(), "part-0." + format.extension()), bytes.toByteArray());
    }

    private static List<Object> key(TableRows rows, int row) {
        var key = new ArrayList<Object>();
        for (int c = 0; c < rows.table().key().size(); c++) {
            key.add(String.valueOf(RandomRows.value(rows, c, row)));
        }
        return key;
    }

    private MonthCompaction.Result compact() throws IOException {
        return new MonthCompaction(new LocalStore(folder)).run((done, of) -> {});
    }

    /** What the views of all days and of the newest values hold: the others read no files. And their columns and types. */
    private Map<String, String> views() throws IOException {
        var views = new TreeMap<String, String>();
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            var names = new ArrayList<>(List.of("songs", "albums", "artists", "artist_songs"));
            Stream.of(Table.values()).map(LakeViews::days).forEach(names::add);
            for (var view : names) {
                views.put(view, LakeFolder.csv(engine, "SELECT * FROM " + view + " ORDER BY ALL"));
                views.put(view + " columns", LakeFolder.csv(engine, "DESCRIBE " + view));
            }
        }
        return views;
    }

    private Map<String, String> months() throws IOException {
        try (var files = Files.walk(folder.resolve(Months.ROOT))) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.resolve(Months.ROOT).relativize(file).toString(),
                            MonthCompactionTest::content));
        }
    }

    private static String content(Path file) {
        try {
            return Arrays.toString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path marker(int month) {
        return folder.resolve(Months.marker(FIRST.plusMonths(month)));
    }

    @Test
    void everyViewIsTheSameAndOnlyClosedMonthsAreCompacted() throws IOException {
        var before = views();
        assertThat(compact()).isEqualTo(new MonthCompaction.Result(CLOSED, List.of()));
        assertThat(views()).isEqualTo(before);
        for (int month = 0; month < MONTHS; month++) {
            assertThat(Files.exists(marker(month))).isEqualTo(month < CLOSED);
        }
        assertThat(Files.list(folder.resolve("_chartlake/tmp"))).isEmpty();
    }

    @Test
    void aSecondTimeNothingIsDoneAndAnewTheBytesAreTheSame() throws IOException {
        compact();
        var files = months();
        assertThat(compact().compacted()).isZero();
        DuckDb.delete(folder.resolve(Months.ROOT));
        assertThat(compact().compacted()).isEqualTo(CLOSED);
        assertThat(months()).isEqualTo(files);
    }

    @Test
    void theFilesOfMonthsAreRead() throws IOException {
        compact();
        var expected = views();
        for (var table : Table.values()) {
            for (int month = 0; month < CLOSED; month++) {
                for (var day : days(table, month)) {
                    breakAll(day);
                }
            }
        }
        assertThat(views()).isEqualTo(expected);
    }

    @Test
    void whicheverFileIsMissingOrBrokenQueriesAreRight() throws IOException {
        compact();
        var expected = views();
        var files = new ArrayList<>(months().keySet());
        Collections.shuffle(files, random);
        for (var file : files.subList(0, 6)) {
            var path = folder.resolve(Months.ROOT).resolve(file);
            Files.move(path, folder.resolve("away"), StandardCopyOption.REPLACE_EXISTING);
            assertThat(views()).as("without " + file).isEqualTo(expected);
            Files.move(folder.resolve("away"), path);
        }
        for (var wrong : List.of("", "{", "[]", "{\"version\":1}", "{\"version\":\"2\"}")) {
            Files.writeString(marker(0), wrong);
            assertThat(views()).as("marker is " + wrong).isEqualTo(expected);
        }
    }

    @Test
    void daysThatCameAndWentByHandAreSeen() throws IOException {
        compact();
        var added = FIRST.atDay(30);
        write(added, Table.ARTISTS, new ParquetFormat());
        write(added, Table.SONGS, new CsvFormat());
        var removed = days(Table.PLAYLISTS, 1);
        for (var day : removed) {
            DuckDb.delete(day);
        }
        var found = views();
        DuckDb.delete(folder.resolve(Months.ROOT));
        assertThat(found).isEqualTo(views());
        assertThat(found.get("artist_days")).contains("\n" + added + ",");
    }

    @Test
    void aDayThatIsCommittedTakesItsMonthsMarkerWithIt() throws IOException {
        compact();
        Files.delete(marker(0)); // as DayCommit does first
        day(FIRST.atDay(1));
        var expected = views();
        assertThat(compact().compacted()).isEqualTo(1);
        assertThat(views()).isEqualTo(expected);
    }

    @Test
    void aQueryForOneDayOpensNoFilesOfOtherYears() throws IOException {
        compact();
        breakAll(folder.resolve(Months.ROOT).resolve(FIRST.plusMonths(2).toString()));
        var one = lake.query(
                "SELECT count(*) >= 0 AS n FROM song_days WHERE snapshot_date = DATE '" + FIRST.atDay(1) + "'");
        assertThat(one).isEqualTo("n\ntrue\n");
    }

    @Test
    void aDayThatCannotBeReadIsToldAndKeepsNoOtherMonthWaiting() throws IOException {
        Files.writeString(lake.file(Table.ARTISTS, FIRST.atDay(1).toString(), "part-0.parquet"), "no Parquet");
        var result = compact();
        assertThat(result.compacted()).isEqualTo(CLOSED - 1);
        assertThat(result.failures())
                .singleElement()
                .asString()
                .startsWith(FIRST + ": ")
                .contains("part-0.parquet");
        assertThat(marker(0)).doesNotExist();
        assertThat(Files.list(folder.resolve("_chartlake/tmp"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROM read_text('%s/_chartlake/x.json')", "FROM glob('%s/_chartlake/*')"})
    void nothingElseOfTheLakesOwnFolderCanBeRead(String sql) throws IOException {
        compact();
        Files.writeString(folder.resolve("_chartlake/x.json"), "secret");
        assertThatThrownBy(() -> lake.query(sql.formatted(folder))).hasMessageStartingWith("Permission Error");
    }

    /** The partitions of a table in a month. */
    private List<Path> days(Table table, int month) throws IOException {
        var tableFolder = folder.resolve(Table.ROOT + table.folder());
        if (!Files.isDirectory(tableFolder)) {
            return List.of();
        }
        try (var days = Files.list(tableFolder)) {
            return days.filter(day -> day.toString().contains("=" + FIRST.plusMonths(month)))
                    .toList();
        }
    }

    private static void breakAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.writeString(file, "broken");
            }
        }
    }
}
