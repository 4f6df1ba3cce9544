package dev.chartlake.duckdb;

import dev.chartlake.lake.CommittedTables;
import dev.chartlake.lake.Manifest;
import dev.chartlake.load.DayException;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.DayTables;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions of a lake in a local folder with DuckDB. A table's rows are copied when they are opened, within
 * DuckDB's memory limit and else to a temporary folder, because its driver ends a streamed result without a word when it
 * fails half-way.
 */
public final class DuckDbDayTables implements DayTables {
    private static final Pattern DATE = Pattern.compile("/snapshot_date=([0-9-]{10})/");

    private final Path lake;
    private final LakeViews views;
    private final AtomicInteger opened = new AtomicInteger();
    private @Nullable DuckDBConnection duckDb;
    private @Nullable TemporaryFolder folder;

    /** {@code lake} is the folder that holds {@code transformed_data}. DuckDB starts when rows are first asked for. */
    public DuckDbDayTables(Path lake) {
        this.lake = lake.toAbsolutePath().normalize();
        this.views = new LakeViews(this.lake, false);
    }

    @Override
    public DayTableRows open(Table table, String file) throws IOException {
        var rows = views.rows(table, file, hasEarlierColumns(file));
        try {
            var connection = started().duplicate().unwrap(DuckDBConnection.class);
            try {
                return DuckDbRows.copy(connection, "rows_" + opened.incrementAndGet(), rows, table);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw new DayException(file + " cannot be read: " + QueryErrors.shortened(e), e);
        }
    }

    private boolean hasEarlierColumns(String file) throws IOException {
        var day = DATE.matcher(file);
        if (!day.find()) {
            return false;
        }
        try {
            var manifest = Files.readAllBytes(lake.resolve(Manifest.key(LocalDate.parse(day.group(1)))));
            return CommittedTables.haveEarlierColumns(manifest);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private synchronized DuckDBConnection started() throws IOException, SQLException {
        if (duckDb == null) {
            var spill = TemporaryFolder.make();
            folder = spill;
            var started = DuckDb.connect();
            try (var statement = started.createStatement()) {
                statement.execute("SET TimeZone = 'UTC'; SET memory_limit = '256MB'; SET "
                        + String.join("; SET ", spill.settings(TemporaryFolder.USUAL_MOST))
                        + "; SET enable_external_file_cache = false");
            }
            duckDb = started;
        }
        return duckDb;
    }

    @Override
    public synchronized void close() throws IOException {
        try {
            if (duckDb != null) {
                duckDb.close();
            }
        } catch (SQLException e) {
            throw new IOException("DuckDB did not close: " + e.getMessage(), e);
        } finally {
            if (folder != null) {
                folder.close();
            }
        }
    }
}
