package dev.chartlake.quality;

import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;

/** Looks at the rows of one table in the order of their keys, as they are written. Used by one thread. */
interface TableCheck {

    /** Looks at some rows, whose numbers are in {@code order}; those of the next call follow them. */
    void rows(TableRows rows, int[] order);

    /** The column that is the key of songs, albums and artists. */
    int ID = 0;

    /** The text in a cell. */
    static String text(TableRows rows, int row, int column) {
        int text = rows.integer(row, column);
        return text == Strings.NULL ? "null" : rows.strings().string(text);
    }
}
