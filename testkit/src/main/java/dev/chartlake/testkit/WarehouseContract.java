package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.LakeId;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Loader.Days;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import dev.chartlake.views.Views;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every warehouse of rows with SQL keeps: after any number of loads, in any order, interrupted anywhere, it has exactly
 * the rows of the lake. A subclass says how to open it and how to look into it.
 */
public abstract class WarehouseContract {
    private static final LocalDate FIRST = LocalDate.of(2024, 2, 28);
    private static final int ROWS = 40;

    @TempDir
    Path temporary;

    private Path folder = Path.of("");
    private LakeDays lake = new LakeDays(Path.of(""));

    /** Makes a new, empty place for the tables of one test. */
    protected abstract void empty() throws Exception;

    /** Opens the warehouse. {@code move} allows it to take tables that hold another lake. */
    protected abstract Warehouse open(String lakeId, boolean move) throws IOException;

    /** As {@link #open}, and the {@code number}th thing that is asked of the database, from 1, never gets its answer. */
    protected abstract Warehouse openUntil(String lakeId, int number) throws IOException;

    /** A connection of the tables' user. */
    protected abstract Connection connection() throws SQLException;

    /** What a column of this type is called in a statement that adds one. */
    protected abstract String type(ColumnType type);

    /** The views that it has; one comes after those it reads from. */
    protected List<String> views() {
        return Views.names();
    }

    @BeforeEach
    void emptyLake() throws Exception {
        empty();
        folder = temporary.resolve("lake");
        lake = new LakeDays(folder);
    }

    private static LocalDate day(int number) {
        return FIRST.plusDays(number);
    }

    @Test
    @Thorough
    public void everyValueComesThrough() {
        Seeded.run(Depth.of(1, 20), random -> {
            empty();
            lake = new LakeDays(Files.createTempDirectory(temporary, "lake"));
            for (int i = 0; i < 3; i++) {
                lake.commit(day(i), random, 120);
            }
            assertThat(load(Days.NEW).failures()).isEmpty();
            requireTheLakesRows();
        });
    }

    @Test
    public void aLongListComesThrough() throws Exception {
        lake.commit(day(0), new Random(1), 10_000);
        load(Days.NEW);
        requireTheLakesRows();
    }

    @Test
    public void onlyWhatIsNewIsLoadedAlsoWithoutACursor() throws Exception {
        Random random = new Random(2);
        for (int i = 0; i < 4; i++) {
            lake.commit(day(i), random, ROWS);
        }
        assertThat(load(Days.NEW).days()).hasSize(4);
        assertThat(load(Days.NEW).days()).isEmpty();
        forgetCursors();
        assertThat(load(Days.NEW).days()).isEmpty();
        lake.commit(day(2), random, ROWS);
        forgetCursors();
        assertThat(load(Days.NEW).days()).containsExactly(day(2));
        requireTheLakesRows();
        assertThat(load(new Days(day(1), day(2), true)).days()).containsExactly(day(1), day(2));
        requireTheLakesRows();
    }

    @Test
    public void whatTheWarehouseLostIsLoadedAgainWhateverTheCursorSays() throws Exception {
        lake.commit(day(0), new Random(3), ROWS);
        lake.commit(day(1), new Random(4), ROWS);
        load(Days.NEW);
        execute("DELETE FROM chartlake_days WHERE snapshot_date = '" + day(1) + "'");
        assertThat(load(Days.NEW).days()).containsExactly(day(1));
        empty();
        assertThat(load(Days.NEW).days()).containsExactly(day(0), day(1));
        requireTheLakesRows();
    }

    @Test
    public void aPlanChangesNothingAndIsWhatALoadDoes() throws Exception {
        lake.commit(day(0), new Random(5), ROWS);
        lake.commit(day(1), new Random(6), ROWS);
        String id = LakeId.of(lake.store());
        try (Warehouse warehouse = open(id, false)) {
            assertThat(loader().plan("any", warehouse, Days.NEW))
                    .extracting(Loader.Planned::date)
                    .containsExactly(day(0), day(1));
            assertThat(warehouse.versions().orElseThrow()).isEmpty();
        }
        Loader.Result loaded = load(new Days(day(0), day(0), false));
        try (Warehouse warehouse = open(id, false)) {
            assertThat(loader().plan("any", warehouse, Days.NEW))
                    .extracting(Loader.Planned::date)
                    .containsExactly(day(1));
            assertThat(loader().plan("any", warehouse, new Days(null, day(0), true)))
                    .containsExactly(new Loader.Planned(day(0), loaded.rows()));
        }
    }

