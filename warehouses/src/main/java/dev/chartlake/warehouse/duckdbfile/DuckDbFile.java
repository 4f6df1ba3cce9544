package dev.chartlake.warehouse.duckdbfile;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static dev.chartlake.load.WarehouseException.Kind.UNAVAILABLE;

import dev.chartlake.load.LoadDay;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.store.FileLocks;
import dev.chartlake.warehouse.SqlWarehouse;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * A database file that is replaced as a whole: a load works on a copy beside it, which takes its place when the load ends. So
 * whoever has the file open goes on reading what it was, and a load that is interrupted leaves it as it was.
 */
public final class DuckDbFile implements Warehouse {
    private static final String MEMORY = "512MB";

    private final Path file;
    private final Path copy;
    private final SqlWarehouse.Held held;
    private final DuckDbFileDatabase database;
    private @Nullable Closeable lock;
    private @Nullable SqlWarehouse tables;
    private boolean changed;

    /** Loads the database in {@code file}, which need not exist; its folder must. */
    public DuckDbFile(Path file, SqlWarehouse.Held held) throws WarehouseException {
        this.file = file.toAbsolutePath().normalize();
        this.copy = this.file.resolveSibling(this.file.getFileName() + ".loading");
        this.held = held;
        this.database = new DuckDbFileDatabase("The DuckDB file " + this.file);
        Path folder = this.file.getParent();
        if (folder == null || !Files.isDirectory(folder) || Files.isDirectory(this.file)) {
            throw new WarehouseException(
                    CONFIGURATION,
                    this.file + " cannot be a DuckDB file: "
                            + (Files.isDirectory(this.file) ? "it is a folder." : "there is no folder " + folder + "."),
                    null);
        }
    }

    @Override
    public String prepare() throws IOException {
        lock = FileLocks.of(file.resolveSibling(file.getFileName() + ".lock")).exclusive();
        Files.deleteIfExists(Path.of(copy + ".wal"));
        if (Files.exists(file)) {
            Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
        } else {
            Files.deleteIfExists(copy);
        }
        SqlWarehouse prepared = new SqlWarehouse(connect(copy, false), database, held);
        tables = prepared;
        String before = prepared.views();
        String id = prepared.prepare();
        changed = !Files.exists(file) || !prepared.views().equals(before);
        return id;
    }

    /** Those of the file as it is now. */
    @Override
    public Optional<Map<LocalDate, String>> versions() throws IOException {
        if (tables != null) {
            return tables.versions();
        }
        if (!Files.exists(file)) {
            return Optional.of(Map.of());
        }
        try (SqlWarehouse reading = new SqlWarehouse(connect(file, true), database, held)) {
            return reading.versions();
        }
    }

    @Override
    public Map<Table, Long> load(LoadDay day) throws IOException {
        Map<Table, Long> taken = prepared().load(day);
        changed = true;
        return taken;
    }

    @Override
    public boolean delete(LocalDate day) throws IOException {
        changed = true;
        return prepared().delete(day);
    }

    private SqlWarehouse prepared() {
        if (tables == null) {
            throw new IllegalStateException("It was not prepared");
        }
        return tables;
    }

    @Override
    public void close() throws IOException {
        try (Closeable alone = lock) {
            SqlWarehouse loaded = tables;
            tables = null;
            if (loaded == null) {
                return;
            }
            loaded.close();
            if (changed) {
                try (FileChannel written = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                    written.force(true);
                }
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                Files.deleteIfExists(copy);
            }
        }
    }

    private Connection connect(Path path, boolean readOnly) throws IOException {
        Properties settings = new Properties();
        settings.setProperty("memory_limit", MEMORY);
        settings.setProperty("autoinstall_known_extensions", "false");
        settings.setProperty("autoload_known_extensions", "false");
        settings.setProperty("duckdb.read_only", Boolean.toString(readOnly));
        try {
            return DriverManager.getConnection("jdbc:duckdb:" + path, settings);
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("not a valid DuckDB database file")) {
                throw new WarehouseException(
                        CONFIGURATION, file + " is there and no DuckDB file. Move it away, or name another one.", e);
            }
            if (String.valueOf(e.getMessage()).contains("lock on file")) {
                throw new WarehouseException(
                        UNAVAILABLE,
                        file + " is open in another program, which may be changing it. Close it there.",
                        e);
            }
            throw database.explained(e);
        }
    }
}
