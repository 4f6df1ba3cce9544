package dev.chartlake.day;

import java.util.Arrays;

/** The row of each id. Ids are numbers of texts and therefore dense enough to index an array. */
final class RowsById {

    private int[] rows = new int[1 << 12];

    /** The row of an id, or -1. */
    int find(int id) {
        return id < rows.length ? rows[id] - 1 : -1;
    }

    void clear() {
        Arrays.fill(rows, 0);
    }

    void put(int id, int row) {
        if (id >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(rows.length * 2, id + 1));
        }
        rows[id] = row + 1;
    }
}
