package dev.chartlake.warehouse.snowflake;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;
import static dev.chartlake.load.WarehouseException.Kind.SIGN_IN;
import static dev.chartlake.load.WarehouseException.Kind.UNAVAILABLE;

import dev.chartlake.load.DayException;
import dev.chartlake.load.WarehouseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Objects;

/** What Snowflake's failures mean, by their numbers and SQLSTATE, and what to do about them. */
final class SnowflakeErrors {

    private SnowflakeErrors() {}

    /** {@code title} says which database it is. */
    static IOException explained(String title, SQLException e) {
        String said = said(e);
        return switch (e.getErrorCode()) {
            case 390189 ->
                failure(
                        CONFIGURATION,
                        title + ": " + said + ". Check SNOWFLAKE_ROLE, and that the role is granted to the user.",
                        e);
            case 390201 ->
                failure(
                        CONFIGURATION,
                        title + ": " + said
                                + ". Check SNOWFLAKE_DATABASE, SNOWFLAKE_SCHEMA and SNOWFLAKE_WAREHOUSE, and what the role may use.",
                        e);
            case 606 ->
                failure(
                        CONFIGURATION,
                        title + ": " + said + ". Name a warehouse that the role may use: SNOWFLAKE_WAREHOUSE.",
                        e);
            case 2003, 2043 ->
                failure(
                        CONFIGURATION,
                        title + ": " + said
                                + ". Create it, name another one, or grant the role the right to it; docs/how-to/snowflake.md has"
                                + " the statements.",
                        e);
            case 3001 ->
                failure(
                        CONFIGURATION,
                        title + ": " + said
                                + ". Grant the right, or load with another role; docs/how-to/snowflake.md has the statements.",
                        e);
            case 90073 ->
                failure(
                        UNAVAILABLE,
                        title + ": " + said
                                + ". The resource monitor's quota is used up: raise it, or load when its period is over.",
                        e);
            case 625, 604, 630, 57014 -> failure(UNAVAILABLE, title + ": " + said + ". Run load again.", e);
            default -> byState(title, said, e);
        };
    }

    private static IOException byState(String title, String said, SQLException e) {
        int code = e.getErrorCode();
        String state = Objects.toString(e.getSQLState(), "");
        if (code >= 390000 && code < 391000 || state.startsWith("28")) {
            return failure(
                    SIGN_IN,
                    title + " refused to sign in: " + said
                            + ". Check SNOWFLAKE_ACCOUNT, SNOWFLAKE_USER and SNOWFLAKE_PRIVATE_KEY_FILE, and that the user has the"
                            + " public key (ALTER USER … SET RSA_PUBLIC_KEY).",
                    e);
        }
        if (code >= 100000 && code < 101000 || state.startsWith("22") || state.startsWith("23")) {
            return new DayException(title + " does not take the day's rows: " + said + ".", e);
        }
        if (state.startsWith("08") || code >= 200000 && code < 200100) {
            return failure(
                    UNAVAILABLE,
                    title + " cannot be reached, or the connection was lost: " + said
                            + ". Check SNOWFLAKE_ACCOUNT and the network; then run load again.",
                    e);
        }
        return failure(CONFIGURATION, title + ": " + said + ".", e);
    }

    private static WarehouseException failure(WarehouseException.Kind kind, String message, SQLException e) {
        return new WarehouseException(kind, message, e);
    }

    /** In one line, without a full stop, and without the statement. */
    private static String said(SQLException e) {
        return Objects.toString(e.getMessage(), "no reason was given")
                .replaceFirst("SQL (?:compilation|access control|execution) error:\\s*", "")
                .lines()
                .findFirst()
                .orElse("no reason was given")
                .replaceFirst("^JDBC driver encountered communication error\\. Message: ", "")
                .replaceFirst("[. ]+$", "");
    }
}
