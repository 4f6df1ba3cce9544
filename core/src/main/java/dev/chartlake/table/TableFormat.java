package dev.chartlake.table;

import dev.chartlake.model.Table;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Rows to the bytes of one file. Implementations have no state: the same rows in the same order give the same bytes,
 * whenever and wherever. Any number of threads may use one.
 */
public interface TableFormat {

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
