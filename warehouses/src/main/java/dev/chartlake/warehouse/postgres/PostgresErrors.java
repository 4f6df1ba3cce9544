package dev.chartlake.warehouse.postgres;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static dev.chartlake.load.WarehouseException.Kind.SIGN_IN;
import static dev.chartlake.load.WarehouseException.Kind.UNAVAILABLE;

import dev.chartlake.load.DayException;
import dev.chartlake.load.WarehouseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** What Postgres's failures mean, by their SQLSTATE, and what to do about them. */
final class PostgresErrors {

    private PostgresErrors() {}

    /** {@code title} says which database it is. */
    static IOException explained(String title, SQLException e) {
        String state = Objects.toString(e.getSQLState(), "");
        String said = said(e);
        return switch (state) {
            case "3D000" ->
                failure(CONFIGURATION, title + ": " + said + ". Create it, or name another one with PGDATABASE.", e);
            case "3F000" ->
                failure(
                        CONFIGURATION,
                        title + ": " + said + ". Create the schema, or name another one: load.postgres.schema.",
                        e);
            case "42501" ->
                failure(
                        CONFIGURATION,
                        title + ": " + said
                                + ". Grant the right, or load as another user; docs/how-to/postgres.md has the"
                                + " statements.",
                        e);
            case "42809", "42P07", "42710" ->
                failure(
                        CONFIGURATION,
                        title + ": " + said
                                + ". Something else has a name that Chartlake needs. Load into a schema of its own:"
                                + " load.postgres.schema.",
                        e);
            case "2BP01" ->
                failure(
                        CONFIGURATION,
                        title + ": " + said + detail(e)
                                + ". Views of your own read one whose columns have changed. Drop them,"
                                + " run load, and create them again.",
                        e);
            case "25006" ->
                failure(
                        CONFIGURATION,
                        title + " only answers queries: it is a copy of another server. Load that one.",
                        e);
            case "53100" ->
                failure(UNAVAILABLE, title + " has no space left: " + said + ". Free some and run load again.", e);
            default -> byClass(title, state.length() < 2 ? "" : state.substring(0, 2), said, e);
        };
    }

    private static IOException byClass(String title, String stateClass, String said, SQLException e) {
        return switch (stateClass) {
            case "28" ->
                failure(
                        SIGN_IN,
                        title + " refused to sign in: " + said
                                + ". Check PGUSER, PGPASSWORD and the server's pg_hba.conf.",
                        e);
            case "22", "23" -> new DayException(title + " does not take the day's rows: " + said + detail(e) + ".", e);
            case "08" ->
                failure(
                        UNAVAILABLE,
                        title + " cannot be reached, or the connection was lost: " + said
                                + ". Check PGHOST and PGPORT, and that the server runs; then run load again.",
                        e);
            case "53", "57", "40", "55" -> failure(UNAVAILABLE, title + ": " + said + ". Run load again.", e);
            default -> failure(CONFIGURATION, title + ": " + said + ".", e);
        };
    }

    private static WarehouseException failure(WarehouseException.Kind kind, String message, SQLException e) {
        return new WarehouseException(kind, message, e);
    }

    /** The server's own sentence, else the driver's; without a full stop, and without the statement. */
    private static String said(SQLException e) {
        ServerErrorMessage server = server(e);
        String said = server == null ? Objects.toString(e.getMessage(), "") : Objects.toString(server.getMessage(), "");
        return said.lines()
                .findFirst()
                .orElse("no reason was given")
                .replaceFirst("[.] Check that .*", "") // the driver's cure, beside ours
                .replaceFirst("[. ]+$", "");
    }

    private static String detail(SQLException e) {
        ServerErrorMessage server = server(e);
        return server == null || server.getDetail() == null
                ? ""
                : " (" + server.getDetail().lines().findFirst().orElse("").replaceFirst("[.]$", "") + ")";
    }

    private static @Nullable ServerErrorMessage server(SQLException e) {
        return e instanceof PSQLException postgres ? postgres.getServerErrorMessage() : null;
    }
}
