package dev.chartlake.warehouse;

import dev.chartlake.load.LoadDay;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.views.Dialect;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * What differs between the databases that {@link SqlWarehouse} loads. Its transactions include the definition of tables, and
 * one that is not committed leaves nothing.
 */
public interface Database {

    /** What a message calls it, with where it is and without a secret: {@code Postgres at localhost:5432/charts}. */
    String title();

    /** A column's type in {@code CREATE TABLE}. */
    String type(ColumnType type);

    /** The name that the driver's {@link java.sql.DatabaseMetaData#getColumns} gives to such a type. */
    String reported(ColumnType type);

    /** The statements that say what a table and its columns mean, and that make what helps its queries. */
    List<String> after(Table table, String name, List<Column> columns);

    /** Whether tables get a key, which the database then checks and finds rows by. */
    default boolean hasKeys() {
        return true;
    }

    /** Waits until no other load changes these tables, and keeps others waiting until the transaction ends. */
    void alone(Connection connection) throws SQLException;

    /**
     * Writes the day's rows of a table into the table {@code name}, which has none of that day, in this transaction.
     *
     * @return how many rows the database says it took
     */
    long insert(Connection connection, Table table, String name, LoadDay day) throws SQLException, IOException;

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
