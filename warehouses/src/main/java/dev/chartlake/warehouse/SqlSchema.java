package dev.chartlake.warehouse;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static dev.chartlake.warehouse.TableDefinitions.DAYS;
import static dev.chartlake.warehouse.TableDefinitions.SETTINGS;
import static java.util.stream.Collectors.joining;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Column;
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
import java.util.zip.CRC32C;

/**
 * The tables and views in a database: made if they are missing, and refused if somebody has changed them. Every table has
 * the name of the view over all its days in {@code query}, so a query means the same in both.
 */
final class SqlSchema {
    /** The setting that says which lake the tables hold. */
    static final String LAKE = "lake";

    /** The setting that tells these tables from any that were there before. */
    static final String ID = "id";

    /** The setting that tells the views that were made from others. */
    static final String VIEWS = "views";

    private static final String COLUMNS = "columns of ";

    private final Connection connection;
    private final Database database;
    private final TableDefinitions definitions;

    SqlSchema(Connection connection, Database database) {
        this.connection = connection;
        this.database = database;
        this.definitions = new TableDefinitions(database);
    }

    boolean hasDays() throws SQLException {
        return !columns(DAYS).isEmpty();
    }

    /** Makes the tables that are missing, in the caller's transaction. */
    void prepareTables() throws SQLException, IOException {
        if (columns(SETTINGS).isEmpty()) {
            define(definitions.settings());
        }
        if (read(ID).isEmpty()) {
            write(ID, UUID.randomUUID().toString());
        }
        if (columns(DAYS).isEmpty()) {
            define(definitions.days());
        }
        for (var table : Table.values()) {
            prepare(table);
        }
    }

    private void prepare(Table table) throws SQLException, IOException {
        var name = Views.days(table);
        var wanted = TableDefinitions.columns(table);
        var there = columns(name);
        if (there.isEmpty()) {
            define(definitions.table(table));
        } else {
            check(name, wanted, there, read(COLUMNS + name));
            for (var column : wanted) {
                if (!there.containsKey(column.name())) {
                    define(definitions.column(table, column));
                }
            }
        }
        var names = wanted.stream().map(Column::name).collect(joining(" "));
        if (!read(COLUMNS + name).equals(Optional.of(names))) {
            for (var statement : database.after(table)) {
                define(statement);
            }
            write(COLUMNS + name, names);
        }
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
                define("DROP VIEW IF EXISTS " + names.get(i));
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
                define(statement);
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

    private Map<String, String> columns(String table) throws SQLException {
        return database.columns(connection, table);
    }

    /** Executes a statement that makes or changes what the tables or views are. */
    private void define(String sql) throws SQLException {
        execute(sql);
        database.defined(connection);
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
