package dev.chartlake.warehouse.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.LoadDay;
import dev.chartlake.model.Table;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.testkit.LakeDays;
import dev.chartlake.testkit.WarehouseRows;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import dev.chartlake.views.Views;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mozilla.javascript.RhinoException;

/**
 * The statements of {@code deploy/snowflake} load what the log of commits brings, whatever becomes of its deliveries: the rows
 * of the lake. The statements and the procedure are executed as they are, on another engine.
 */
class AutomaticLoadTest {
    private static final LocalDate FIRST = LocalDate.of(2024, 2, 28);
    private static final ProcedureRun.Before NOTHING = (number, sql) -> {};

    @TempDir
    Path temporary;

    private LakeDays lake = new LakeDays(Path.of(""));
    private @Nullable SnowflakeEngine snowflake;
    private final List<String> delivered = new ArrayList<>();

    @BeforeEach
    void emptyLake() throws Exception {
        close();
        Path folder = Files.createTempDirectory(temporary, "lake");
        lake = new LakeDays(folder);
        delivered.clear();
        snowflake = new SnowflakeEngine(folder, temporary.resolve("user"));
        deploy();
    }

    @AfterEach
    void close() throws Exception {
        if (snowflake != null) {
            snowflake.close();
        }
    }

    private SnowflakeEngine snowflake() {
        if (snowflake == null) {
            throw new IllegalStateException("No engine");
        }
        return snowflake;
    }

    /** What connects the account, and the first load of the log, are not for this engine. */
    private void deploy() throws Exception {
        try (SnowflakeSession session = snowflake().session()) {
            for (String file : List.of("2-tables.sql", "3-pipe.sql", "4-task.sql", "5-views.sql")) {
                for (String statement :
                        SqlFile.statements(SnowflakeScripts.all().getOrDefault(file, ""))) {
                    if (!statement.startsWith("COPY INTO chartlake_commits") && !statement.startsWith("CALL ")) {
                        session.execute(statement, List.of());
                    }
                }
            }
        }
    }

    private List<String> undelivered() throws Exception {
        List<String> keys = new ArrayList<>();
        for (ObjectInfo info : lake.store().list(CommitLog.ROOT)) {
            keys.add(info.key());
        }
        keys.removeAll(delivered);
        return keys;
    }

    /** As the pipe does. */
    private void deliver(String key) throws Exception {
        try (Connection connection = snowflake().inside();
                var insert = connection.prepareStatement("INSERT INTO chartlake_commits VALUES (?, ?)")) {
            insert.setString(1, Files.readString(lake.store().root().resolve(key)));
            insert.setString(2, key);
            insert.executeUpdate();
        }
        delivered.add(key);
    }

    private void deliverAll() throws Exception {
        for (String key : undelivered()) {
            deliver(key);
        }
    }

    private String load(ProcedureRun.Before before) throws Exception {
        try (SnowflakeSession session = snowflake().session()) {
            return new ProcedureRun(session, before).run();
        }
    }

    /** As the two tasks: each runs if its stream has data, and a failure is only noted. */
    private void tasks() throws Exception {
        if (snowflake().hasData("chartlake_new_commits") || snowflake().hasData("chartlake_new_failures")) {
            try {
                load(NOTHING);
            } catch (RhinoException e) {
                assertThat(e.getMessage()).contains("failed; chartlake_failures says why");
            }
        }
    }

    private void requireTheLakesRows() throws Exception {
        Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> expected = new TreeMap<>();
        lake.rows().forEach((date, tables) -> {
            if (tables.values().stream().anyMatch(rows -> !rows.isEmpty())) {
                expected.put(date, WarehouseRows.sorted(tables));
            }
        });
        try (Connection connection = snowflake().inside()) {
            requireRows(WarehouseRows.of(connection, new WarehouseRows.Reading() {}), expected);
            for (LocalDate date : lake.rows().keySet()) {
                LoadDay day = LoadDay.read(lake.store(), new FileDayTables(lake.store()), date)
                        .orElseThrow();
                try (var rows = connection
                        .createStatement()
                        .executeQuery(
                                "SELECT version, row_count FROM chartlake_days WHERE snapshot_date = '" + date + "'")) {
                    assertThat(rows.next()).as("day " + date).isTrue();
                    assertThat(rows.getString(1)).isEqualTo(day.version());
                    assertThat(rows.getLong(2)).isEqualTo(day.rows());
                    assertThat(rows.next()).as("day " + date + " twice").isFalse();
                }
            }
        }
    }

