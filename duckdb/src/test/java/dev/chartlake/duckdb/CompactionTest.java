package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.duckdb.compaction.Compaction;
import dev.chartlake.duckdb.files.ChangedLakeException;
import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.rows.RowOrder;
import dev.chartlake.rows.TableRows;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.RandomRows;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import dev.chartlake.views.Views;
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
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries give the same with and without files of months and years, whatever becomes of these files and of the days. */
class CompactionTest {
    private static final YearMonth FIRST = YearMonth.of(2020, 11);
    private static final int MONTHS = 6;
    private static final int CLOSED = MONTHS - 1;
    private static final List<Span> SPANS =
            List.of(new Span(2020, 0), new Span(2021, 1), new Span(2021, 2), new Span(2021, 3));

    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private Random random = new Random();
    private LakeFolder lake = new LakeFolder(folder);

    private interface Trial {
        void run() throws IOException;
    }

    /** Runs a trial on a lake of random days. */
    private void onRandomDays(Trial trial) {
        Seeded.run(seeded -> {
            random = seeded;
            folder = Files.createTempDirectory(temporary, "lake");
            fill();
            trial.run();
        });
    }

    private void fill() throws IOException {
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
        lake.commit(date.toString());
    }

    private void write(LocalDate date, Table table, TableFormat format) throws IOException {
        var rows = RandomRows.plain(random).of(table, 1 + random.nextInt(40));
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

    private Compaction.Result compact() throws IOException {
        return new Compaction(new LocalStore(folder), 1, 1).run((done, of) -> {});
    }

    /** What the views of all days and of the newest values hold: the others read no files. And their columns and types. */
    private Map<String, String> views() throws IOException {
        var views = new TreeMap<String, String>();
        try (var engine = new DuckDbLake(folder, LakeFolder.OPEN)) {
            var names = new ArrayList<>(List.of("songs", "albums", "artists", "artist_songs"));
            Stream.of(Table.values()).map(Views::days).forEach(names::add);
            for (var view : names) {
                views.put(view, LakeFolder.csv(engine, "SELECT * FROM " + view + " ORDER BY ALL"));
                views.put(view + " columns", LakeFolder.csv(engine, "DESCRIBE " + view));
            }
        }
        return views;
    }

    private Map<String, String> copies() throws IOException {
        try (var files = Files.walk(folder.resolve(Span.ROOT))) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.resolve(Span.ROOT).relativize(file).toString(), CompactionTest::content));
        }
    }

    private static String content(Path file) {
        try {
            return Arrays.toString(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path marker(Span span) {
        return folder.resolve(span.marker());
    }

    private List<String> compacted() {
        return Stream.of(Objects.requireNonNull(
                        folder.resolve(Span.ROOT).toFile().list()))
                .sorted()
                .toList();
    }

    @Test
    void everyViewIsTheSameAndOnlyClosedSpansAreCompacted() {
        onRandomDays(() -> {
            var before = views();
            assertThat(compact()).isEqualTo(new Compaction.Result(SPANS.size(), List.of(), List.of()));
            assertThat(views()).isEqualTo(before);
            assertThat(compacted().stream().filter(name -> name.endsWith(".json")))
                    .containsExactlyElementsOf(
                            SPANS.stream().map(span -> span + ".json").sorted().toList());
            assertThat(Files.list(folder.resolve("_chartlake/tmp"))).isEmpty();
        });
    }

    @Test
    void aSecondTimeNothingIsDoneAndAnewTheBytesAreTheSame() {
        onRandomDays(() -> {
            compact();
            var files = copies();
            assertThat(compact().compacted()).isZero();
            DuckDb.delete(folder.resolve(Span.ROOT));
            assertThat(compact().compacted()).isEqualTo(SPANS.size());
            assertThat(copies()).isEqualTo(files);
        });
    }

    @Test
    void aFewDaysAreNotWorthACopy() {
        onRandomDays(() -> {
            var open = FIRST.plusMonths(CLOSED).toString();
            var days = Objects.requireNonNull(
                    folder.resolve(Manifest.ROOT).toFile().list());
            int closed =
                    (int) Stream.of(days).filter(day -> !day.startsWith(open)).count();
            var store = new LocalStore(folder);
            assertThat(new Compaction(store, closed + 1, 1)
                            .run((done, of) -> {})
                            .compacted())
                    .isZero();
            assertThat(new Compaction(store, closed, 1).run((done, of) -> {}).compacted())
                    .isEqualTo(SPANS.size());
        });
    }

    @Test
    void sparseSpansWaitUntilTheyAreManyDays() {
        onRandomDays(() -> {
            folder = Files.createTempDirectory(temporary, "sparse");
            lake = new LakeFolder(folder);
            // A month of 31 days, and weeks before and after it.
            for (var date = LocalDate.of(2019, 1, 3); date.getYear() < 2022; date = date.plusWeeks(1)) {
                lake.commit(date.toString());
            }
            for (int day = 1; day <= 31; day++) {
                lake.commit("2021-05-%02d".formatted(day));
            }
            var store = new LocalStore(folder);
            // 52 weeks of 2019, 53 of 2020, and of 2021 ten months of 4 or 5 weeks: December is open, May is dense.
            int sparse = 52 + 53 + 52 - 4 - 5;
            assertThat(new Compaction(store, 31, sparse + 1)
                            .run((done, of) -> {})
                            .compacted())
                    .isEqualTo(1);
            assertThat(compacted()).contains("2021-05.json").doesNotContain("2019.json", "2021-04.json");
            assertThat(new Compaction(store, 31, sparse).run((done, of) -> {}).compacted())
                    .isEqualTo(2 + 10);
        });
    }

    @Test
    void theCopiesAreRead() {
        onRandomDays(() -> {
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
        });
    }

    @Test
    @Thorough
    void whicheverFileIsMissingOrBrokenQueriesAreRight() {
        onRandomDays(() -> {
            compact();
            var expected = views();
            var files = new ArrayList<>(copies().keySet());
            Collections.shuffle(files, random);
            for (var file : files.subList(0, Depth.of(2, 6))) {
                var path = folder.resolve(Span.ROOT).resolve(file);
                Files.move(path, folder.resolve("away"), StandardCopyOption.REPLACE_EXISTING);
                assertThat(views()).as("without " + file).isEqualTo(expected);
                Files.move(folder.resolve("away"), path);
            }
            for (var wrong : Depth.some(2, List.of("", "{", "[]", "{\"version\":1}", "{\"version\":\"2\"}"))) {
                Files.writeString(marker(SPANS.get(0)), wrong);
                assertThat(views()).as("marker is " + wrong).isEqualTo(expected);
            }
        });
    }

    @Test
    void aDayThatWasRemovedWholeIsGoneAndItsSpanIsCompactedAgain() {
        onRandomDays(() -> {
            compact();
            var removed = FIRST.atDay(1);
            remove(removed);
            var found = views();
            assertThat(found.get("artist_days")).doesNotContain("\n" + removed + ",");
            DuckDb.delete(folder.resolve(Span.ROOT));
            assertThat(views()).isEqualTo(found);
            compact();
            remove(FIRST.plusMonths(2).atDay(1));
            var rest = views();
            boolean empty;
            try (var days = Files.newDirectoryStream(folder.resolve(Manifest.ROOT), FIRST.plusMonths(2) + "-*")) {
                empty = !days.iterator().hasNext();
            }
            assertThat(compact().compacted()).isEqualTo(empty ? 0 : 1);
            assertThat(views()).isEqualTo(rest);
        });
    }

    @Test
    void aPartitionThatCameOrWentByHandIsRefusedWithTheCure() {
        onRandomDays(() -> {
            var day = FIRST.atDay(1);
            replace(day, Table.SONGS);
            compact();
            var cure = "Run ./chartlake transform --since " + day + " --until " + day + " --all --lake " + folder + ".";
            var partition = folder.resolve(Table.SONGS.partition(day));
            Files.move(partition, folder.resolve("away"));
            assertThatThrownBy(this::views)
                    .isInstanceOf(ChangedLakeException.class)
                    .hasMessage(Table.SONGS.partition(day) + "part-0.parquet is missing. " + cure);
            Files.move(folder.resolve("away"), partition);
            views();
            var manifest = folder.resolve(Manifest.key(day));
            Files.move(manifest, folder.resolve("away"));
            assertThatThrownBy(this::views)
                    .isInstanceOf(ChangedLakeException.class)
                    .hasMessageEndingWith("part-0.parquet is in no manifest. " + cure);
            Files.move(folder.resolve("away"), manifest);
            var added = FIRST.atDay(30);
            remove(added);
            var expected = views();
            write(added, Table.ARTISTS, new CsvFormat());
            assertThatThrownBy(this::views)
                    .isInstanceOf(ChangedLakeException.class)
                    .hasMessageContaining(Table.ARTISTS.partition(added) + "part-0.csv is in no manifest. ");
            remove(added);
            assertThat(views()).isEqualTo(expected);
        });
    }

    private void replace(LocalDate date, Table table) throws IOException {
        DuckDb.delete(folder.resolve(table.partition(date)));
        write(date, table, new ParquetFormat());
        lake.commit(date.toString());
    }

    private void remove(LocalDate date) throws IOException {
        Files.deleteIfExists(folder.resolve(Manifest.key(date)));
        for (var table : Table.values()) {
            DuckDb.delete(folder.resolve(table.partition(date)));
        }
    }

    @Test
    void aDayThatIsCommittedTakesItsMarkersWithIt() {
        onRandomDays(() -> {
            compact();
            Files.delete(marker(SPANS.get(0))); // as FilePublisher does first
            day(FIRST.atDay(1));
            var expected = views();
            assertThat(compact().compacted()).isEqualTo(1);
            assertThat(views()).isEqualTo(expected);
        });
    }

    @Test
    void aYearThatClosesReplacesItsMonths() {
        onRandomDays(() -> {
            for (int month = 3; month < MONTHS; month++) {
                for (int day = 1; day <= 28; day++) {
                    remove(FIRST.plusMonths(month).atDay(day));
                }
            }
            assertThat(compact().compacted()).isEqualTo(2);
            assertThat(compacted())
                    .contains("2020-11.json", "2020-12.json")
                    .doesNotContain("2020.json", "2021-01.json");
            var months = new TreeMap<Path, byte[]>();
            for (var name : copies().keySet()) {
                var file = folder.resolve(Span.ROOT).resolve(name);
                months.put(file, Files.readAllBytes(file));
            }
            day(FIRST.plusMonths(3).atDay(1));
            var expected = views();
            compact();
            assertThat(compacted()).contains("2020.json", "2020").noneMatch(name -> name.startsWith("2020-"));
            assertThat(views()).isEqualTo(expected);
            for (var file : months.entrySet()) { // as if it had been killed before they were gone
                Files.createDirectories(file.getKey().getParent());
                Files.write(file.getKey(), file.getValue());
            }
            assertThat(views()).isEqualTo(expected);
            assertThat(compact().compacted()).isZero();
            assertThat(compacted()).noneMatch(name -> name.startsWith("2020-"));
        });
    }

    @Test
    void aQueryForOneDayOpensNoFilesOfOtherYears() {
        onRandomDays(() -> {
            for (int month : new int[] {2, 3}) { // the first file of a year is opened for its columns
                replace(FIRST.plusMonths(month).atDay(1), Table.SONGS);
            }
            compact();
            breakAll(folder.resolve(Span.ROOT).resolve(SPANS.get(2).toString()));
            var one = lake.query(
                    "SELECT count(*) >= 0 AS n FROM song_days WHERE snapshot_date = DATE '" + FIRST.atDay(1) + "'");
            assertThat(one).isEqualTo("n\ntrue\n");
        });
    }

    @Test
    void aBrokenCopyIsToldWithTheCure() {
        onRandomDays(() -> {
            replace(FIRST.atDay(1), Table.SONGS);
            compact();
            breakAll(folder.resolve(Span.ROOT).resolve(SPANS.get(0).toString()));
            assertThatThrownBy(() -> lake.query("SELECT count(*) FROM song_days"))
                    .hasCauseInstanceOf(ChangedLakeException.class)
                    .hasMessageContaining("/song_data.parquet is damaged: its checksum is ")
                    .hasMessageEndingWith(
                            "Delete the folder _chartlake/compacted/ of the lake, and run ./chartlake transform"
                                    + " --lake " + folder + " to copy the days again.");
            DuckDb.delete(folder.resolve(Span.ROOT));
            assertThat(lake.query("SELECT count(*) > 0 AS n FROM song_days")).isEqualTo("n\ntrue\n");
        });
    }

    @Test
    void aDayThatCannotBeReadIsToldAndKeepsNoOtherMonthWaiting() {
        onRandomDays(() -> {
            Files.writeString(lake.file(Table.ARTISTS, FIRST.atDay(1).toString(), "part-0.parquet"), "no Parquet");
            var result = compact();
            assertThat(result.compacted()).isEqualTo(SPANS.size() - 1);
            assertThat(result.failures()).isEmpty();
            assertThat(result.damaged())
                    .singleElement()
                    .asString()
                    .startsWith(SPANS.get(0) + ": ")
                    .contains("part-0.parquet", "Run ./chartlake transform --since " + FIRST.atDay(1));
            assertThat(marker(SPANS.get(0))).doesNotExist();
            assertThat(Files.list(folder.resolve("_chartlake/tmp"))).isEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"FROM read_text('%s/_chartlake/x.json')", "FROM glob('%s/_chartlake/*')"})
    void nothingElseOfTheLakesOwnFolderCanBeRead(String sql) {
        onRandomDays(() -> {
            compact();
            Files.writeString(folder.resolve("_chartlake/x.json"), "secret");
            assertThatThrownBy(() -> lake.query(sql.formatted(folder))).hasMessageStartingWith("Permission Error");
        });
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

    /** They keep their sizes. */
    private static void breakAll(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        }
    }
}
