package dev.chartlake.warehouse;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static java.util.stream.Collectors.joining;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * The tables and views in a database: made if they are missing, and refused if somebody has changed them. Every table has
 * the name of the view over all its days in {@code query}, so a query means the same in both.
 */
final class SqlSchema {
    /** Which version of each day the tables hold. */
    static final String DAYS = "chartlake_days";

    /** What is known of the tables, by name. */
    static final String SETTINGS = "chartlake_settings";

    /** The setting that says which lake the tables hold. */
    static final String LAKE = "lake";

    /** The setting that tells these tables from any that were there before. */
    static final String ID = "id";

    /** The setting that tells the views that were made from others. */
    static final String VIEWS = "views";

    private static final String COLUMNS = "columns of ";

    private final Connection connection;
    private final Database database;

    SqlSchema(Connection connection, Database database) {
        this.connection = connection;
        this.database = database;
    }

    boolean hasDays() throws SQLException {
        return !columns(DAYS).isEmpty();
    }

    /** Makes the tables that are missing, in the caller's transaction. */
    void prepareTables() throws SQLException, IOException {
        if (columns(SETTINGS).isEmpty()) {
            execute("CREATE TABLE " + SETTINGS + " (name " + type(ColumnType.TEXT) + " PRIMARY KEY, value "
                    + type(ColumnType.TEXT) + " NOT NULL)");
        }
        if (read(ID).isEmpty()) {
            write(ID, UUID.randomUUID().toString());
        }
        if (columns(DAYS).isEmpty()) {
            execute("CREATE TABLE " + DAYS + " (snapshot_date " + type(ColumnType.DATE) + " PRIMARY KEY, version "
                    + type(ColumnType.TEXT) + " NOT NULL, row_count " + type(ColumnType.BIGINT)
                    + " NOT NULL, loaded_at "
                    + type(ColumnType.TIMESTAMP) + " NOT NULL)");
        }
        for (var table : Table.values()) {
            prepare(table);
        }
    }

    private void prepare(Table table) throws SQLException, IOException {
        var name = Views.days(table);
        var wanted = columnsOf(table);
        var there = columns(name);
        if (there.isEmpty()) {
            create(name, table, wanted);
        } else {
            check(name, wanted, there, read(COLUMNS + name));
            for (var column : wanted) {
                if (!there.containsKey(column.name())) {
                    execute("ALTER TABLE " + name + " ADD COLUMN " + column.name() + " " + type(column.type()));
                }
            }
        }
        var names = wanted.stream().map(Column::name).collect(joining(" "));
        if (!read(COLUMNS + name).equals(Optional.of(names))) {
            for (var statement : database.after(table, name, wanted)) {
                execute(statement);
            }
            write(COLUMNS + name, names);
        }
    }

