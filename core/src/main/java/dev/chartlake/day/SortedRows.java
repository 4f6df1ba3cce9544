package dev.chartlake.day;

import dev.chartlake.rows.RowOrder;
import dev.chartlake.rows.TableRows;
import java.util.Arrays;

/**
 * The rows of a table, and their numbers in the order of their keys. The order is an array for speed and is not changed.
 */
record SortedRows(
        TableRows rows,
        @SuppressWarnings("ArrayRecordComponent") int[] order) {

    static SortedRows sort(TableRows rows) {
        return new SortedRows(rows, RowOrder.byKey(rows));
    }

    /** Rows that have been added in the order of their keys. */
    static SortedRows ofSorted(TableRows rows) {
        int[] order = new int[rows.size()];
        Arrays.setAll(order, row -> row);
        return new SortedRows(rows, order);
    }
}
