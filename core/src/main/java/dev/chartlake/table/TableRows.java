package dev.chartlake.table;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import java.util.Arrays;
import java.util.List;

/**
 * Rows of one table, column by column. {@code TEXT} is kept as numbers of {@link #strings()}, {@code INTEGER},
 * {@code BOOLEAN} (0 or 1) and {@code DATE} as {@code int}, {@code BIGINT} and {@code TIMESTAMP} as {@code long}. Null is
 * {@link Strings#NULL}, {@link #NO_INT} and {@link #NO_LONG}. Used by one thread.
 */
public final class TableRows {

    /** Null in a column of ints other than texts. */
    public static final int NO_INT = Integer.MIN_VALUE;

    /** Null in a column of longs. */
    public static final long NO_LONG = Long.MIN_VALUE;

    private static final int[] NO_INTS = {};
    private static final long[] NO_LONGS = {};
    private static final int FIRST_CAPACITY = 64;

    private final Table table;
    private final Strings strings;
    private final int[][] ints;
    private final long[][] longs;
    private final int[] none;
    private int size;
    private int capacity = FIRST_CAPACITY;

    /** No rows yet; texts will be numbers of {@code strings}. */
    public TableRows(Table table, Strings strings) {
        this.table = table;
        this.strings = strings;
        List<Column> columns = table.columns();
        ints = new int[columns.size()][];
        longs = new long[columns.size()][];
        none = new int[columns.size()];
        for (int c = 0; c < columns.size(); c++) {
            boolean wide = isLong(columns.get(c).type());
            ints[c] = wide ? NO_INTS : new int[capacity];
            longs[c] = wide ? new long[capacity] : NO_LONGS;
            none[c] = columns.get(c).type() == ColumnType.TEXT ? Strings.NULL : NO_INT;
        }
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

    /** True for the types whose values are longs. */
    public static boolean isLong(ColumnType type) {
        return type == ColumnType.BIGINT || type == ColumnType.TIMESTAMP;
    }

    /** A new row of nulls; returns its number. */
    public int add() {
        if (size == capacity) {
            grow();
        }
        int row = size++;
        for (int c = 0; c < ints.length; c++) {
            if (longs[c] != NO_LONGS) {
                longs[c][row] = NO_LONG;
            } else {
                ints[c][row] = none[c];
            }
        }
        return row;
    }

    private void grow() {
        capacity *= 2;
        for (int c = 0; c < ints.length; c++) {
            if (longs[c] != NO_LONGS) {
                longs[c] = Arrays.copyOf(longs[c], capacity);
            } else {
                ints[c] = Arrays.copyOf(ints[c], capacity);
            }
        }
    }

    /** Forgets all rows from {@code size} on. */
    public void truncate(int newSize) {
        size = newSize;
    }

    /** A column of texts, integers, truth values or dates; longer than {@link #size()}, and replaced when rows are added. */
    public int[] ints(int column) {
        return ints[column];
    }

    /** A column of big integers or timestamps. */
    public long[] longs(int column) {
        return longs[column];
    }
}
