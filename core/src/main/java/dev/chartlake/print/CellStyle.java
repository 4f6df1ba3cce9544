package dev.chartlake.print;

import dev.chartlake.query.ResultColumn;

/** Decorates a cell of a table after it was cut and aligned, such as with colours, which take no room. */
public interface CellStyle {
    /** Leaves every cell as it is. */
    CellStyle PLAIN = (column, text) -> text;

    /** What is written for {@code text}, blanks around it included. */
    String of(ResultColumn column, String text);
}