    @Test
    @Thorough
    public void interruptedAnywhereAndRunAgainItHasTheLakesRows() throws Exception {
        lake.commit(day(0), new Random(7), ROWS);
        load(Days.NEW);
        for (int i = 0; i < 3; i++) {
            lake.commit(day(i), new Random(8 + i), ROWS);
        }
        Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> before = content();
        boolean interrupted = true;
        int moments = 0;
        for (int number = 1; interrupted; number += Depth.of(7, 1)) {
            try (Warehouse warehouse = openUntil(LakeId.of(lake.store()), number)) {
                loader().run("any", warehouse, Days.NEW, (done, of) -> {});
                interrupted = false;
            } catch (IOException e) {
                moments++;
            }
            requireWholeDays(before);
            forgetCursors();
        }
        assertThat(moments).isGreaterThan(2);
        requireTheLakesRows();
    }

    /** Each day is as before or as it is in the lake, never something in between. */
    private void requireWholeDays(Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> before) throws Exception {
        Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> now = content();
        for (LocalDate date : now.keySet()) {
            assertThat(List.of(lake.rows().get(date), before.getOrDefault(date, Map.of())))
                    .as("%s", date)
                    .anyMatch(state -> WarehouseRows.sorted(state).equals(now.get(date)));
        }
    }

    @Test
    public void twoLoadsAtOnceGiveTheSameRows() throws Exception {
        for (int i = 0; i < 6; i++) {
            lake.commit(day(i), new Random(i), ROWS);
        }
        LakeId.of(lake.store());
        LocalStore copy = copyOfTheLake();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Future<Loader.Result>> results = new ArrayList<>();
            for (LocalStore each : List.of(lake.store(), copy)) {
                Callable<Loader.Result> load = () -> {
                    try (Warehouse warehouse = open(LakeId.of(each), false)) {
                        return new Loader(each, new FileDayTables(each), Clock.systemUTC())
                                .run("any", warehouse, Days.NEW, (done, of) -> {});
                    }
                };
                results.add(threads.submit(load));
            }
            for (Future<Loader.Result> result : results) {
                assertThat(result.get().failures()).isEmpty();
            }
        } finally {
            threads.shutdownNow();
        }
        requireTheLakesRows();
    }

    @Test
    public void aDayCommittedAgainWhileItIsLoadedIsLoadedAsItIsNow() throws Exception {
        lake.commit(day(0), new Random(10), ROWS);
        AtomicBoolean committed = new AtomicBoolean();
        // When the first table's file is open, and the lake is not held any more.
        ObjectStore meanwhile = releasing(lake.store(), () -> {
            if (committed.compareAndSet(false, true)) {
                lake.commit(day(0), new Random(11), ROWS);
            }
        });
        try (Warehouse warehouse = open(LakeId.of(lake.store()), false)) {
            new Loader(meanwhile, new FileDayTables(meanwhile), Clock.systemUTC())
                    .run("any", warehouse, Days.NEW, (done, of) -> {});
        }
        assertThat(committed).isTrue();
        requireTheLakesRows();
    }

    @Test
    @Thorough
    public void aDayCommittedAgainWhileSeveralAreLoadedIsLoadedAsItIsNow() throws Exception {
        long moments = 1;
        for (int moment = 1; moment <= moments; moment += Depth.of(4, 1)) {
            empty();
            lake = new LakeDays(Files.createTempDirectory(temporary, "lake"));
            for (int i = 0; i < 3; i++) {
                lake.commit(day(i), new Random(30 + i), ROWS);
            }
            moments = lake.rows().values().stream()
                    .flatMap(tables -> tables.values().stream())
                    .filter(rows -> !rows.isEmpty())
                    .count();
            int last = moment;
            AtomicInteger seen = new AtomicInteger();
            ObjectStore meanwhile = releasing(lake.store(), () -> {
                if (seen.incrementAndGet() == last) {
                    lake.commit(day(1), new Random(33), ROWS);
                }
            });
            try (Warehouse warehouse = open(LakeId.of(lake.store()), false)) {
                Loader.Result result = new Loader(meanwhile, new FileDayTables(meanwhile), Clock.systemUTC())
                        .run("any", warehouse, Days.NEW, (done, of) -> {});
                assertThat(result.failures()).isEmpty();
            }
            assertThat(seen.get()).isGreaterThanOrEqualTo(last);
            load(Days.NEW); // a day that was loaded before it was committed again
            requireTheLakesRows();
        }
    }

    @Test
    public void aDamagedDayAmongSeveralCostsOnlyItself() throws Exception {
        for (int i = 0; i < 4; i++) {
            lake.commit(day(i), new Random(40 + i), ROWS);
        }
        load(Days.NEW);
        Map<Table, List<List<@Nullable Object>>> before = lake.rows().get(day(2));
        for (int i = 0; i < 5; i++) {
            lake.commit(day(i), new Random(50 + i), ROWS);
        }
        String damaged = "";
        for (ObjectInfo file : lake.store().files(Table.ARTISTS.partition(day(2)))) {
            damaged = file.key();
            Files.write(folder.resolve(damaged), new byte[] {'x'}, StandardOpenOption.APPEND);
        }
        Loader.Result result = load(Days.NEW);
        assertThat(result.days()).containsExactly(day(0), day(1), day(3), day(4));
        assertThat(result.failures())
                .singleElement()
                .asString()
                .startsWith("Day " + day(2) + ": " + damaged + " is damaged");
        lake.rows().put(day(2), before);
        requireTheLakesRows();
    }

    /** What is done between two looks at a lake. */
    private interface Meanwhile {
        void run() throws IOException;
    }

    /** The store, and what is done each time that it is not held any more. */
    private static ObjectStore releasing(ObjectStore store, Meanwhile then) {
        return (ObjectStore) Proxy.newProxyInstance(
                WarehouseContract.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (!method.getName().equals("shared")) {
                            return result;
                        }
                        Closeable held = (Closeable) result;
                        return (Closeable) () -> {
                            held.close();
                            then.run();
                        };
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    public void theDaysOfAnotherLakeAreNotMixedIn() throws Exception {
        lake.commit(day(0), new Random(12), ROWS);
        lake.commit(day(1), new Random(13), ROWS);
        load(Days.NEW);
        Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> before = content();
        lake = new LakeDays(temporary.resolve("other"));
        lake.commit(day(1), new Random(14), ROWS);
        lake.commit(day(2), new Random(15), ROWS);
        assertThatThrownBy(() -> load(Days.NEW))
                .isInstanceOf(WarehouseException.class)
                .hasMessageContaining("another lake")
                .hasMessageContaining("--move");
        assertThat(content()).isEqualTo(before);
        try (Warehouse warehouse = open(LakeId.of(lake.store()), true)) {
            loader().run("any", warehouse, Days.NEW, (done, of) -> {});
        }
        requireTheLakesRows();
        assertThat(load(Days.NEW).days()).isEmpty();
    }

    @Test
    public void aColumnAddedLaterIsAdded() throws Exception {
        lake.commit(day(0), new Random(16), ROWS);
        load(Days.NEW);
        dropViews();
        execute("ALTER TABLE playlist_entries DROP COLUMN label");
        execute("UPDATE chartlake_settings SET value = replace(value, ' label', '')"
                + " WHERE name = 'columns of playlist_entries'");
        execute("DELETE FROM chartlake_settings WHERE name = 'views'");
        lake.commit(day(1), new Random(17), ROWS);
        load(Days.NEW);
        load(new Days(null, null, true));
        requireTheLakesRows();
    }

    @Test
    public void aTableChangedByHandIsRefused() throws Exception {
        lake.commit(day(0), new Random(18), ROWS);
        load(Days.NEW);
        dropViews();
        execute("ALTER TABLE artist_days ADD COLUMN mine " + type(ColumnType.INTEGER));
        requireRefused("artist_days", "mine");
        execute("ALTER TABLE artist_days DROP COLUMN mine");
        execute("ALTER TABLE artist_days DROP COLUMN url");
        requireRefused("artist_days", "has no column url");
        execute("ALTER TABLE artist_days ADD COLUMN url " + type(ColumnType.INTEGER));
        requireRefused("artist_days", "url of type");
    }

    @Test
    public void tablesOfSomebodyElseAreLeftAlone() throws Exception {
        execute("CREATE TABLE playlists (id " + type(ColumnType.INTEGER) + ")");
        execute("INSERT INTO playlists VALUES (7)");
        lake.commit(day(0), new Random(19), ROWS);
        requireRefused("playlists", "has no column");
        try (Connection connection = connection();
                ResultSet rows = connection.createStatement().executeQuery("SELECT id FROM playlists")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getInt(1)).isEqualTo(7);
        }
    }

    private void requireRefused(String... words) {
        assertThatThrownBy(() -> load(Days.NEW))
                .isInstanceOf(WarehouseException.class)
                .satisfies(e -> assertThat(e.getMessage()).contains(words).contains("Nothing was changed"));
    }

    @Test
    public void everyViewIsThereAndTheNewestValuesAreThoseOfTheDays() throws Exception {
        lake.commit(day(0), new Random(20), ROWS);
        lake.commit(day(1), new Random(21), ROWS);
        load(Days.NEW);
        try (Connection connection = connection()) {
            for (String view : views()) {
                try (ResultSet rows = connection.createStatement().executeQuery("SELECT * FROM " + view)) {
                    assertThat(rows.getMetaData().getColumnCount()).isPositive();
                }
            }
            try (ResultSet rows = connection
                    .createStatement()
                    .executeQuery("SELECT count(*), count(DISTINCT artist_id) FROM artists")) {
                rows.next();
                assertThat(rows.getLong(1)).isPositive().isEqualTo(rows.getLong(2));
            }
        }
    }

    /** Loads the lake as it is. */
    protected final Loader.Result load(Days days) throws IOException {
        try (Warehouse warehouse = open(LakeId.of(lake.store()), false)) {
            return loader().run("any", warehouse, days, (done, of) -> {});
        }
    }

    /** The lake of this test. */
    protected final LakeDays lake() {
        return lake;
    }

    private Loader loader() {
        return new Loader(lake.store(), new FileDayTables(lake.store()), Clock.systemUTC());
    }

    private void forgetCursors() throws IOException {
        lake.store().delete("_chartlake/loads/any.json");
    }

    private LocalStore copyOfTheLake() throws IOException {
        Path copy = temporary.resolve("copy");
        try (var files = Files.walk(folder)) {
            files.forEach(file -> {
                try {
                    Path to = copy.resolve(folder.relativize(file));
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(to);
                    } else {
                        Files.copy(file, to);
                    }
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return new LocalStore(copy);
    }

    private void dropViews() throws SQLException {
        List<String> names = new ArrayList<>(views());
        for (int i = names.size() - 1; i >= 0; i--) {
            execute("DROP VIEW " + names.get(i));
        }
        execute("DELETE FROM chartlake_settings WHERE name = 'views'");
    }

    /** Executes one statement. */
    protected final void execute(String sql) throws SQLException {
        try (Connection connection = connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Compares all tables with the lake, row by row. */
    protected final void requireTheLakesRows() throws Exception {
        Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> expected = new TreeMap<>();
        lake.rows().forEach((date, tables) -> {
            if (tables.values().stream().anyMatch(rows -> !rows.isEmpty())) {
                expected.put(date, WarehouseRows.sorted(tables));
            }
        });
        Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> found = content();
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        for (LocalDate date : expected.keySet()) {
            for (Table table : Table.values()) {
                assertThat(found.getOrDefault(date, Map.of()).get(table))
                        .as("%s %s", date, table)
                        .isEqualTo(expected.getOrDefault(date, Map.of()).get(table));
            }
        }
    }

    private Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> content() throws SQLException {
        try (Connection connection = connection()) {
            return WarehouseRows.of(connection, reading());
        }
    }

    /** How its driver gives dates and times. */
    protected WarehouseRows.Reading reading() {
        return new WarehouseRows.Reading() {};
    }
}
