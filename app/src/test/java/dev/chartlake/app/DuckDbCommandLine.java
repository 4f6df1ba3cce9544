package dev.chartlake.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** What {@code duckdb -csv -c SQL} prints, by the same engine in this process. */
final class DuckDbCommandLine {

    private DuckDbCommandLine() {}

    static String csv(String sql) {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            Path file = Files.createTempFile("duckdb", ".csv");
            try {
                statement.execute("COPY (" + sql + ") TO '" + file + "' (HEADER)");
                return Files.readString(file);
            } finally {
                Files.delete(file);
            }
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
