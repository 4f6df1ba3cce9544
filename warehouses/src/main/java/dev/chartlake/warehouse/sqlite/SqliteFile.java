package dev.chartlake.warehouse.sqlite;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.warehouse.SqlWarehouse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Opens a SQLite database as a warehouse. */
public final class SqliteFile {
    private static final int WAIT_MILLIS = 600_000;

    private SqliteFile() {}

    /** Opens the database in {@code file}, which need not exist; its folder must. */
    public static SqlWarehouse open(Path file, SqlWarehouse.Held held) throws IOException {
        Path path = file.toAbsolutePath().normalize();
        SqliteDatabase database = new SqliteDatabase("The SQLite file " + path);
        if (Files.isDirectory(path) || !Files.isDirectory(path.resolveSibling("."))) {
            throw new WarehouseException(
                    CONFIGURATION,
                    path + " cannot be a SQLite file: "
                            + (Files.isDirectory(path)
                                    ? "it is a folder."
                                    : "there is no folder " + path.getParent() + "."),
                    null);
        }
        try {
            return new SqlWarehouse(connect(path), database, held);
        } catch (SQLException e) {
            throw database.explained(e);
        }
    }

    /** A transaction locks the file when it begins, so that two loads wait for each other instead of failing. */
    static Connection connect(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.setBusyTimeout(WAIT_MILLIS);
        return config.createConnection("jdbc:sqlite:" + file);
    }
}
