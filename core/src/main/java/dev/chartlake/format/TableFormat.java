package dev.chartlake.format;

import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Rows to the bytes of one file. Implementations have no state: the same rows in the same order give the same bytes,
 * whenever and wherever. Any number of threads may use one.
 */
public interface TableFormat {

    /**
     * Rows that formats with groups put into one. Whoever writes a table in pieces makes them this long, so that the bytes
     * do not depend on the memory there was.
     */
    int GROUP_ROWS = 40_960;

    /** The extension of its files, without a dot. */
    String extension();

    /** Starts a file. The stream is not closed by the writer. */
    Writer open(Table table, OutputStream out) throws IOException;

    /** Writes one file. Used by one thread. Without {@link #close()} the file is not complete. */
    interface Writer extends Closeable {

        /** Appends rows: those whose numbers are in {@code order}, in that order. */
        void write(TableRows rows, int[] order) throws IOException;

        /** Completes the file. */
        @Override
        void close() throws IOException;
    }
}
