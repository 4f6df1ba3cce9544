package dev.chartlake.warehouse;

import dev.chartlake.load.LoadDay;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.views.Dialect;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What differs between the databases that {@link SqlWarehouse} loads. A transaction that is not committed leaves no rows; in
 * most of them it leaves no tables either.
 */
public interface Database {

    /** How a time is written. */
    DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

    /** What a message calls it, with where it is and without a secret: {@code Postgres at localhost:5432/charts}. */
    String title();

    /** A column's type in {@code CREATE TABLE}. */
    String type(ColumnType type);

    /** The name that the driver's {@link java.sql.DatabaseMetaData#getColumns} gives to such a type. */
    String reported(ColumnType type);

    /** The statements that say what a table and its columns mean, and that make what helps its queries. */
    List<String> after(Table table);

    /** Whether tables get a key, which the database then checks and finds rows by. */
    default boolean hasKeys() {
        return true;
    }

    /** The columns of a table or view in their order, and their types, all in small letters; none if it is not there. */
    default Map<String, String> columns(Connection connection, String table) throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        try (ResultSet rows = connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), table.replace("_", "\\_"), "%")) {
            while (rows.next()) {
                columns.put(
                        rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                        rows.getString("TYPE_NAME").toLowerCase(Locale.ROOT));
            }
        }
        return columns;
    }

    /** Called after each statement that made or changed a table or view. */
    default void defined(Connection connection) throws SQLException {}

    /** A day as a statement has it. */
    default String literal(LocalDate day) {
        return "DATE '" + day + "'";
    }

    /** A time of UTC as a statement has it, in whole seconds. */
    default String literal(LocalDateTime time) {
        return "TIMESTAMP '" + SECONDS.format(time) + "'";
    }

    /** Waits until no other load changes these tables, and keeps others waiting until the transaction ends. */
    void alone(Connection connection) throws SQLException;

    /**
     * Writes the day's rows of a table into the table {@code name}, which has none of that day, in this transaction.
     *
     * @return how many rows the database says it took
     */
    long insert(Connection connection, Table table, String name, LoadDay day) throws SQLException, IOException;

    /** As {@link dev.chartlake.load.Warehouse#rowsTogether}. */
    default long rowsTogether() {
        return 0;
    }

    /** As the other {@code insert}, for the rows of several days. */
    default long insert(Connection connection, Table table, String name, List<LoadDay> days)
            throws SQLException, IOException {
        long taken = 0;
        for (var day : days) {
            taken += insert(connection, table, name, day);
        }
        return taken;
    }

    /** How it writes the views. */
    Dialect dialect();

    /** The views that it can have; one comes after those it reads from. */
    default List<String> views() {
        return Views.names();
    }

    /** The statements that make a view, or make it again in its place. */
    default List<String> replacing(String view, String query) {
        return List.of("CREATE OR REPLACE VIEW " + view + " AS\n" + query);
    }

    /** The query of a view in {@link #dialect}, with what this very database calls things. */
    String view(Connection connection, String query) throws SQLException;

    /**
     * Says what a failure means and what to do about it, without a secret: a {@link dev.chartlake.load.WarehouseException},
     * or a {@link dev.chartlake.load.DayException} where it is one day's rows that the database does not take.
     */
    IOException explained(SQLException e);
}
