package dev.chartlake.day;

import dev.chartlake.format.TableFormat;
import dev.chartlake.model.Table;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** The rows of a day, wherever they wait to be written. Used by one thread; closing deletes temporary files. */
interface RowsOfDay extends Closeable {

    /** True if a table certainly has no rows. */
    boolean isEmpty(Table table);

    /**
     * What became of the rows of a table.
     *
     * @param rows how many were written
     * @param repeated how many were not, because they are of a play that another row tells of
     */
    record Written(long rows, long repeated) {}

    /** Writes a table, each once. */
    Written write(Table table, TableFormat.Writer writer) throws IOException;

    /** The rows of each part in files, which closing this deletes; to be called once all rows are there. */
    List<Map<Table, SpilledRows>> inFiles() throws IOException;

    @Override
    void close() throws IOException;
}
