package dev.chartlake.duckdb;

import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The complete result of a query, to be printed once.
 *
 * <p>DuckDB's driver (1.5.6) ends a streamed result without a word when the query fails half-way, so a result is only
 * printed after it is complete. Rows wait in a temporary table, which keeps to the memory limit and spills to disk; the
 * driver's own buffer would do neither.
 */
interface DuckDbResult {
    /** How many rows are in Java's hands at a time. */
    int PAGE = 20_480;

    /** Runs the query to its end, for so many seconds or, with 0, for any; the lake's files are not needed after that. */
    static DuckDbResult of(Connection connection, String sql, ReadOnlyCheck.Kind kind, int seconds)
            throws SQLException {
        execute(connection, "BEGIN TRANSACTION READ ONLY", 0);
        var statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(seconds);
        if (kind != ReadOnlyCheck.Kind.ROWS) {
            return direct(statement, kind);
        }
        List<ResultColumn> columns;
        try (statement) {
            columns = DuckDbValues.columns(statement.getMetaData());
        }
        execute(connection, "CREATE TEMP TABLE query_result AS " + sql, seconds);
        // Row numbers count from 0 only in a committed table.
        execute(connection, "COMMIT", 0);
        return sink -> printTable(connection, columns, sink);
    }

    void print(ResultSink sink) throws SQLException, IOException;

    private static DuckDbResult direct(PreparedStatement statement, ReadOnlyCheck.Kind kind) throws SQLException {
        if (!statement.execute()) {
            statement.close();
            throw new QueryException("The statement returned no rows, so it is not a query. Nothing was changed.");
        }
        return sink -> {
            try (statement;
                    var rows = statement.getResultSet()) {
                var columns = DuckDbValues.columns(rows.getMetaData());
                var target = kind == ReadOnlyCheck.Kind.PLAN ? new PlanLines(sink) : sink;
                target.columns(columns);
                print(rows, columns, target);
                target.end();
            }
        };
    }

    private static void printTable(Connection connection, List<ResultColumn> columns, ResultSink sink)
            throws SQLException, IOException {
        long count;
        try (var statement = connection.createStatement();
                var counted = statement.executeQuery("SELECT count(*) FROM query_result")) {
            counted.next();
            count = counted.getLong(1);
        }
        sink.columns(columns);
        long printed = 0;
        try (var page = connection.prepareStatement("SELECT * FROM query_result WHERE rowid >= ? AND rowid < ?")) {
            for (long from = 0; from < count; from += PAGE) {
                page.setLong(1, from);
                page.setLong(2, from + PAGE);
                try (var rows = page.executeQuery()) {
                    printed += print(rows, columns, sink);
                }
            }
        }
        if (printed != count) {
            throw new QueryException(
                    "Only " + printed + " of " + count + " rows could be read back. Run the query again.");
        }
        sink.end();
    }

    private static long print(ResultSet rows, List<ResultColumn> columns, ResultSink sink)
            throws SQLException, IOException {
        long printed = 0;
        for (; rows.next(); printed++) {
            sink.row(DuckDbValues.row(rows, columns));
        }
        return printed;
    }

    private static void execute(Connection connection, String sql, int seconds) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.setQueryTimeout(seconds);
            statement.execute(sql);
        }
    }
}
