package dev.chartlake.warehouse.postgres;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.warehouse.SqlWarehouse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** Opens a Postgres database as a warehouse. */
public final class Postgres {
    private static final int OLDEST = 14;

    private Postgres() {}

    /**
     * Connects.
     *
     * @param options the section {@code load.postgres} of the configuration file
     * @param environment the usual {@code PG…} variables of Postgres's programs; they come before the file
     */
    public static SqlWarehouse open(
            Map<String, String> options, Map<String, String> environment, SqlWarehouse.Held held) throws IOException {
        PostgresAddress address = PostgresAddress.of(options, environment);
        PostgresDatabase database = new PostgresDatabase(address.title());
        try {
            Connection connection = new org.postgresql.Driver().connect(address.url(), address.properties());
            if (connection == null) {
                throw new WarehouseException(
                        CONFIGURATION, "This is no address of a Postgres database: " + address.title() + ".", null);
            }
            try {
                check(connection, address);
                return new SqlWarehouse(connection, database, held);
            } catch (SQLException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException e) {
            throw database.explained(e);
        }
    }

    private static void check(Connection connection, PostgresAddress address) throws SQLException, IOException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < OLDEST) {
            throw new WarehouseException(
                    CONFIGURATION,
                    address.title() + " is Postgres " + version + ". Chartlake needs " + OLDEST + " or newer.",
                    null);
        }
        if (!address.schema().isEmpty()) {
            connection.setSchema(address.schema());
        }
        String schema = connection.getSchema();
        if (schema == null) {
            throw new WarehouseException(
                    CONFIGURATION,
                    address.title() + " has no schema '"
                            + (address.schema().isEmpty() ? "of the search path" : address.schema())
                            + "'. Create it (CREATE SCHEMA), or name another one: load.postgres.schema.",
                    null);
        }
    }
}
