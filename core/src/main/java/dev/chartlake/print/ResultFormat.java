package dev.chartlake.print;

import dev.chartlake.query.ResultSink;
import java.io.PrintStream;
import java.io.Writer;

/** How rows are printed. */
public enum ResultFormat {
    /** Aligned columns for people. */
    TABLE,
    /** An array with one object a line. */
    JSON,
    /** RFC 4180 with a header and LF line ends; null is an empty field, the empty text is {@code ""}. */
    CSV;

    /**
     * A sink that prints one result. It flushes {@code out} at the end and closes nothing.
     *
     * @param out where the rows go
     * @param notes where the row count of {@link #TABLE} goes, so that {@code out} holds only data
     * @param width the most cells a line of {@link #TABLE} may take, or 0 for no limit; other formats are never cut
     */
    public ResultSink printer(Writer out, PrintStream notes, int width) {
        return switch (this) {
            case TABLE -> table(out, notes, width, CellStyle.PLAIN);
            case JSON -> new JsonPrinter(out);
            case CSV -> new CsvPrinter(out);
        };
    }

    /** The printer of {@link #TABLE}, with decorated cells. */
    public static ResultSink table(Writer out, PrintStream notes, int width, CellStyle style) {
        return new TablePrinter(out, notes, width, style);
    }
}
