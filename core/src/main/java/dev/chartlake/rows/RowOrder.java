package dev.chartlake.rows;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.text.Strings;
import java.util.Arrays;
import java.util.List;

/** The order of rows in a file: by key, texts by their bytes. So the bytes do not depend on the order of arrival. */
public final class RowOrder {

    private static final int PREFIX_BYTES = 5;
    private static final int ROW_BITS = 24;

    private RowOrder() {}

    /** The row numbers in the order of the table's key. */
    public static int[] byKey(TableRows rows) {
        int n = rows.size();
        int[] order = new int[n];
        if (n >= 1 << ROW_BITS || rows.table().columns().get(0).type() != ColumnType.TEXT) {
            Integer[] boxed = new Integer[n];
            Arrays.setAll(boxed, i -> i);
            Arrays.sort(boxed, (a, b) -> compare(rows, a, b));
            Arrays.setAll(order, i -> boxed[i]);
            return order;
        }
        // Five bytes of the first text and the row number in one long: a sort of primitives settles nearly all of it.
        long[] keys = new long[n];
        for (int row = 0; row < n; row++) {
            // The sort compares signed numbers; with its highest bit turned, a byte from 0x80 comes last.
            keys[row] = (prefix(rows.strings(), rows.integer(row, 0)) << ROW_BITS | row) ^ Long.MIN_VALUE;
        }
        Arrays.sort(keys);
        int mask = (1 << ROW_BITS) - 1;
        for (int i = 0; i < n; i++) {
            order[i] = (int) keys[i] & mask;
        }
        int from = 0;
        for (int i = 1; i <= n; i++) {
            if (i == n || keys[i] >>> ROW_BITS != keys[from] >>> ROW_BITS) {
                if (i - from > 1) {
                    sortRun(rows, order, from, i);
                }
                from = i;
            }
        }
        return order;
    }

    /** Rows with the same prefix come in order of arrival, which is usually the order of their keys. */
    private static void sortRun(TableRows rows, int[] order, int from, int to) {
        boolean sorted = true;
        for (int i = from + 1; i < to && sorted; i++) {
            sorted = compare(rows, order[i - 1], order[i]) <= 0;
        }
        if (!sorted) {
            Integer[] boxed = new Integer[to - from];
            Arrays.setAll(boxed, i -> order[from + i]);
            Arrays.sort(boxed, (a, b) -> compare(rows, a, b));
            for (int i = from; i < to; i++) {
                order[i] = boxed[i - from];
            }
        }
    }

    private static long prefix(Strings strings, int number) {
        byte[] bytes = strings.bytes();
        int start = strings.start(number);
        if (strings.length(number) >= PREFIX_BYTES) {
            return (bytes[start] & 0xffL) << 32
                    | (bytes[start + 1] & 0xffL) << 24
                    | (bytes[start + 2] & 0xff) << 16
                    | (bytes[start + 3] & 0xff) << 8
                    | bytes[start + 4] & 0xff;
        }
        long prefix = 0;
        for (int i = 0; i < PREFIX_BYTES; i++) {
            prefix = prefix << 8 | (i < strings.length(number) ? bytes[start + i] & 0xff : 0);
        }
        return prefix;
    }

    /** Compares two rows by the table's key. */
    static int compare(TableRows rows, int a, int b) {
        List<Column> key = rows.table().key();
        for (int c = 0; c < key.size(); c++) {
            int order;
            switch (key.get(c).type()) {
                case TEXT -> {
                    int x = rows.integer(a, c);
                    int y = rows.integer(b, c);
                    order = x == y ? 0 : rows.strings().compare(x, y);
                }
                case BIGINT, TIMESTAMP -> order = Long.compare(rows.bigint(a, c), rows.bigint(b, c));
                default -> order = Integer.compare(rows.integer(a, c), rows.integer(b, c));
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
