package dev.chartlake.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.load.Loader.Days;
import dev.chartlake.load.Loader.Result;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which days a load takes, on a lake whose files hold as many rows as the test says. */
class LoaderTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 19);
    private static final LocalDate SECOND = LocalDate.of(2026, 11, 20);
    private static final LocalDate THIRD = LocalDate.of(2026, 11, 21);

    private static final String CRC32C_OF_ZERO = "527d5351";

    @TempDir
    Path folder;

    private LocalStore store = new LocalStore(Path.of("."));
    private final Map<String, Long> files = new TreeMap<>();
    private final Fake warehouse = new Fake();

    /** Notes what it is given; its tables are called {@code target}. */
    private final class Fake implements Warehouse {
        private String target = "one";
        private final List<LocalDate> loaded = new ArrayList<>();
        private @Nullable IOException failure;
        private long lost;
        private Runnable meanwhile = () -> {};
        private long together;
        private final List<List<LocalDate>> calls = new ArrayList<>();

        @Override
        public String prepare() {
            return target;
        }

        @Override
        public long rowsTogether() {
            return together;
        }

        /** All or none, as a transaction does. */
        @Override
        public Map<Table, Long> load(List<LoadDay> days) throws IOException {
            calls.add(days.stream().map(LoadDay::date).toList());
            List<LocalDate> before = List.copyOf(loaded);
            try {
                return Warehouse.super.load(days);
            } catch (IOException e) {
                loaded.clear();
                loaded.addAll(before);
                throw e;
            }
        }

        @Override
        public Map<Table, Long> load(LoadDay day) throws IOException {
            long rows = 0;
            try (DayTableRows songs = day.rows(Table.SONGS)) {
                while (songs.next() != null) {
                    rows++;
                }
            }
            if (failure != null && day.date().equals(SECOND)) {
                throw failure;
            }
            loaded.add(day.date());
            meanwhile.run();
            return Map.of(Table.SONGS, rows - lost);
        }

        @Override
        public void close() {}

        List<LocalDate> taken() {
            List<LocalDate> taken = List.copyOf(loaded);
            loaded.clear();
            return taken;
        }
    }

    @BeforeEach
    void threeDays() throws IOException {
        store = new LocalStore(folder);
        for (LocalDate date : List.of(FIRST, SECOND, THIRD)) {
            commit(date, 2);
        }
    }

    @Test
    void onlyWhatIsNewIsLoaded() throws IOException {
        assertThat(load(Days.NEW).days()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(warehouse.taken()).containsExactly(FIRST, SECOND, THIRD);
        assertThat(load(Days.NEW)).isEqualTo(new Result(List.of(), 0, List.of(), false));
        commit(SECOND, 3);
        assertThat(load(Days.NEW)).isEqualTo(new Result(List.of(SECOND), 3, List.of(), false));
        assertThat(load(new Days(SECOND, SECOND, true)).days()).containsExactly(SECOND);
        assertThat(load(new Days(THIRD, null, true)).days()).containsExactly(THIRD);
        assertThat(load(new Days(null, FIRST, true)).days()).containsExactly(FIRST);
    }

    @Test
    void aManifestWithTheSameTimeAndSizeIsStillSeenToBeNewWhileItIsYoung() throws IOException {
        FileTime now = FileTime.from(Instant.now());
        Files.setLastModifiedTime(folder.resolve(Manifest.key(SECOND)), now);
        load(Days.NEW);
        commit(SECOND, 3);
        Files.setLastModifiedTime(folder.resolve(Manifest.key(SECOND)), now);
        assertThat(load(Days.NEW).days()).containsExactly(SECOND);
    }

    @Test
    void oldManifestsAreNotReadAgain() throws IOException {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(1));
        load(later, Days.NEW);
        // Other bytes of the same size and time are the only way to see whether anybody looks.
        Path manifest = folder.resolve(Manifest.key(SECOND));
        FileTime time = Files.getLastModifiedTime(manifest);
        commit(SECOND, 3);
        Files.setLastModifiedTime(manifest, time);
        assertThat(load(later, Days.NEW).days()).isEmpty();
        Files.setLastModifiedTime(manifest, FileTime.from(time.toInstant().plusSeconds(1)));
        assertThat(load(later, Days.NEW).days()).containsExactly(SECOND);
    }

    @Test
    void aCopiedLakeIsNotLoadedAgain() throws IOException {
        load(Days.NEW);
        for (LocalDate date : List.of(FIRST, SECOND, THIRD)) {
            Files.setLastModifiedTime(folder.resolve(Manifest.key(date)), FileTime.from(Instant.EPOCH));
        }
        assertThat(load(Days.NEW).days()).isEmpty();
    }

    @Test
    void otherTablesGetEverything() throws IOException {
        load(Days.NEW);
        warehouse.target = "two";
        assertThat(load(Days.NEW).days()).hasSize(3);
        assertThat(load(Days.NEW).days()).isEmpty();
    }

    @Test
    void whatWasLoadedBeforeAFailureIsNotLoadedAgain() throws IOException {
        warehouse.failure = new WarehouseException(WarehouseException.Kind.UNAVAILABLE, "is away", null);
        assertThatThrownBy(() -> load(Days.NEW)).hasMessage("is away");
        warehouse.failure = null;
        warehouse.taken();
        assertThat(load(Days.NEW).days()).containsExactly(SECOND, THIRD);
    }

    @Test
    void aDayThatCannotBeReadCostsOnlyItself() throws IOException {
        warehouse.failure = new DayException("is broken");
        Result result = load(Days.NEW);
        assertThat(result.days()).containsExactly(FIRST, THIRD);
        assertThat(result.failures()).containsExactly("Day 2026-11-20: is broken");
        assertThat(result.countsBroke()).isFalse();
        store.put(Manifest.key(THIRD), new byte[] {'{'});
        assertThat(load(Days.NEW).failures().get(1)).contains("2026-11-21.json cannot be read", "transform --since");
    }

    @Test
    void rowsThatGetLostAreAFailureWhereverTheyDo() throws IOException {
        warehouse.lost = 1;
        Result lost = load(new Days(FIRST, FIRST, false));
        assertThat(lost.countsBroke()).isTrue();
        assertThat(lost.failures().get(0)).contains("took 1 rows of songs", "says 2");
        warehouse.lost = 0;
        files.replaceAll((file, rows) -> 1L);
        Result fewer = load(Days.NEW);
        assertThat(fewer.countsBroke()).isTrue();
        assertThat(fewer.failures())
                .hasSize(3)
                .allMatch(failure -> failure.contains("has 1 rows, its manifest says 2"));
        assertThat(fewer.days()).isEmpty();
    }

    @Test
    void aDayCommittedAgainMeanwhileIsLoadedAgain() throws IOException {
        warehouse.meanwhile = () -> {
            warehouse.meanwhile = () -> {};
            commit(FIRST, 5);
        };
        assertThat(load(Days.NEW)).isEqualTo(new Result(List.of(FIRST, SECOND, THIRD), 9, List.of(), false));
        assertThat(warehouse.taken()).containsExactly(FIRST, FIRST, SECOND, THIRD);
        assertThat(load(Days.NEW).days()).isEmpty();
    }

    @Test
    void daysComeTogetherUpToTheRowsThatTheWarehouseTakes() throws IOException {
        LocalDate fourth = THIRD.plusDays(1);
        LocalDate fifth = THIRD.plusDays(2);
        commit(fourth, 9);
        commit(fifth, 1);
        warehouse.together = 4;
        assertThat(load(Days.NEW))
                .isEqualTo(new Result(List.of(FIRST, SECOND, THIRD, fourth, fifth), 16, List.of(), false));
        assertThat(warehouse.calls)
                .containsExactly(List.of(FIRST, SECOND), List.of(THIRD), List.of(fourth), List.of(fifth));
        assertThat(load(Days.NEW).days()).isEmpty();
    }

    @Test
    void daysComeByThemselvesToAWarehouseThatDoesNotTakeSeveral() throws IOException {
        commit(SECOND, 0);
        commit(THIRD, 0);
        load(Days.NEW);
        assertThat(warehouse.calls).containsExactly(List.of(FIRST), List.of(SECOND), List.of(THIRD));
    }

    @Test
    void atMostAMonthComesTogether() throws IOException {
        for (int i = 0; i < 37; i++) {
            commit(THIRD.plusDays(1 + i), 1);
        }
        warehouse.together = 1_000_000;
        assertThat(load(Days.NEW).days()).hasSize(40);
        assertThat(warehouse.calls).extracting(List::size).containsExactly(31, 9);
    }

    @Test
    void aDayThatFailsAmongSeveralCostsOnlyItself() throws IOException {
        warehouse.together = 100;
        warehouse.failure = new DayException("is broken");
        LocalDate fourth = THIRD.plusDays(1);
        store.put(Manifest.key(fourth), new byte[] {'{'});
        Result result = load(Days.NEW);
        assertThat(result.days()).containsExactly(FIRST, THIRD);
        assertThat(warehouse.taken()).containsExactly(FIRST, THIRD);
        assertThat(result.rows()).isEqualTo(4);
        assertThat(result.failures()).hasSize(2).first().isEqualTo("Day 2026-11-20: is broken");
        assertThat(result.failures().get(1)).startsWith("Day 2026-11-22: ");
        warehouse.failure = null;
        assertThat(load(Days.NEW).days()).containsExactly(SECOND);
    }

    @Test
    void rowsThatGetLostAmongSeveralDaysAreAFailure() throws IOException {
        warehouse.together = 100;
        warehouse.lost = 1;
        Result lost = load(Days.NEW);
        assertThat(lost.countsBroke()).isTrue();
        assertThat(lost.days()).isEmpty();
        assertThat(lost.failures())
                .hasSize(3)
                .allMatch(failure -> failure.contains("took 1 rows of songs, the day's manifest says 2"));
    }

    @Test
    void aDayCommittedAgainAmongSeveralIsLoadedAsItIsNow() throws IOException {
        warehouse.together = 100;
        warehouse.meanwhile = () -> {
            warehouse.meanwhile = () -> {};
            commit(THIRD, 5);
        };
        assertThat(load(Days.NEW)).isEqualTo(new Result(List.of(FIRST, SECOND, THIRD), 9, List.of(), false));
        assertThat(warehouse.calls.get(0)).containsExactly(FIRST, SECOND, THIRD);
        assertThat(load(Days.NEW).days()).isEmpty();
    }

    @Test
    void aDayThatIsAlwaysCommittedAgainIsGivenUp() throws IOException {
        warehouse.together = 100;
        long[] songs = {2};
        warehouse.meanwhile = () -> commit(FIRST, ++songs[0]);
        Result result = load(new Days(null, SECOND, false));
        assertThat(result.days()).containsExactly(SECOND);
        assertThat(result.failures())
                .singleElement()
                .asString()
                .startsWith("Day 2026-11-19: ")
                .contains("committed again");
    }

    @Test
    void filesThatAreNotAsCommittedAreNamedWithTheCure() throws IOException {
        String cure =
                "Run ./chartlake transform --since " + SECOND + " --until " + SECOND + " --all --lake " + folder + ".";
        Path file = folder.resolve(Table.SONGS.partition(SECOND) + "part-0.parquet");
        Files.write(file, new byte[] {1});
        Result damaged = load(Days.NEW);
        assertThat(damaged.days()).containsExactly(FIRST, THIRD);
        assertThat(damaged.failures())
                .singleElement()
                .asString()
                .contains("part-0.parquet is damaged: ")
                .endsWith(cure);
        Files.delete(file);
        assertThat(load(Days.NEW).failures())
                .singleElement()
                .asString()
                .isEqualTo(
                        "Day " + SECOND + ": " + Table.SONGS.partition(SECOND) + "part-0.parquet is missing. " + cure);
        commit(SECOND, 2);
        assertThat(load(Days.NEW).days()).containsExactly(SECOND);
        Files.delete(folder.resolve(Manifest.key(SECOND)));
        assertThat(load(Days.NEW).failures())
                .singleElement()
                .asString()
                .contains(Manifest.key(SECOND) + " is missing, although the day has tables. " + cure);
        Files.delete(file);
        assertThat(load(Days.NEW)).isEqualTo(new Result(List.of(), 0, List.of(), false));
    }

    @Test
    void aCursorThatCannotBeReadIsNone() throws IOException {
        load(Days.NEW);
        store.put(
                "_chartlake/loads/fake.json",
                "{\"target\":\"one\",\"2026-11-21\":{\"size\":1".getBytes(StandardCharsets.UTF_8));
        assertThat(load(Days.NEW).days()).hasSize(3);
    }

    private Result load(Days days) throws IOException {
        return load(Clock.systemUTC(), days);
    }

    private Result load(Clock clock, Days days) throws IOException {
        DayTables tables = new DayTables() {
            @Override
            public DayTableRows open(Table table, String file) {
                return rows(files.getOrDefault(file, 0L));
            }

            @Override
            public void close() {}
        };
        return new Loader(store, store, tables, clock).run("fake", warehouse, days, (done, of) -> {});
    }

    private static DayTableRows rows(long count) {
        return new DayTableRows() {
            private long left = count;

            @Override
            public @Nullable List<@Nullable Object> next() {
                return left-- > 0 ? List.of("x") : null;
            }

            @Override
            public void close() {}
        };
    }

    private void commit(LocalDate date, long songs) {
        String file = Table.SONGS.partition(date) + "part-0.parquet";
        files.put(file, songs);
        List<TablePart> parts = Stream.of(Table.values())
                .map(table -> table == Table.SONGS
                        ? new TablePart("songs", songs, file, 1, CRC32C_OF_ZERO)
                        : new TablePart(table.sqlName(), 0, "", 0, ""))
                .toList();
        Manifest manifest = new Manifest(date, List.of(), parts, 0, 0, 0, List.of(), List.of(), List.of());
        try {
            store.put(file, new byte[1]);
            store.put(Manifest.key(date), ManifestFile.write(manifest));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
