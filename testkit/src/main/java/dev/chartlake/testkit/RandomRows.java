package dev.chartlake.testkit;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Rows of random values with the shapes that matter to a file: few or many different ones, nulls, extremes. */
public final class RandomRows {
    /** How the values of one column are drawn. */
    private enum Shape {
        NULLS,
        ONE,
        FEW,
        RUNS,
        MANY,
        HALF_NULL
    }

    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "b",
            "é",
            "中文",
            "🎵",
            "a,b",
            "\"",
            "\"\"",
            "a\"b\"",
            "line\nbreak",
            "carriage\rreturn",
            "both\r\n",
            "'",
            "null",
            "NULL",
            "\\N",
            "#x",
            ";",
            "\t",
            "2021-03-25",
            "7",
            "true",
            "~",
            "\uffff");
    private static final int[] INTS = {Integer.MIN_VALUE + 1, -1, 0, 1, 255, 256, Integer.MAX_VALUE};
    private static final long[] LONGS = {Long.MIN_VALUE + 1, -1, 0, 1, 1L << 32, Long.MAX_VALUE};

    private final Random random;
    private final boolean plain;

    private RandomRows(Random random, boolean plain) {
        this.random = random;
        this.plain = plain;
    }

    /** Rows with all values that a column can have. */
    public static RandomRows any(Random random) {
        return new RandomRows(random, false);
    }

    /** Rows with values that every format can hold: years of four digits, whole seconds, no line breaks. */
    public static RandomRows plain(Random random) {
        return new RandomRows(random, true);
    }

    /** So many rows of a table, whose texts are in {@link Strings} of their own. */
    public TableRows of(Table table, int size) {
        var rows = new TableRows(table, new Strings());
        for (int i = 0; i < size; i++) {
            rows.add();
        }
        for (int c = 0; c < table.columns().size(); c++) {
            fill(rows, c, table.columns().get(c));
        }
        return rows;
    }

    private void fill(TableRows rows, int c, Column column) {
        var shape = Shape.values()[column.required() ? 1 + random.nextInt(4) : random.nextInt(6)];
        var few = new ArrayList<Long>();
        for (int i = shape == Shape.ONE ? 1 : 2 + random.nextInt(40); i > 0; i--) {
            few.add(value(rows, column.type()));
        }
        long last = few.get(0);
        for (int row = 0; row < rows.size(); row++) {
            if (shape == Shape.NULLS || shape == Shape.HALF_NULL && random.nextBoolean()) {
                continue;
            }
            last = switch (shape) {
                case RUNS -> random.nextInt(20) == 0 ? few.get(random.nextInt(few.size())) : last;
                case MANY -> value(rows, column.type());
                default -> few.get(random.nextInt(few.size()));
            };
            if (TableRows.isLong(column.type())) {
                rows.set(row, c, last);
            } else {
                rows.set(row, c, (int) last);
            }
        }
    }

    private long value(TableRows rows, ColumnType type) {
        return switch (type) {
            case TEXT -> rows.strings().intern(text());
            case INTEGER -> random.nextInt(4) == 0 ? INTS[random.nextInt(INTS.length)] : random.nextInt(100);
            case BIGINT -> random.nextInt(4) == 0 ? LONGS[random.nextInt(LONGS.length)] : random.nextInt(100_000);
            case BOOLEAN -> random.nextInt(2);
            case DATE -> date();
            case TIMESTAMP -> timestamp();
        };
    }

    private String text() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> listed();
            case 2 -> random.nextInt(50) == 0 ? "long 🎵 ".repeat(random.nextInt(700)) : "short";
            default -> Integer.toString(random.nextInt(1_000_000), 36);
        };
    }

    private String listed() {
        var text = TEXTS.get(random.nextInt(TEXTS.size()));
        return plain ? text.replaceAll("\\R", " ") : text;
    }

    /** DuckDB keeps the outermost values for infinity; the next ones are dates. */
    private long date() {
        return switch (random.nextInt(6)) {
            case 0 -> plain ? LocalDate.of(1, 1, 1).toEpochDay() : Integer.MIN_VALUE + 2;
            case 1 -> plain ? LocalDate.of(9999, 12, 31).toEpochDay() : Integer.MAX_VALUE - 1;
            default -> random.nextInt(60_000) - 30_000;
        };
    }

    private long timestamp() {
        long seconds = switch (random.nextInt(6)) {
            case 0 -> LocalDateTime.of(1, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
            case 1 -> LocalDateTime.of(9999, 12, 31, 23, 59, 59).toEpochSecond(ZoneOffset.UTC);
            default -> random.nextInt() * 2L;
        };
        if (plain) {
            return seconds * 1_000_000;
        }
        return random.nextInt(20) == 0
                ? random.nextBoolean()
                        ? Long.MAX_VALUE - 1
                        : LocalDate.of(-290_307, 1, 1).toEpochDay() * 86_400_000_000L
                : seconds * 1_000_000 + random.nextInt(1_000_000);
    }

    /** A value as text, whole number, truth value or null; dates and times are numbers, too. */
    public static @Nullable Object value(TableRows rows, int c, int row) {
        var type = rows.table().columns().get(c).type();
        if (TableRows.isLong(type)) {
            long value = rows.bigint(row, c);
            return value == TableRows.NO_LONG ? null : (Object) value;
        }
        int value = rows.integer(row, c);
        if (type == ColumnType.TEXT) {
            return value == Strings.NULL ? null : rows.strings().string(value);
        }
        if (value == TableRows.NO_INT) {
            return null;
        }
        return type == ColumnType.BOOLEAN ? (Object) (value == 1) : (Object) (long) value;
    }
}
