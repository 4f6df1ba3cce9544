package dev.chartlake.warehouse.postgres;

import dev.chartlake.load.Warehouse;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

/** An empty schema of a real Postgres, for tests elsewhere. */
public final class TestPostgres implements AutoCloseable {
    private final String schema;
    private final Connection connection;

    public TestPostgres() throws SQLException {
        schema = PostgresServer.schema();
        connection = PostgresServer.connection(schema);
    }

    public Warehouse open(Held held) throws IOException {
        return Postgres.open(Map.of(), PostgresServer.environment(schema, PostgresServer.port()), held);
    }

    public Connection connection() {
        return connection;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