    /** Table by table: whole days are too long to be read. */
    private void requireRows(
            Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> loaded,
            Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> expected)
            throws Exception {
        assertThat(loaded.keySet()).as("days; " + said()).isEqualTo(expected.keySet());
        for (Map.Entry<LocalDate, Map<Table, List<List<@Nullable Object>>>> day : expected.entrySet()) {
            Map<Table, List<List<@Nullable Object>>> tables = loaded.getOrDefault(day.getKey(), Map.of());
            for (Table table : Table.values()) {
                assertThat(tables.get(table))
                        .as(table + " of " + day.getKey() + "; " + said())
                        .isEqualTo(day.getValue().get(table));
            }
        }
    }

    /** What the procedure has written of each day that it loaded, and of each that it could not load. */
    private String said() throws Exception {
        StringBuilder said = new StringBuilder();
        try (Connection connection = snowflake().inside();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT snapshot_date || ' has ' || version FROM chartlake_days"
                        + " UNION ALL SELECT concat_ws(' ', snapshot_date, commit_name, message) FROM chartlake_failures"
                        + " UNION ALL SELECT 'delivered ' || file FROM chartlake_commits")) {
            while (rows.next()) {
                said.append(rows.getString(1)).append('\n');
            }
        }
        return said.append("undelivered ").append(undelivered()).toString();
    }

    private long failures() throws Exception {
        try (Connection connection = snowflake().inside();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM chartlake_failures")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Test
    void whatIsCommittedIsLoadedOnce() throws Exception {
        for (int i = 0; i < 3; i++) {
            lake.commit(FIRST.plusDays(i), new Random(i), 40);
        }
        deliverAll();
        assertThat(load(NOTHING)).isEqualTo("3 days loaded");
        requireTheLakesRows();
        assertThat(snowflake().hasData("chartlake_new_commits")).isFalse();
        assertThat(load((number, sql) -> assertThat(sql).doesNotStartWith("COPY")))
                .isEqualTo("0 days loaded");
        lake.commit(FIRST.plusDays(1), new Random(9), 40);
        deliverAll();
        assertThat(snowflake().hasData("chartlake_new_commits")).isTrue();
        assertThat(load(NOTHING)).isEqualTo("1 days loaded");
        requireTheLakesRows();
        assertThat(failures()).isZero();
    }

    @Test
    @Thorough
    void anyDeliveriesGiveTheLakesRows() {
        Seeded.run(Depth.of(3, 40), random -> {
            emptyLake();
            int days = 1 + random.nextInt(4);
            for (int step = 0; step < 20; step++) {
                switch (random.nextInt(5)) {
                    case 0, 1 -> lake.commit(FIRST.plusDays(random.nextInt(days)), random, 12);
                    case 2 -> {
                        List<String> keys = undelivered();
                        if (!keys.isEmpty()) {
                            deliver(keys.get(random.nextInt(keys.size()))); // late ones come in any order
                        }
                    }
                    case 3 -> {
                        if (!delivered.isEmpty()) {
                            deliver(delivered.get(random.nextInt(delivered.size()))); // again
                        }
                    }
                    default -> tasks();
                }
            }
            deliverAll();
            tasks();
            tasks(); // an hour later
            requireTheLakesRows();
        });
    }

    /** Wherever the procedure is ended, and whatever is committed meanwhile, the next ones put it right. */
    @Test
    @Thorough
    void interruptedAnywhereItIsPutRight() throws Exception {
        Random random = new Random(4);
        lake.commit(FIRST, random, 20);
        lake.commit(FIRST.plusDays(1), random, 20);
        deliverAll();
        load(NOTHING);
        boolean ended = false;
        for (int step = Depth.of(20, 5), stop = 1 + random.nextInt(step); !ended; stop += step) {
            int last = stop;
            boolean commits = random.nextBoolean();
            lake.commit(FIRST, random, 20);
            lake.commit(FIRST.plusDays(1), random, 20);
            deliverAll();
            try {
                load((number, sql) -> {
                    if (number == last && commits) {
                        lake.commit(FIRST, random, 20);
                    } else if (number == last) {
                        throw new SnowflakeFailure(604, "57014", "SQL execution canceled");
                    }
                });
                ended = !commits;
            } catch (RhinoException e) {
                // A day failed, or all did.
            }
            deliverAll();
            tasks();
            tasks();
            load(NOTHING);
            requireTheLakesRows();
            ended |= stop > 400;
        }
    }

    @Test
    void aDamagedDayKeepsNobodyFromBeingLoadedAndIsLoadedWhenItIsMended() throws Exception {
        for (int i = 0; i < 3; i++) {
            lake.commit(FIRST.plusDays(i), new Random(i + 20), 40);
        }
        deliverAll();
        String file = lake.store()
                .list(Table.PLAYLIST_ENTRIES.partition(FIRST.plusDays(1)))
                .get(0)
                .key();
        Path path = lake.store().root().resolve(file);
        byte[] whole = Files.readAllBytes(path);
        for (String damage : List.of("gone", "short")) {
            Files.deleteIfExists(path);
            if (damage.equals("short")) {
                Files.write(path, java.util.Arrays.copyOf(whole, whole.length - 1));
            }
            assertThatThrownBy(() -> load(NOTHING))
                    .isInstanceOf(RhinoException.class)
                    .hasMessageContaining("1 failed; chartlake_failures says why. The first: 2024-02-29: "
                            + file.substring("transformed_data/".length()));
        }
        try (Connection connection = snowflake().inside();
                var rows = connection.createStatement().executeQuery("SELECT count(*) FROM chartlake_days")) {
            rows.next();
            assertThat(rows.getLong(1)).isEqualTo(2);
        }
        Files.write(path, whole);
        assertThat(snowflake().hasData("chartlake_new_failures")).isTrue();
        tasks();
        requireTheLakesRows();
        assertThat(snowflake().hasData("chartlake_new_failures")).isFalse();
    }

    /** A file of the same size, with as many rows: neither shows it. */
    @Test
    void aFileReplacedWhileItIsReadIsNoticed() throws Exception {
        lake.commit(FIRST, new Random(31), 40);
        deliverAll();
        Path path = lake.store()
                .root()
                .resolve(lake.store().list(Table.SONGS.partition(FIRST)).get(0).key());
        byte[] whole = Files.readAllBytes(path);
        assertThatThrownBy(() -> load((number, sql) -> {
                    if (sql.startsWith("COPY INTO song_days")) {
                        byte[] other = whole.clone();
                        other[other.length / 2] ^= 1;
                        Files.write(path, other);
                    } else if (sql.startsWith("COPY INTO artist_days")) {
                        Files.write(path, other(whole));
                    }
                }))
                .isInstanceOf(RhinoException.class)
                .hasMessageContaining("1 failed");
        Files.write(path, whole);
        tasks();
        requireTheLakesRows();
    }

    private static byte[] other(byte[] whole) {
        byte[] other = whole.clone();
        other[other.length - 1] ^= 1;
        return other;
    }

    /** The names of files become part of statements. */
    @Test
    void aCommitThatNamesAnythingElseIsRefused() throws Exception {
        lake.commit(FIRST, new Random(41), 40);
        String key = undelivered().get(0);
        Path path = lake.store().root().resolve(key);
        String manifest = Files.readString(path);
        for (String name : List.of(
                "transformed_data/song_data/snapshot_date=2024-02-28/part-0.parquet') --",
                "transformed_data/../raw_data/x.parquet",
                "transformed_data/song_data/snapshot_date=2024-02-27/part-0.parquet")) {
            Files.writeString(path, manifest.replaceFirst("transformed_data/song_data/[^\"]*", name));
            emptyCommits();
            deliver(key);
            assertThatThrownBy(() -> load((number, sql) -> assertThat(sql).doesNotContain("LIST '@chartlake_lake/.")))
                    .hasMessageContaining("the commit names a file " + name);
        }
        emptyCommits();
        Files.writeString(path, manifest);
        deliver(key);
        load(NOTHING);
        requireTheLakesRows();
    }

    private void emptyCommits() throws Exception {
        try (Connection connection = snowflake().inside()) {
            connection.createStatement().execute("DELETE FROM chartlake_commits");
        }
    }

    @Test
    void whatElseLiesInTheLogIsLeftAlone() throws Exception {
        lake.commit(FIRST, new Random(51), 40);
        for (String name : List.of("notes.json", "20261128T031500123Z-zzzzzzzz.json")) {
            lake.store().put(CommitLog.ROOT + FIRST + "/" + name, new byte[] {'{', '}'});
        }
        lake.store().put(CommitLog.ROOT + "lost/20261128T031500123Z-00000000.json", new byte[] {'{', '}'});
        deliverAll();
        load(NOTHING);
        requireTheLakesRows();
    }

    @Test
    void everythingCanBeExecutedAgain() throws Exception {
        lake.commit(FIRST, new Random(61), 40);
        deliverAll();
        load(NOTHING);
        deploy();
        requireTheLakesRows();
        try (Connection connection = snowflake().inside()) {
            for (String view : Views.names()) {
                try (var rows = connection.createStatement().executeQuery("SELECT * FROM " + view)) {
                    assertThat(rows.getMetaData().getColumnCount()).isPositive();
                }
            }
        }
    }
}
