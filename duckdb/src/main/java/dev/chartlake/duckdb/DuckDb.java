package dev.chartlake.duckdb;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;

/** DuckDB in this process. */
public final class DuckDb {
    private static final AtomicReference<@Nullable FutureTask<DuckDBConnection>> PREPARED = new AtomicReference<>();

    private DuckDb() {}

    /** An empty database in memory. */
    public static DuckDBConnection connect() throws SQLException {
        var prepared = PREPARED.getAndSet(null);
        if (prepared == null) {
            return open();
        }
        try {
            return prepared.get();
        } catch (ExecutionException e) {
            return open(); // the same goes wrong again, where it is told
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return open();
        }
    }

    /** Opens the next database in the background: to load the library takes longer than most queries. */
    static void prepare() {
        var task = new FutureTask<>(new Opening());
        if (PREPARED.compareAndSet(null, task)) {
            var thread = new Thread(task, "duckdb");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** A class of its own: before the first lambda of a process comes what all lambdas need, which can be set up meanwhile. */
    private static final class Opening implements Callable<DuckDBConnection> {
        @Override
        public DuckDBConnection call() throws SQLException {
            return open();
        }
    }

    private static DuckDBConnection open() throws SQLException {
        return new DuckDBDriver().connect("jdbc:duckdb:", new Properties()).unwrap(DuckDBConnection.class);
    }

    /** Removes a folder and all in it; mostly there is nothing. */
    public static void delete(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
            return;
        } catch (DirectoryNotEmptyException e) {
            // Its files have to go first.
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
