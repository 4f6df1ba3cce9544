package dev.chartlake.load;

import dev.chartlake.model.Table;
import java.io.Closeable;
import java.io.IOException;

/** Reads the files of committed partitions. Threads: any number. Close it after the rows it gave. */
public interface DayTables extends Closeable {

    /**
     * Opens the rows of a table's file. When the call returns the file may be replaced; the rows are what it held.
     *
     * @param file the file's key in the lake, with the partition's folder {@code snapshot_date=…} and an ending that names
     *     its format
     * @throws DayException if it cannot be read
     */
    DayTableRows open(Table table, String file) throws IOException;
}