    private static List<Column> columnsOf(Table table) {
        return Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.columns().stream())
                .toList();
    }

    private void create(String name, Table table, List<Column> columns) throws SQLException {
        var parts = new ArrayList<String>();
        columns.forEach(column ->
                parts.add(column.name() + " " + type(column.type()) + (column.required() ? " NOT NULL" : "")));
        if (database.hasKeys()) {
            parts.add(key(table));
        }
        execute("CREATE TABLE " + name + " (\n    " + String.join(",\n    ", parts) + "\n)");
    }

    /** A key cannot have columns that may be null; then rows with nulls are not compared. */
    private static String key(Table table) {
        var key = Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.key().stream())
                .toList();
        boolean known = key.stream().allMatch(Column::required);
        return (known ? "PRIMARY KEY (" : "UNIQUE (")
                + key.stream().map(Column::name).collect(joining(", ")) + ")";
    }

    /** {@code recorded} are the names of the columns as they were last prepared, if they ever were. */
    private void check(String name, List<Column> wanted, Map<String, String> there, Optional<String> recorded)
            throws WarehouseException {
        var before = recorded.map(names -> List.of(names.split(" "))).orElse(List.of());
        for (var column : wanted) {
            var type = there.get(column.name());
            if (type == null && (recorded.isEmpty() || before.contains(column.name()))) {
                throw changed(name, "has no column " + column.name());
            }
            if (type != null && !type.equals(lower(database.reported(column.type())))) {
                throw changed(
                        name,
                        "has a column " + column.name() + " of type " + type + " instead of "
                                + lower(database.reported(column.type())));
            }
        }
        var names = wanted.stream().map(Column::name).toList();
        for (var column : there.keySet()) {
            if (!names.contains(column)) {
                throw changed(name, "has a column " + column + " that Chartlake does not have");
            }
        }
    }

    private WarehouseException changed(String name, String difference) {
        return new WarehouseException(
                CONFIGURATION,
                "The table " + name + " in " + database.title() + " " + difference
                        + ". Nothing was changed. Change it back;"
                        + " or rename it, and load makes a new one; or load into another schema or database.",
                null);
    }

    /** How the views are replaced. */
    enum Replacing {
        /** Each in its place: what others have built on them stays. */
        IN_PLACE,
        /** All are dropped first, for a view whose columns are others cannot be replaced in its place. */
        ANEW
    }

    /** Makes the views, or makes them again if they have changed, in the caller's transaction. */
    void prepareViews(ViewSettings settings, Replacing how) throws SQLException {
        var queries = new LinkedHashMap<String, String>();
        for (var name : database.views()) {
            queries.put(name, database.view(connection, settings.query(name, database.dialect())));
        }
        var crc = new CRC32C();
        queries.forEach((name, query) -> crc.update((name + query).getBytes(StandardCharsets.UTF_8)));
        var version = "%08x".formatted(crc.getValue());
        if (read(VIEWS).equals(Optional.of(version))) {
            return;
        }
        if (how == Replacing.ANEW) {
            var names = new ArrayList<>(queries.keySet());
            for (int i = names.size() - 1; i >= 0; i--) {
                execute("DROP VIEW IF EXISTS " + names.get(i));
            }
        }
        createViews(queries);
        write(VIEWS, version);
    }

    /** True if the views were made before. */
    boolean hasViews() throws SQLException {
        return read(VIEWS).isPresent();
    }

    private void createViews(Map<String, String> queries) throws SQLException {
        for (var view : queries.entrySet()) {
            for (var statement : database.replacing(view.getKey(), view.getValue())) {
                execute(statement);
            }
        }
    }

    /** The value of a setting; empty if there is none. */
    Optional<String> read(String name) throws SQLException {
        try (var select = connection.prepareStatement("SELECT value FROM " + SETTINGS + " WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    /** Keeps the value of a setting. */
    void write(String name, String value) throws SQLException {
        if (read(name).equals(Optional.of(value))) {
            return;
        }
        try (var delete = connection.prepareStatement("DELETE FROM " + SETTINGS + " WHERE name = ?");
                var insert = connection.prepareStatement("INSERT INTO " + SETTINGS + " (name, value) VALUES (?, ?)")) {
            delete.setString(1, name);
            delete.executeUpdate();
            insert.setString(1, name);
            insert.setString(2, value);
            insert.executeUpdate();
        }
    }

    /** The columns of a table or view, and their types in small letters; none if it is not there. */
    private Map<String, String> columns(String table) throws SQLException {
        var columns = new LinkedHashMap<String, String>();
        try (ResultSet rows = connection
                .getMetaData()
                .getColumns(connection.getCatalog(), connection.getSchema(), table.replace("_", "\\_"), "%")) {
            while (rows.next()) {
                columns.put(lower(rows.getString("COLUMN_NAME")), lower(rows.getString("TYPE_NAME")));
            }
        }
        return columns;
    }

    private String type(ColumnType type) {
        return database.type(type);
    }

    /** Executes a statement, in the caller's transaction. */
    void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
