package dev.chartlake.warehouse;

import static java.util.stream.Collectors.joining;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.query.SqlText;
import dev.chartlake.views.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The statements that make a lake's tables in a database. Each can be executed again without loss. */
public final class TableDefinitions {
    /** Which version of each day the tables hold. */
    public static final String DAYS = "chartlake_days";

    /** What is known of the tables, by name. */
    public static final String SETTINGS = "chartlake_settings";

    private final Database database;

    /** In the SQL of {@code database}. */
    public TableDefinitions(Database database) {
        this.database = database;
    }

    /** The table of what is known of the tables. */
    public String settings() {
        return "CREATE TABLE IF NOT EXISTS " + SETTINGS + " (name " + type(ColumnType.TEXT) + " PRIMARY KEY, value "
                + type(ColumnType.TEXT) + " NOT NULL)";
    }

    /** The table of the days that are loaded. */
    public String days() {
        return "CREATE TABLE IF NOT EXISTS " + DAYS + " (snapshot_date " + type(ColumnType.DATE)
                + " PRIMARY KEY, version " + type(ColumnType.TEXT) + " NOT NULL, row_count " + type(ColumnType.BIGINT)
                + " NOT NULL, loaded_at " + type(ColumnType.TIMESTAMP) + " NOT NULL)";
    }

    /** The table that holds every day's rows of {@code table}. */
    public String table(Table table) {
        var parts = new ArrayList<String>();
        columns(table)
                .forEach(column ->
                        parts.add(column.name() + " " + type(column.type()) + (column.required() ? " NOT NULL" : "")));
        if (database.hasKeys()) {
            parts.add(key(table));
        }
        return "CREATE TABLE IF NOT EXISTS " + Views.days(table) + " (\n    " + String.join(",\n    ", parts) + "\n)";
    }

    /** Adds a column that a later version brought. */
    public String column(Table table, Column column) {
        return "ALTER TABLE " + Views.days(table) + " ADD COLUMN " + column.name() + " " + type(column.type());
    }

    /** Comments that say what a table and its columns mean, where {@code COMMENT ON} is known. */
    public static List<String> comments(Table table) {
        var name = Views.days(table);
        var statements = new ArrayList<String>();
        statements.add("COMMENT ON TABLE " + name + " IS " + SqlText.literal("Every day's rows of " + table.sqlName()));
        for (var column : columns(table)) {
            statements.add("COMMENT ON COLUMN " + name + "." + column.name() + " IS "
                    + SqlText.literal(
                            column.type() == ColumnType.TIMESTAMP ? column.meaning() + ". UTC" : column.meaning()));
        }
        return statements;
    }

    /** The day, and what a table's file has. */
    public static List<Column> columns(Table table) {
        return Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.columns().stream())
                .toList();
    }

    /** A key cannot have columns that may be null; then rows with nulls are not compared. */
    private static String key(Table table) {
        var key = Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.key().stream())
                .toList();
        boolean known = key.stream().allMatch(Column::required);
        return (known ? "PRIMARY KEY (" : "UNIQUE (")
                + key.stream().map(Column::name).collect(joining(", ")) + ")";
    }

    private String type(ColumnType type) {
        return database.type(type);
    }
}
