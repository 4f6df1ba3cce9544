package dev.chartlake.warehouse.postgres;

import dev.chartlake.load.Warehouse;
import dev.chartlake.model.ColumnType;
import dev.chartlake.testkit.WarehouseContract;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A real Postgres keeps the contract. */
class PostgresTest extends WarehouseContract {
    private final List<CutConnection> ways = new ArrayList<>();
    private String schema = "";

    @AfterEach
    void closeWays() throws IOException {
        for (CutConnection way : ways) {
            way.close();
        }
    }

    @Override
    protected void empty() throws SQLException {
        schema = PostgresServer.schema();
    }

    @Override
    protected Warehouse open(String lakeId, boolean move) throws IOException {
        return open(lakeId, move, PostgresServer.port());
    }

    private Warehouse open(String lakeId, boolean move, int port) throws IOException {
        return Postgres.open(
                Map.of(),
                PostgresServer.environment(schema, port),
                new Held(() -> lakeId, move ? OtherLake.MOVE : OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
    }

    @Override
    protected Warehouse openUntil(String lakeId, int number) throws IOException {
        CutConnection way = new CutConnection(PostgresServer.port(), number);
        ways.add(way);
        return open(lakeId, false, way.port());
    }

    @Override
    protected Connection connection() throws SQLException {
        return PostgresServer.connection(schema);
    }

    @Override
    protected String type(ColumnType type) {
        return type == ColumnType.TEXT ? "TEXT COLLATE \"C\"" : type.name();
    }
}
