package dev.chartlake.testkit;

import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.views.Views;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rows of a warehouse's tables as values that can be compared with those of a lake. */
public final class WarehouseRows {

    private WarehouseRows() {}

    /** How a driver gives dates and times. */
    public interface Reading {

        /** A date of a result; null if there is none. */
        default @Nullable LocalDate date(ResultSet rows, int column) throws SQLException {
            return rows.getObject(column, LocalDate.class);
        }

        /** A time of a result, in UTC; null if there is none. */
        default @Nullable LocalDateTime time(ResultSet rows, int column) throws SQLException {
            return rows.getObject(column, LocalDateTime.class);
        }
    }

    /** The rows of each table, sorted by their text; a table that is not named has none. */
    public static Map<Table, List<List<@Nullable Object>>> sorted(Map<Table, List<List<@Nullable Object>>> tables) {
        Map<Table, List<List<@Nullable Object>>> sorted = new EnumMap<>(Table.class);
        for (Table table : Table.values()) {
            List<List<@Nullable Object>> rows = new ArrayList<>(tables.getOrDefault(table, List.of()));
            rows.sort(Comparator.comparing(Object::toString));
            sorted.put(table, rows);
        }
        return sorted;
    }

    /** The rows of all days that have any, by day and table, as {@link #sorted} has them. */
    public static Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> of(Connection connection, Reading reading)
            throws SQLException {
        Map<LocalDate, Map<Table, List<List<@Nullable Object>>>> days = new TreeMap<>();
        for (Table table : Table.values()) {
            String columns = table.columns().stream().map(Column::name).collect(Collectors.joining(", "));
            try (var statement = connection.createStatement();
                    ResultSet rows =
                            statement.executeQuery("SELECT snapshot_date, " + columns + " FROM " + Views.days(table))) {
                while (rows.next()) {
                    days.computeIfAbsent(reading.date(rows, 1), date -> new EnumMap<>(Table.class))
                            .computeIfAbsent(table, each -> new ArrayList<>())
                            .add(row(table, rows, reading));
                }
            }
        }
        days.replaceAll((date, tables) -> sorted(tables));
        return days;
    }

    private static List<@Nullable Object> row(Table table, ResultSet rows, Reading reading) throws SQLException {
        List<@Nullable Object> row = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            int at = i + 2;
            Object value = switch (table.columns().get(i).type()) {
                case TEXT -> rows.getString(at);
                case INTEGER -> rows.getInt(at);
                case BIGINT -> rows.getLong(at);
                case BOOLEAN -> rows.getBoolean(at);
                case DATE -> reading.date(rows, at);
                case TIMESTAMP -> reading.time(rows, at);
            };
            row.add(rows.wasNull() ? null : value);
        }
        return row;
    }
}
