package dev.chartlake.warehouse;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;

import dev.chartlake.load.DayException;
import dev.chartlake.load.LoadDay;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.query.SqlText;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import dev.chartlake.warehouse.SqlSchema.Replacing;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A database with the lake's tables. One transaction replaces the rows of one or several days, and notes in {@code
 * chartlake_days} which versions of them it holds now. Closing it closes the connection.
 */
public final class SqlWarehouse implements Warehouse {

    private final Connection connection;
    private final Database database;
    private final Held held;
    private final SqlSchema schema;

    /**
     * What the tables are to hold.
     *
     * @param lake tells the lake's {@link dev.chartlake.load.LakeId} when the tables are prepared
     * @param otherLake what to do with tables that hold another one
     * @param views what the configuration says to the views; empty where there is no configuration: then views that are
     *     there stay as they are
     */
    public record Held(Identity lake, OtherLake otherLake, Optional<ViewSettings> views) {}

    /** Tells which lake it is; a lake that was never loaded gets its id then. */
    @FunctionalInterface
    public interface Identity {
        String id() throws IOException;
    }

    /** What to do with tables that hold another lake. */
    public enum OtherLake {
        /** Leave them as they are. */
        REFUSE,
        /** Make them this lake's: the other one's days are deleted first. */
        MOVE
    }

    /** {@code connection} is this warehouse's from now on. */
    public SqlWarehouse(Connection connection, Database database, Held held) {
        this.connection = connection;
        this.database = database;
        this.held = held;
        this.schema = new SqlSchema(connection, database);
    }

    @Override
    public String prepare() throws IOException {
        var id = inTransaction(() -> {
            database.alone(connection);
            schema.prepareTables();
            beOfThisLake();
            return schema.read(SqlSchema.ID).orElseThrow();
        });
        if (held.views().isEmpty() && inTransaction(schema::hasViews)) {
            return id;
        }
        try {
            prepareViews(Replacing.IN_PLACE);
        } catch (IOException e) {
            if (!inTransaction(schema::hasViews)) {
                throw e;
            }
            prepareViews(Replacing.ANEW);
        }
        return id;
    }

    private void beOfThisLake() throws SQLException, IOException {
        var lake = schema.read(SqlSchema.LAKE);
        var id = held.lake().id();
        if (lake.isPresent() && !lake.get().equals(id)) {
            if (held.otherLake() == OtherLake.REFUSE) {
                throw new WarehouseException(
                        CONFIGURATION,
                        database.title()
                                + " holds the days of another lake. Nothing was changed. Load into another schema or"
                                + " database, or replace that lake's days by this one's: add --move.",
                        null);
            }
            for (var table : Table.values()) {
                schema.execute("DELETE FROM " + Views.days(table));
            }
            schema.execute("DELETE FROM " + TableDefinitions.DAYS);
        }
        schema.write(SqlSchema.LAKE, id);
    }

    /** What tells the views that are there from others; empty if there are none. */
    public String views() throws IOException {
        return inTransaction(
                () -> schema.hasDays() ? schema.read(SqlSchema.VIEWS).orElse("") : "");
    }

    private void prepareViews(Replacing how) throws IOException {
        inTransaction(() -> {
            database.alone(connection);
            schema.prepareViews(held.views().orElse(ViewSettings.DEFAULT), how);
            return how;
        });
    }

    @Override
    public Optional<Map<LocalDate, String>> versions() throws IOException {
        return Optional.of(inTransaction(() -> {
            var versions = new HashMap<LocalDate, String>();
            if (schema.hasDays()) {
                try (var statement = connection.createStatement();
                        ResultSet rows =
                                statement.executeQuery("SELECT snapshot_date, version FROM " + TableDefinitions.DAYS)) {
                    while (rows.next()) {
                        versions.put(LocalDate.parse(rows.getString(1)), rows.getString(2));
                    }
                }
            }
            return versions;
        }));
    }

    @Override
    public long rowsTogether() {
        return database.rowsTogether();
    }

    @Override
    public Map<Table, Long> load(LoadDay day) throws IOException {
        return load(List.of(day));
    }

    @Override
    public Map<Table, Long> load(List<LoadDay> days) throws IOException {
        return inTransaction(() -> {
            database.alone(connection);
            for (var table : Table.values()) {
                delete(Views.days(table), days);
            }
            delete(TableDefinitions.DAYS, days);
            var taken = new EnumMap<Table, Long>(Table.class);
            for (var table : Table.values()) {
                long expected =
                        days.stream().mapToLong(day -> day.part(table).rows()).sum();
                long rows = database.insert(connection, table, Views.days(table), days);
                if (rows != expected) {
                    throw new DayException.Counts(database.title() + " took " + rows + " rows of " + table.sqlName()
                            + ", the day's manifest says " + expected + ".");
                }
                taken.put(table, rows);
            }
            for (var day : days) {
                note(day);
                day.requireUnchanged();
            }
            return taken;
        });
    }

    @Override
    public boolean delete(LocalDate day) throws IOException {
        return inTransaction(() -> {
            database.alone(connection);
            for (var table : Table.values()) {
                delete(Views.days(table), day);
            }
            delete(TableDefinitions.DAYS, day);
            return true;
        });
    }

    private void delete(String table, LocalDate day) throws SQLException {
        schema.execute("DELETE FROM " + table + " WHERE snapshot_date = " + database.literal(day));
    }

    /** Several days are mostly new: the last of them that a table has spares the statements for those after it. */
    private void delete(String table, List<LoadDay> days) throws SQLException {
        var last = days.size() == 1 ? LocalDate.MAX : lastOf(days, table);
        for (var day : days) {
            if (!day.date().isAfter(last)) {
                delete(table, day.date());
            }
        }
    }

    private LocalDate lastOf(List<LoadDay> days, String table) throws SQLException {
        var first = database.literal(days.get(0).date());
        var end = database.literal(days.get(days.size() - 1).date());
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT max(snapshot_date) FROM " + table
                        + " WHERE snapshot_date BETWEEN " + first + " AND " + end)) {
            var last = rows.next() ? rows.getString(1) : null;
            return last == null ? LocalDate.MIN : LocalDate.parse(last);
        }
    }

    private void note(LoadDay day) throws SQLException {
        schema.execute("INSERT INTO " + TableDefinitions.DAYS
                + " (snapshot_date, version, row_count, loaded_at) VALUES ("
                + database.literal(day.date()) + ", " + SqlText.literal(day.version()) + ", " + day.rows() + ", "
                + database.literal(LocalDateTime.now(ZoneOffset.UTC)) + ")");
    }

    /** What is done in one transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws SQLException, IOException;
    }

    private <T> T inTransaction(Work<T> work) throws IOException {
        boolean done = false;
        try {
            connection.setAutoCommit(false);
            T result = work.run();
            connection.commit();
            done = true;
            return result;
        } catch (SQLException e) {
            throw database.explained(e);
        } finally {
            if (!done) {
                rollBack();
            }
        }
    }

    /** A connection that is lost has rolled back. */
    private void rollBack() {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // The failure before it says what happened.
        }
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw database.explained(e);
        }
    }
}
