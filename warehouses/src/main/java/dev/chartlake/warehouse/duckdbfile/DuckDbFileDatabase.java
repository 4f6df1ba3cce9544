package dev.chartlake.warehouse.duckdbfile;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static dev.chartlake.load.WarehouseException.Kind.UNAVAILABLE;

import dev.chartlake.load.DayException;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.LoadDay;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.views.Dialect;
import dev.chartlake.warehouse.Database;
import dev.chartlake.warehouse.TableDefinitions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** DuckDB, in a file that nobody else has open. */
final class DuckDbFileDatabase implements Database {
    private final String title;

    DuckDbFileDatabase(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String type(ColumnType type) {
        return type == ColumnType.TEXT ? "VARCHAR" : type.name();
    }

    @Override
    public String reported(ColumnType type) {
        return type(type);
    }

    @Override
    public List<String> after(Table table) {
        return TableDefinitions.comments(table);
    }

    /** An index would cost more to write than it saves: rows lie in the order of their days, and DuckDB skips what it need not read. */
    @Override
    public boolean hasKeys() {
        return false;
    }

    /** {@link DuckDbFile} keeps others away from the file. */
    @Override
    public void alone(Connection connection) {}

    @Override
    public long insert(Connection connection, Table table, String name, LoadDay day) throws SQLException, IOException {
        long count = 0;
        try (DayTableRows rows = day.rows(table);
                DuckDBAppender appender = connection
                        .unwrap(DuckDBConnection.class)
                        .createAppender(DuckDBConnection.DEFAULT_SCHEMA, name)) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                appender.beginRow();
                appender.append(day.date());
                for (Object value : row) {
                    append(appender, value);
                }
                appender.endRow();
                count++;
            }
        }
        return count;
    }

    private static void append(DuckDBAppender appender, @Nullable Object value) throws SQLException {
        if (value == null) {
            appender.appendNull();
        } else if (value instanceof String text) {
            appender.append(text);
        } else if (value instanceof Integer number) {
            appender.append(number.intValue());
        } else if (value instanceof Long number) {
            appender.append(number.longValue());
        } else if (value instanceof Boolean truth) {
            appender.append(truth.booleanValue());
        } else if (value instanceof LocalDate date) {
            appender.append(date);
        } else if (value instanceof LocalDateTime time) {
            appender.append(time);
        } else {
            throw new IllegalStateException("No table has values such as " + value.getClass());
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.DUCKDB;
    }

    @Override
    public String view(Connection connection, String query) {
        return query;
    }

    @Override
    public IOException explained(SQLException e) {
        String said = Objects.toString(e.getMessage(), "")
                .lines()
                .findFirst()
                .orElse("no reason was given")
                .replaceFirst("[. ]+$", "");
        if (said.contains("Constraint Error")) {
            return new DayException(title + " does not take the day's rows: " + said + ".", e);
        }
        boolean space = said.contains("No space") || said.contains("IO Error");
        return new WarehouseException(
                space ? UNAVAILABLE : CONFIGURATION,
                title + ": " + said + "." + (space ? " Make room on the disk and run load again." : ""),
                e);
    }
}
