package dev.chartlake.warehouse.snowflake;

import static dev.chartlake.load.WarehouseException.Kind.CONFIGURATION;

import dev.chartlake.load.WarehouseException;
import dev.chartlake.warehouse.SqlWarehouse;
import java.io.IOException;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Map;
import java.util.function.Consumer;

/** Opens a Snowflake database as a warehouse. */
public final class Snowflake {

    private Snowflake() {}

    /**
     * Connects.
     *
     * @param options the section {@code load.snowflake} of the configuration file
     * @param environment the usual {@code SNOWFLAKE_…} variables; they come before the file
     * @param say is told what takes a while
     */
    public static SqlWarehouse open(
            Map<String, String> options, Map<String, String> environment, SqlWarehouse.Held held, Consumer<String> say)
            throws IOException {
        SnowflakeAddress address = SnowflakeAddress.of(options, environment);
        return open(SnowflakeDriver.load(environment, say), address, held);
    }

    /** As the other one, with a driver that is loaded. */
    static SqlWarehouse open(Driver driver, SnowflakeAddress address, SqlWarehouse.Held held) throws IOException {
        SnowflakeDatabase database = new SnowflakeDatabase(address.title());
        try {
            Connection connection = connect(driver, address);
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

    static Connection connect(Driver driver, SnowflakeAddress address) throws SQLException, IOException {
        Connection connection = driver.connect(address.url(), address.properties());
        if (connection == null) {
            throw new WarehouseException(CONFIGURATION, "This is no address of " + address.title() + ".", null);
        }
        return connection;
    }

    /** Snowflake signs in also where there is no such database, schema or warehouse, or the role may not use it. */
    private static void check(Connection connection, SnowflakeAddress address) throws SQLException, IOException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT CURRENT_DATABASE(), CURRENT_SCHEMA(), CURRENT_WAREHOUSE()")) {
            rows.next();
            String[] named = {"database", "schema", "warehouse"};
            for (int i = 0; i < named.length; i++) {
                if (rows.getString(i + 1) == null) {
                    throw new WarehouseException(
                            CONFIGURATION,
                            address.title() + ": there is no such " + named[i]
                                    + ", or the role may not use it. Check SNOWFLAKE_"
                                    + named[i].toUpperCase(java.util.Locale.ROOT) + " and SNOWFLAKE_ROLE.",
                            null);
                }
            }
        }
    }
}
