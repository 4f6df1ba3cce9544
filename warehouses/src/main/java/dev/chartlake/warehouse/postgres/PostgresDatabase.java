package dev.chartlake.warehouse.postgres;

import static java.util.stream.Collectors.joining;

import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.LoadDay;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.views.Dialect;
import dev.chartlake.views.Views;
import dev.chartlake.warehouse.Database;
import dev.chartlake.warehouse.TableDefinitions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Postgres, 14 and newer. */
final class PostgresDatabase implements Database {

    /**
     * Collations that know all letters, the first one that a database has: Postgres's own (17 and newer), those of the
     * operating system, that of ICU.
     */
    private static final String LETTERS = "SELECT quote_ident(collname) FROM pg_collation"
            + " WHERE collname IN ('pg_c_utf8', 'C.utf8', 'C.UTF-8', 'en_US.utf8', 'en_US.UTF-8', 'und-x-icu')"
            + " AND collencoding IN (-1, pg_char_to_encoding(getdatabaseencoding()))"
            + " ORDER BY array_position(ARRAY['pg_c_utf8', 'C.utf8', 'C.UTF-8', 'en_US.utf8', 'en_US.UTF-8', 'und-x-icu'],"
            + " collname::text) LIMIT 1";

    /** For measuring what it gains: with {@code -Dchartlake.daysTogether=off} each day is a transaction of its own. */
    private static final boolean OFF = "off".equals(System.getProperty("chartlake.daysTogether"));

    /**
     * Each {@code COPY} has a fixed cost for the server, so few long ones cost less than many short ones. With these many
     * rows it is lost among them, and a load that is interrupted has lost some seconds of work.
     */
    private static final long ROWS_TOGETHER = OFF ? 0 : 200_000;

    private final String title;

    PostgresDatabase(String title) {
        this.title = title;
    }

    @Override
    public String title() {
        return title;
    }

    /** Texts are compared by their bytes, as in files and in DuckDB: sooner than by any language's rules, and the same anywhere. */
    @Override
    public String type(ColumnType type) {
        return type == ColumnType.TEXT ? "TEXT COLLATE \"C\"" : type.name();
    }

    @Override
    public String reported(ColumnType type) {
        return switch (type) {
            case TEXT -> "text";
            case INTEGER -> "int4";
            case BIGINT -> "int8";
            case BOOLEAN -> "bool";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
        };
    }

    @Override
    public List<String> after(Table table) {
        var statements = new ArrayList<>(TableDefinitions.comments(table));
        if (table == Table.PLAYLIST_ENTRIES) {
            var name = Views.days(table);
            statements.add(
                    "CREATE INDEX IF NOT EXISTS " + name + "_by_list ON " + name + " (playlist_id, snapshot_date)");
        }
        return statements;
    }

    @Override
    public void alone(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('chartlake ' || current_schema(), 0))");
        }
    }

    @Override
    public long rowsTogether() {
        return ROWS_TOGETHER;
    }

    @Override
    public long insert(Connection connection, Table table, String name, LoadDay day) throws SQLException, IOException {
        return insert(connection, table, name, List.of(day));
    }

    @Override
    public long insert(Connection connection, Table table, String name, List<LoadDay> days)
            throws SQLException, IOException {
        if (days.stream().allMatch(day -> day.part(table).rows() == 0)) {
            return 0;
        }
        var names = table.columns().stream().map(Column::name).collect(joining(", "));
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + name + " (" + Table.SNAPSHOT_DATE.name() + ", " + names
                        + ") FROM STDIN (FORMAT binary)");
        boolean ended = false;
        try {
            var out = new BinaryCopy(copy);
            for (var day : days) {
                write(out, table, day);
            }
            long taken = out.end();
            ended = true;
            return taken;
        } finally {
            if (!ended && copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private static void write(BinaryCopy out, Table table, LoadDay day) throws SQLException, IOException {
        var types = table.columns().stream().map(Column::type).toArray(ColumnType[]::new);
        try (DayTableRows rows = day.rows(table)) {
            for (List<@Nullable Object> row = rows.next(); row != null; row = rows.next()) {
                out.row(types.length + 1);
                out.field(ColumnType.DATE, day.date());
                for (int i = 0; i < types.length; i++) {
                    out.field(types[i], row.get(i));
                }
            }
        }
    }

    @Override
    public Dialect dialect() {
        return Dialect.POSTGRES;
    }

    @Override
    public String view(Connection connection, String query) throws SQLException {
        return query.contains(Dialect.LETTERS) ? query.replace(Dialect.LETTERS, letters(connection)) : query;
    }

    private static String letters(Connection connection) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(LETTERS)) {
            return rows.next() ? rows.getString(1) : "\"default\"";
        }
    }

    @Override
    public IOException explained(SQLException e) {
        return PostgresErrors.explained(title, e);
    }
}
