package dev.chartlake.testkit;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.publish.Publisher.Publication;
import dev.chartlake.rows.TableRows;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.text.Strings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A lake whose days are written by hand, row by row, and remembered for comparison. */
public final class LakeDays {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "a,b",
            "\"quoted\"",
            "it's",
            "Måneskinn",
            "中文",
            "🎵 👩‍👩‍👧",
            "مرحبا بالعالم",
            "null",
            "\\N",
            "tab\there",
            "\\",
            "e\u0301",
            "\uffff");
    private static final List<Integer> INTEGERS = List.of(Integer.MIN_VALUE + 1, -1, 0, 1, Integer.MAX_VALUE);
    private static final List<Long> LONGS = List.of(Long.MIN_VALUE + 1, -1L, 0L, 1L, Long.MAX_VALUE);

    private final LocalStore store;
    private final Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> days = new TreeMap<>();

    /** A lake in {@code folder}. */
    public LakeDays(Path folder) {
        this.store = new LocalStore(folder);
    }

    /** The lake. */
    public LocalStore store() {
        return store;
    }

    /** The rows of each table of each day, in the order of their keys, as they are committed now. */
    public Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> rows() {
        return days;
    }

    /** Commits a day, or commits it again, with random rows: at most {@code most} a table, each with a key of its own. */
    public void commit(LocalDate date, Random random, int most) throws IOException {
        Map<Table, List<List<@Nullable Object>>> tables = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            tables.put(table, rows(table, random, random.nextInt(most + 1)));
        }
        commit(date, tables, random.nextBoolean() ? new ParquetFormat() : new CsvFormat());
    }

    /** Commits a day with these rows; a table that is not named has none. */
    public void commit(LocalDate date, Map<Table, List<List<@Nullable Object>>> tables, TableFormat format)
            throws IOException {
        try (Publication day = new FilePublisher(store, format).begin(date)) {
            List<TablePart> parts = new ArrayList<>();
            for (Table table : Table.values()) {
                parts.add(write(day, table, tables.getOrDefault(table, List.of())));
            }
            String before = store.read(Manifest.key(date))
                    .map(ObjectStore.Versioned::version)
                    .orElse(null);
            Manifest manifest = new Manifest(date, List.of(), parts, 0, 0, 0, List.of(), List.of(), List.of());
            if (!day.commit(manifest, before)) {
                throw new IOException("Another commit of " + date + " came between");
            }
        }
        days.put(date, tables);
    }

    private static TablePart write(Publication day, Table table, List<List<@Nullable Object>> values)
            throws IOException {
        TableRows rows = new TableRows(table, new Strings());
        for (List<@Nullable Object> row : values) {
            int at = rows.add();
            for (int c = 0; c < row.size(); c++) {
                set(rows, at, c, row.get(c));
            }
        }
        return day.write(table, writer -> {
            writer.write(rows, IntStream.range(0, values.size()).toArray());
            return values.size();
        });
    }

    private static void set(TableRows rows, int row, int column, @Nullable Object value) {
        if (value instanceof String text) {
            rows.set(row, column, rows.strings().intern(text));
        } else if (value instanceof Integer number) {
            rows.set(row, column, number.intValue());
        } else if (value instanceof Long number) {
            rows.set(row, column, number.longValue());
        } else if (value instanceof Boolean truth) {
            rows.set(row, column, truth ? 1 : 0);
        } else if (value instanceof LocalDate date) {
            rows.set(row, column, (int) date.toEpochDay());
        } else if (value instanceof LocalDateTime time) {
            rows.set(row, column, time.toEpochSecond(ZoneOffset.UTC) * 1_000_000);
        }
    }

    private static List<List<@Nullable Object>> rows(Table table, Random random, int size) {
        Map<List<Object>, List<@Nullable Object>> rows = new TreeMap<>(Comparator.comparing(Object::toString));
        for (int i = 0; i < size; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (Column column : table.columns()) {
                boolean absent = !column.required() && random.nextInt(4) == 0;
                row.add(absent ? null : value(column, random));
            }
            List<Object> key = new ArrayList<>();
            row.subList(0, table.key().size()).forEach(value -> key.add(String.valueOf(value)));
            rows.put(key, row);
        }
        return new ArrayList<>(rows.values());
    }

    private static Object value(Column column, Random random) {
        return switch (column.type()) {
            case TEXT ->
                random.nextBoolean() ? TEXTS.get(random.nextInt(TEXTS.size())) : "x" + random.nextInt(1_000_000);
            case INTEGER ->
                random.nextInt(4) == 0 ? INTEGERS.get(random.nextInt(INTEGERS.size())) : random.nextInt(200);
            case BIGINT -> random.nextInt(4) == 0 ? LONGS.get(random.nextInt(LONGS.size())) : random.nextLong() / 2;
            case BOOLEAN -> random.nextBoolean();
            case DATE -> LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_058));
            case TIMESTAMP -> LocalDateTime.of(1000, 1, 1, 0, 0).plusSeconds((long) (random.nextDouble() * 9e9) * 30);
        };
    }
}
