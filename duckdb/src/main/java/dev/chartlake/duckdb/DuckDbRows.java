package dev.chartlake.duckdb;

import dev.chartlake.load.DayException;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.model.Table;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** The rows of a temporary table, some thousands in Java's hands at a time. Closing drops the table. */
final class DuckDbRows implements DayTableRows {
    private static final int PAGE = 4096;

    private final DuckDBConnection connection;
    private final String name;
    private final String select;
    private final long count;
    private final ArrayDeque<List<@Nullable Object>> page = new ArrayDeque<>();
    private long read;

    private DuckDbRows(DuckDBConnection connection, String name, String select, long count) {
        this.connection = connection;
        this.name = name;
        this.select = select;
        this.count = count;
    }

    /** Copies what {@code query} yields, in its order. */
    static DuckDbRows copy(DuckDBConnection connection, String name, String query, Table table) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("CREATE TEMP TABLE " + name + " AS " + query);
            try (ResultSet counted = statement.executeQuery("SELECT count(*) FROM " + name)) {
                counted.next();
                var select = "SELECT "
                        + String.join(
                                ", ",
                                table.columns().stream()
                                        .map(column -> column.name())
                                        .toList())
                        + " FROM " + name;
                return new DuckDbRows(connection, name, select, counted.getLong(1));
            }
        }
    }

    @Override
    public @Nullable List<@Nullable Object> next() throws IOException {
        if (page.isEmpty() && read < count) {
            turn();
        }
        return page.poll();
    }

    private void turn() throws DayException {
        try (var statement = connection.prepareStatement(select + " WHERE rowid >= ? AND rowid < ? ORDER BY rowid")) {
            statement.setLong(1, read);
            statement.setLong(2, read + PAGE);
            try (var rows = statement.executeQuery()) {
                var columns = DuckDbValues.columns(rows.getMetaData());
                while (rows.next()) {
                    page.add(DuckDbValues.row(rows, columns));
                    read++;
                }
            }
        } catch (SQLException e) {
            throw new DayException("Rows cannot be read: " + QueryErrors.shortened(e), e);
        }
        if (page.isEmpty()) {
            throw new DayException("Only " + read + " of " + count + " rows could be read. Run load again.");
        }
    }

    @Override
    public void close() throws IOException {
        try (connection;
                var statement = connection.createStatement()) {
            statement.execute("DROP TABLE " + name);
        } catch (SQLException e) {
            throw new IOException("DuckDB cannot drop a temporary table: " + e.getMessage(), e);
        }
    }
}
