package dev.chartlake.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.rows.TableRows;
import dev.chartlake.testkit.RandomRows;
import dev.chartlake.text.Strings;
import dev.chartlake.trials.Seeded;
import dev.chartlake.views.Views;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** DuckDB reads from our files the rows that we wrote. */
class ParquetTest {
    @TempDir
    Path folder;

    private interface Trial {
        void run(Random random, Connection duckDb) throws Exception;
    }

    private static void seeded(Trial trial) throws Exception {
        try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                var statement = duckDb.createStatement()) {
            statement.execute("SET threads = 2");
            Seeded.run(random -> trial.run(random, duckDb));
        }
    }

    private static byte[] bytes(TableFormat format, Table table, TableRows... parts) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var writer = format.open(table, out)) {
            for (var part : parts) {
                writer.write(part, IntStream.range(0, part.size()).toArray());
            }
        }
        return out.toByteArray();
    }

    private String parquet(Table table, TableRows... parts) throws IOException {
        var file = Files.createTempFile(folder, table.sqlName(), ".parquet");
        Files.write(file, bytes(new ParquetFormat(), table, parts));
        return "read_parquet('" + file + "')";
    }

    /** Dates and times as numbers, so that no conversion hides an error. */
    private static String select(Table table) {
        return table.columns().stream()
                .map(column -> switch (column.type()) {
                    case DATE -> column.name() + " - DATE '1970-01-01'";
                    case TIMESTAMP -> "epoch_us(" + column.name() + ")";
                    default -> column.name();
                })
                .collect(Collectors.joining(", ", "SELECT ", " FROM "));
    }

    private static List<List<@Nullable Object>> query(Connection duckDb, String sql) throws SQLException {
        try (var statement = duckDb.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<List<@Nullable Object>>();
            while (result.next()) {
                rows.add(row(result));
            }
            return rows;
        }
    }

    private static List<@Nullable Object> row(ResultSet result) throws SQLException {
        var row = new ArrayList<@Nullable Object>();
        for (int c = 1; c <= result.getMetaData().getColumnCount(); c++) {
            var value = result.getObject(c);
            row.add(value instanceof Integer number ? (Object) number.longValue() : value);
        }
        return row;
    }

    private static List<List<@Nullable Object>> expected(TableRows... parts) {
        var all = new ArrayList<List<@Nullable Object>>();
        for (var rows : parts) {
            for (int row = 0; row < rows.size(); row++) {
                var values = new ArrayList<@Nullable Object>();
                for (int c = 0; c < rows.table().columns().size(); c++) {
                    values.add(RandomRows.value(rows, c, row));
                }
                all.add(values);
            }
        }
        return all;
    }

    private static void same(List<List<@Nullable Object>> found, List<List<@Nullable Object>> expected) {
        for (int i = 0; i < Math.min(found.size(), expected.size()); i++) {
            if (!found.get(i).equals(expected.get(i))) {
                assertThat(found.get(i)).as("row %d", i).isEqualTo(expected.get(i));
            }
        }
        assertThat(found).hasSameSizeAs(expected);
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void readsTheSameRows(Table table) throws Exception {
        seeded((random, duckDb) -> {
            for (int size : new int[] {1, 2, 7, 8, 9, 63, 64, 65, 1_000, 5_000}) {
                for (int n = 0; n < 4; n++) {
                    var rows = RandomRows.any(random).of(table, size);
                    same(query(duckDb, select(table) + parquet(table, rows)), expected(rows));
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Table.class)
    void hasTheTypesThatAreDeclared(Table table) throws Exception {
        seeded((random, duckDb) -> {
            var file = parquet(table, RandomRows.any(random).of(table, 3));
            var columns = query(duckDb, "SELECT column_name, column_type FROM (DESCRIBE FROM " + file + ")");
            assertThat(columns)
                    .isEqualTo(table.columns().stream()
                            .map(column -> List.of(column.name(), type(column)))
                            .toList());
            var optional = query(
                    duckDb,
                    "SELECT name FROM " + file.replace("read_parquet", "parquet_schema")
                            + " WHERE repetition_type = 'OPTIONAL'");
            assertThat(optional)
                    .isEqualTo(table.columns().stream()
                            .filter(column -> !column.required())
                            .map(column -> List.of(column.name()))
                            .toList());
        });
    }

    private static String type(Column column) {
        return column.type() == ColumnType.TEXT ? "VARCHAR" : column.type().name();
    }

    @Test
    void aFileWithoutRowsIsAFile() throws Exception {
        seeded((random, duckDb) -> {
            for (var table : Table.values()) {
                assertThat(query(duckDb, select(table) + parquet(table))).isEmpty();
                assertThat(query(duckDb, select(table) + parquet(table, new TableRows(table, new Strings()))))
                        .isEmpty();
            }
        });
    }

    /** Pieces may come from several days or lists, each with its own texts; nothing of one may stay for the next. */
    @Test
    void piecesFollowEachOther() throws Exception {
        seeded((random, duckDb) -> {
            for (int n = 0; n < 10; n++) {
                var parts = new TableRows[1 + random.nextInt(5)];
                for (int i = 0; i < parts.length; i++) {
                    parts[i] = RandomRows.any(random).of(Table.SONGS, random.nextInt(300));
                }
                same(query(duckDb, select(Table.SONGS) + parquet(Table.SONGS, parts)), expected(parts));
            }
        });
    }

    /** The rows come in the order that the writer is told, which need not be theirs. */
    @Test
    void theOrderIsTheWriters() throws Exception {
        seeded((random, duckDb) -> {
            var rows = RandomRows.any(random).of(Table.ALBUMS, 1_000);
            var order = new ArrayList<>(IntStream.range(0, 1_000).boxed().toList());
            Collections.shuffle(order, random);
            var out = new ByteArrayOutputStream();
            try (var writer = new ParquetFormat().open(Table.ALBUMS, out)) {
                writer.write(rows, order.stream().mapToInt(i -> i).toArray());
            }
            var file = Files.write(folder.resolve("ordered.parquet"), out.toByteArray());
            var all = expected(rows);
            same(
                    query(duckDb, select(Table.ALBUMS) + "read_parquet('" + file + "')"),
                    order.stream().map(all::get).toList());
        });
    }

    @Test
    void equalRowsAreEqualBytes() {
        Seeded.run(random -> {
            long seed = random.nextLong();
            for (var table : Table.values()) {
                for (var format : List.of(new ParquetFormat(), new CsvFormat())) {
                    var first = bytes(
                            format, table, RandomRows.plain(new Random(seed)).of(table, 2_000));
                    var second = bytes(
                            format, table, RandomRows.plain(new Random(seed)).of(table, 2_000));
                    assertThat(first).isEqualTo(second);
                }
            }
        });
    }

    /** Statistics let readers pass over groups; a wrong one would hide rows. */
    @ParameterizedTest
    @EnumSource(Table.class)
    void filtersFindWhatIsThere(Table table) throws Exception {
        seeded((random, duckDb) -> {
            var parts = new TableRows[] {
                RandomRows.any(random).of(table, 200),
                RandomRows.any(random).of(table, 1),
                RandomRows.any(random).of(table, 400)
            };
            var file = parquet(table, parts);
            var all = expected(parts);
            for (int c = 0; c < table.columns().size(); c++) {
                filter(duckDb, file, table.columns().get(c), c, all, random);
            }
        });
    }

    private static void filter(
            Connection duckDb, String file, Column column, int c, List<List<@Nullable Object>> all, Random random)
            throws SQLException {
        var known = new ArrayList<Object>();
        all.stream()
                .map(row -> row.get(c))
                .filter(Objects::nonNull)
                .forEach(value -> known.add(Objects.requireNonNull(value)));
        assertThat(count(duckDb, file, column.name() + " IS NULL")).isEqualTo((long) all.size() - known.size());
        if (known.isEmpty() || column.type() == ColumnType.BOOLEAN) {
            for (boolean value : new boolean[] {true, false}) {
                long expected =
                        known.stream().filter(each -> each.equals(value)).count();
                assertThat(column.type() == ColumnType.BOOLEAN ? count(duckDb, file, column.name() + " = " + value) : 0)
                        .isEqualTo(expected);
            }
            return;
        }
        Comparator<Object> order = ParquetTest::compare;
        known.sort(order);
        var few = new HashSet<>(List.of(0, known.size() - 1));
        for (int i = 0; i < 6; i++) {
            few.add(random.nextInt(known.size()));
        }
        for (int i : few) {
            var value = known.get(i);
            var other = known.get(random.nextInt(known.size()));
            var least = order.compare(value, other) <= 0 ? value : other;
            var most = least == value ? other : value;
            check(
                    duckDb,
                    file,
                    column,
                    "= %s",
                    known.stream()
                            .filter(each -> order.compare(each, value) == 0)
                            .count(),
                    value);
            check(
                    duckDb,
                    file,
                    column,
                    "< %s",
                    known.stream()
                            .filter(each -> order.compare(each, value) < 0)
                            .count(),
                    value);
            check(
                    duckDb,
                    file,
                    column,
                    ">= %s",
                    known.stream()
                            .filter(each -> order.compare(each, value) >= 0)
                            .count(),
                    value);
            check(
                    duckDb,
                    file,
                    column,
                    "BETWEEN %s AND %s",
                    known.stream()
                            .filter(each -> order.compare(each, least) >= 0 && order.compare(each, most) <= 0)
                            .count(),
                    least,
                    most);
        }
    }

    private static int compare(Object a, Object b) {
        return a instanceof Long number
                ? Long.compare(number, (Long) b)
                : Arrays.compareUnsigned(
                        ((String) a).getBytes(StandardCharsets.UTF_8), ((String) b).getBytes(StandardCharsets.UTF_8));
    }

    private static void check(
            Connection duckDb, String file, Column column, String condition, long rows, Object... values)
            throws SQLException {
        var literals = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            literals[i] = literal(column.type(), values[i]);
        }
        var where = column.name() + " " + String.format(condition, literals);
        assertThat(count(duckDb, file, where)).as(where).isEqualTo(rows);
    }

    private static String literal(ColumnType type, Object value) {
        return switch (type) {
            case TEXT -> "'" + ((String) value).replace("'", "''") + "'";
            case DATE -> "(DATE '1970-01-01' + CAST(" + value + " AS INTEGER))";
            case TIMESTAMP -> "make_timestamp(" + value + ")";
            default -> value.toString();
        };
    }

    private static long count(Connection duckDb, String file, String where) throws SQLException {
        var rows = query(duckDb, "SELECT count(*) FROM " + file + " WHERE " + where);
        return (Long) Objects.requireNonNull(rows.get(0).get(0));
    }

    /** Eight groups of rows. Compared inside DuckDB, which is faster than value by value. */
    @Test
    void largeFilesHaveSeveralGroups() throws Exception {
        seeded((random, duckDb) -> {
            int size = 300_000;
            var rows = new TableRows(Table.PLAYLIST_ENTRIES, new Strings());
            int source = rows.strings().intern("spotify-web-api");
            for (int i = 0; i < size; i++) {
                int row = rows.add();
                rows.set(row, 0, source);
                rows.set(row, 1, rows.strings().intern("list" + i / 10_000));
                rows.set(row, 2, i / 10_000 * 1_000_000L);
                rows.set(row, 3, i % 10_000 + 1);
                rows.set(row, 4, source);
                rows.set(row, 5, rows.strings().intern("uri" + i));
                rows.set(row, 6, i % 3 == 0 ? Strings.NULL : rows.strings().intern("song" + i % 70_000));
                rows.set(row, 11, i % 5 == 0 ? TableRows.NO_LONG : i * 3_000_000_000L);
            }
            var file = parquet(Table.PLAYLIST_ENTRIES, rows);
            assertThat(query(
                            duckDb,
                            "SELECT count(DISTINCT row_group_id) FROM "
                                    + file.replace("read_parquet", "parquet_metadata")))
                    .isEqualTo(List.of(List.of(8L)));
            var model = "SELECT 'spotify-web-api' AS source, 'list' || (i // 10000) AS playlist_id,"
                    + " make_timestamp(i // 10000 * 1000000) AS observed_at, CAST(i % 10000 + 1 AS INTEGER) AS position,"
                    + " 'spotify-web-api' AS kind, 'uri' || i AS item_uri,"
                    + " CASE WHEN i % 3 = 0 THEN NULL ELSE 'song' || (i % 70000) END AS song_id,"
                    + " NULL AS song_name, NULL AS artist_names, NULL AS added_at, NULL AS added_by,"
                    + " CASE WHEN i % 5 = 0 THEN NULL ELSE i * 3000000000 END AS streams,"
                    + " NULL AS reported_peak, NULL AS reported_previous, NULL AS reported_periods, NULL AS label FROM range("
                    + size + ") AS t(i)";
            assertThat(query(duckDb, "SELECT count(*) FROM " + file)).isEqualTo(List.of(List.of((long) size)));
            assertThat(query(duckDb, "SELECT count(*) FROM (FROM " + file + " EXCEPT ALL (" + model + "))"))
                    .isEqualTo(List.of(List.of(0L)));
            assertThat(count(duckDb, file, "item_uri = 'uri123456'")).isEqualTo(1);
            assertThat(count(duckDb, file, "streams BETWEEN 899999999999999 AND 9000000000000000"))
                    .isEqualTo(IntStream.range(0, size)
                            .filter(i -> i % 5 != 0 && i * 3_000_000_000L >= 899_999_999_999_999L)
                            .count());
        });
    }

    /** Nulls and empty texts, quotes, line ends: read through our views. */
    @ParameterizedTest
    @EnumSource(Table.class)
    void csvSaysTheSame(Table table) throws Exception {
        seeded((random, duckDb) -> {
            for (int n = 0; n < 4; n++) {
                var rows = RandomRows.plain(random).of(table, 1 + random.nextInt(400));
                var lake = new LakeFolder(Files.createTempDirectory(folder, "lake"));
                Files.write(lake.file(table, "2026-11-21", "part-0.csv"), bytes(new CsvFormat(), table, rows));
                lake.commit("2026-11-21");
                var found = new ArrayList<List<@Nullable Object>>();
                try (var engine = new DuckDbLake(lake.root(), LakeFolder.OPEN)) {
                    engine.run(select(table) + Views.days(table), new ResultSink() {
                        @Override
                        public void columns(List<ResultColumn> columns) {}

                        @Override
                        public void row(List<@Nullable Object> values) {
                            var row = new ArrayList<@Nullable Object>();
                            for (var value : values) {
                                row.add(value instanceof Integer number ? (Object) number.longValue() : value);
                            }
                            found.add(row);
                        }

                        @Override
                        public void end() {}
                    });
                }
                same(found, expected(rows));
            }
        });
    }
}
