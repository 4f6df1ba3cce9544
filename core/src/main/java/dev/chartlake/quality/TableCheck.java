package dev.chartlake.quality;

import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.util.List;

/** Looks at the rows of one table in the order of their keys, as they are written. Used by one thread. */
interface TableCheck {

    /** Looks at some rows, whose numbers are in {@code order}; those of the next call follow them. */
    void rows(TableRows rows, int[] order);

    /** The column of this name. */
    static int column(Table table, String name) {
        List<String> names =
                table.columns().stream().map(column -> column.name()).toList();
        int found = names.indexOf(name);
        if (found < 0) {
            throw new IllegalArgumentException(table.sqlName() + " has no column " + name);
        }
        return found;
    }

    /** The text in a cell. */
    static String text(TableRows rows, int row, int column) {
        int text = rows.integer(row, column);
        return text == Strings.NULL ? "null" : rows.strings().string(text);
    }
}
