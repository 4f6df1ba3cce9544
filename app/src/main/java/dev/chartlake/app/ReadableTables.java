package dev.chartlake.app;

import dev.chartlake.load.DayTables;
import dev.chartlake.load.Rows;
import dev.chartlake.model.Table;
import dev.chartlake.sql.DuckDbDayTables;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The rows of a lake, wherever it is. Its files are only copied here once somebody wants rows: a catalogue does not. */
final class ReadableTables implements DayTables {

    private final LakeOptions lake;
    private @Nullable DuckDbDayTables tables;

    ReadableTables(LakeOptions lake) {
        this.lake = lake;
    }

    @Override
    public Rows open(Table table, String file) throws IOException {
        return tables().open(table, file);
    }

    private synchronized DuckDbDayTables tables() throws IOException {
        if (tables == null) {
            tables = new DuckDbDayTables(lake.readable().root());
        }
        return tables;
    }

    @Override
    public synchronized void close() throws IOException {
        if (tables != null) {
            tables.close();
        }
    }
}
