package dev.chartlake.rows;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.text.Strings;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one table, each row's cells side by side, so that a row is one or two lines of the processor's cache. {@code
 * TEXT} is kept as numbers of {@link #strings()}, {@code INTEGER}, {@code BOOLEAN} (0 or 1) and {@code DATE} as {@code
 * int}, {@code BIGINT} and {@code TIMESTAMP} as {@code long}. Null is {@link Strings#NULL}, {@link #NO_INT} and
 * {@link #NO_LONG}. Used by one thread.
 */
public final class TableRows {

    /** Null in a column of ints other than texts. */
    public static final int NO_INT = Integer.MIN_VALUE;

    /** Null in a column of longs. */
    public static final long NO_LONG = Long.MIN_VALUE;

    private static final int FIRST_CAPACITY = 64;

    private final Table table;
    private final Strings strings;
    private final int[] offsets;
    private final int[] empty;
    private int[] cells;
    private int size;

    /** No rows yet; texts will be numbers of {@code strings}. */
    public TableRows(Table table, Strings strings) {
        this.table = table;
        this.strings = strings;
        List<Column> columns = table.columns();
        offsets = new int[columns.size()];
        int width = 0;
        for (int c = 0; c < offsets.length; c++) {
            offsets[c] = width;
            width += isLong(columns.get(c).type()) ? 2 : 1;
        }
        empty = new int[width];
        for (int c = 0; c < offsets.length; c++) {
            if (isLong(columns.get(c).type())) {
                write(empty, offsets[c], NO_LONG);
            } else {
                empty[offsets[c]] = columns.get(c).type() == ColumnType.TEXT ? Strings.NULL : NO_INT;
            }
        }
        cells = new int[FIRST_CAPACITY * width];
    }

    /** The table. */
    public Table table() {
        return table;
    }

    /** Where the texts are. */
    public Strings strings() {
        return strings;
    }

    /** How many rows. */
    public int size() {
        return size;
    }

    /** How many bytes the cells take. */
    public long bytes() {
        return (long) size * empty.length * Integer.BYTES;
    }

    /** True for the types whose values are longs. */
    public static boolean isLong(ColumnType type) {
        return type == ColumnType.BIGINT || type == ColumnType.TIMESTAMP;
    }

    /** A new row of nulls; returns its number. */
    public int add() {
        int at = size * empty.length;
        if (at + empty.length > cells.length) {
            cells = Arrays.copyOf(cells, Math.max(cells.length * 2, at + empty.length));
        }
        System.arraycopy(empty, 0, cells, at, empty.length);
        return size++;
    }

    /** Forgets all rows. */
    public void clear() {
        size = 0;
    }

    /** The value of a text, integer, truth value or date. */
    public int integer(int row, int column) {
        return cells[row * empty.length + offsets[column]];
    }

    /** Sets a text, integer, truth value or date. */
    public void set(int row, int column, int value) {
        cells[row * empty.length + offsets[column]] = value;
    }

    /** The value of a big integer or timestamp. */
    public long bigint(int row, int column) {
        int at = row * empty.length + offsets[column];
        return cells[at] & 0xffff_ffffL | (long) cells[at + 1] << 32;
    }

    /** Sets a big integer or timestamp. */
    public void set(int row, int column, long value) {
        write(cells, row * empty.length + offsets[column], value);
    }

    /**
     * Puts the values of a column that are not null into {@code values}, in the order of the rows {@code order[from]} to
     * {@code order[to - 1]}, and into {@code present} for each row 1 or, for null, 0. Returns how many are not null.
     */
    public int collect(int column, int[] order, int from, int to, long[] values, int[] present) {
        ColumnType type = table.columns().get(column).type();
        int[] all = cells;
        int width = empty.length;
        int offset = offsets[column];
        int size = 0;
        if (isLong(type)) {
            for (int i = from; i < to; i++) {
                int at = order[i] * width + offset;
                long value = all[at] & 0xffff_ffffL | (long) all[at + 1] << 32;
                int there = value == NO_LONG ? 0 : 1;
                present[i - from] = there;
                values[size] = value;
                size += there;
            }
        } else {
            int none = empty[offset];
            for (int i = from; i < to; i++) {
                int value = all[order[i] * width + offset];
                int there = value == none ? 0 : 1;
                present[i - from] = there;
                values[size] = value;
                size += there;
            }
        }
        return size;
    }

    private static void write(int[] cells, int at, long value) {
        cells[at] = (int) value;
        cells[at + 1] = (int) (value >>> 32);
    }
}
