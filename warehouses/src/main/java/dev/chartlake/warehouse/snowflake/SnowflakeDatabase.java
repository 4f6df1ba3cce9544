package dev.chartlake.warehouse.snowflake;

import dev.chartlake.load.LoadDay;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.query.SqlText;
import dev.chartlake.views.Dialect;
import dev.chartlake.warehouse.Database;
import dev.chartlake.warehouse.TableDefinitions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Snowflake. A table's file is put into the user's own stage as it is, and copied from there. Whatever defines something ends
 * the transaction.
 */
final class SnowflakeDatabase implements Database {
    /** Its only row is changed by whoever changes the tables, so that others wait. */
    static final String LOCK = "chartlake_lock";

    static final String MAKE_LOCK = "CREATE TABLE IF NOT EXISTS " + LOCK + " AS SELECT 0 AS turn";
    static final String TAKE_LOCK = "UPDATE " + LOCK + " SET turn = turn + 1";

    private static final int NO_SUCH_TABLE = 2003;

    private final String title;
    private final String folder = "@~/chartlake/" + UUID.randomUUID();

    SnowflakeDatabase(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String type(ColumnType type) {
        return SnowflakeSql.type(type);
    }

    @Override
    public String reported(ColumnType type) {
        return switch (type) {
            case TEXT -> "text";
            case INTEGER, BIGINT -> "number";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp_ntz";
        };
    }

    @Override
    public List<String> after(Table table) {
        return TableDefinitions.comments(table);
    }

    /** The driver's own way asks for much more. */
    @Override
    public Map<String, String> columns(Connection connection, String table) throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT column_name, data_type FROM information_schema.columns"
                        + " WHERE table_schema = CURRENT_SCHEMA() AND table_name = "
                        + SqlText.literal(table.toUpperCase(Locale.ROOT)) + " ORDER BY ordinal_position")) {
            while (rows.next()) {
                columns.put(
                        rows.getString(1).toLowerCase(Locale.ROOT),
                        rows.getString(2).toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }

    @Override
    public void defined(Connection connection) throws SQLException {
        alone(connection);
    }

    @Override
    public void alone(Connection connection) throws SQLException {
        try {
            execute(connection, TAKE_LOCK);
        } catch (SQLException e) {
            if (e.getErrorCode() != NO_SUCH_TABLE) {
                throw e;
            }
            execute(connection, MAKE_LOCK);
            execute(connection, TAKE_LOCK);
        }
    }

    @Override
    public long insert(Connection connection, Table table, String name, LoadDay day) throws SQLException, IOException {
        var file = day.part(table).file();
        if (day.part(table).rows() == 0) {
            return 0;
        }
        boolean csv = file.endsWith(".csv");
        Path aside = Files.createTempFile("chartlake-" + name + "-", csv ? ".csv" : ".parquet");
        try {
            try (OutputStream out = Files.newOutputStream(aside)) {
                day.copy(table, out);
            }
            execute(
                    connection,
                    "PUT " + SqlText.literal("file://" + aside.toString().replace('\\', '/')) + " " + folder
                            + " AUTO_COMPRESS = FALSE SOURCE_COMPRESSION = NONE OVERWRITE = TRUE");
            var stored = aside.getFileName().toString();
            long taken = execute(
                    connection,
                    SnowflakeSql.copy(
                            table, day.date(), folder, stored, csv ? SnowflakeSql.CSV : SnowflakeSql.PARQUET));
            execute(connection, "REMOVE " + folder + "/" + stored);
            return taken;
        } finally {
            Files.delete(aside);
        }
    }

    /** Returns how many rows the statement changed, or 0. */
    private static long execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
            return Math.max(0, statement.getLargeUpdateCount());
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.COMMON;
    }

    @Override
    public String view(Connection connection, String query) {
        return query;
    }

    @Override
    public IOException explained(SQLException e) {
        return SnowflakeErrors.explained(title, e);
    }
}
