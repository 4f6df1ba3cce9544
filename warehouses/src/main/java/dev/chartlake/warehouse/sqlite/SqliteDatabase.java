package dev.chartlake.warehouse.sqlite;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static dev.chartlake.load.WarehouseException.Kind.UNAVAILABLE;
import static java.util.stream.Collectors.joining;

import dev.chartlake.load.DayException;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.LoadDay;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.views.Dialect;
import dev.chartlake.warehouse.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/**
 * SQLite. Dates and times are texts, as its own functions read them; truth values are 0 and 1. It has no views of history:
 * its functions know capital letters of A to Z alone, so that other songs would be one recording than elsewhere.
 */
final class SqliteDatabase implements Database {
    private static final int BATCH = 1000;

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter();

    private final String title;

    SqliteDatabase(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String type(ColumnType type) {
        return type.name();
    }

    @Override
    public String reported(ColumnType type) {
        return type.name();
    }

    /** It keeps no comments. */
    @Override
    public List<String> after(Table table) {
        return List.of();
    }

    @Override
    public String literal(LocalDate day) {
        return "'" + day + "'";
    }

    @Override
    public String literal(LocalDateTime time) {
        return "'" + SECONDS.format(time) + "'";
    }

    /** Its transactions begin with a lock on the file. */
    @Override
    public void alone(Connection connection) {}

    @Override
    public long insert(Connection connection, Table table, String name, LoadDay day) throws SQLException, IOException {
        var columns = table.columns().stream().map(Column::name).collect(joining(", "));
        var values = "?" + ", ?".repeat(table.columns().size());
        long count = 0;
        try (DayTableRows rows = day.rows(table);
                PreparedStatement insert = connection.prepareStatement("INSERT INTO " + name + " ("
                        + Table.SNAPSHOT_DATE.name() + ", " + columns + ") VALUES (" + values + ")")) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                insert.setString(1, day.date().toString());
                for (int i = 0; i < row.size(); i++) {
                    insert.setObject(i + 2, stored(row.get(i)));
                }
                insert.addBatch();
                if (++count % BATCH == 0) {
                    insert.executeBatch();
                }
            }
            insert.executeBatch();
        }
        return count;
    }

    private static @Nullable Object stored(@Nullable Object value) {
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof LocalDateTime time) {
            return TIME.format(time);
        }
        return value instanceof LocalDate date ? date.toString() : value;
    }

    @Override
    public Dialect dialect() {
        return Dialect.SQLITE;
    }

    @Override
    public List<String> views() {
        return List.of("songs", "albums", "artists", "artist_songs");
    }

    @Override
    public List<String> replacing(String view, String query) {
        return List.of("DROP VIEW IF EXISTS " + view, "CREATE VIEW " + view + " AS\n" + query);
    }

    @Override
    public String view(Connection connection, String query) {
        return query;
    }

    @Override
    public IOException explained(SQLException e) {
        String said = Objects.toString(e.getMessage(), "no reason was given").replaceFirst("[. ]+$", "");
        if (!(e instanceof SQLiteException sqlite)) {
            return new WarehouseException(CONFIGURATION, title + ": " + said + ".", e);
        }
        return switch (sqlite.getResultCode()) {
            case SQLITE_BUSY, SQLITE_LOCKED ->
                new WarehouseException(
                        UNAVAILABLE,
                        title + " is being changed by another program. Run load again when it has ended.",
                        e);
            case SQLITE_FULL, SQLITE_IOERR, SQLITE_IOERR_WRITE ->
                new WarehouseException(
                        UNAVAILABLE, title + ": " + said + ". Make room on the disk and run load again.", e);
            case SQLITE_NOTADB ->
                new WarehouseException(
                        CONFIGURATION,
                        title + " is there and no SQLite database. Move it away, or name another one.",
                        e);
            case SQLITE_CONSTRAINT, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_NOTNULL ->
                new DayException(title + " does not take the day's rows: " + said + ".", e);
            default -> new WarehouseException(CONFIGURATION, title + ": " + said + ".", e);
        };
    }
}
