package dev.chartlake.warehouse.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is wrong is told with its cure, and without the password. */
class PostgresErrorsTest {
    private static final String SECRET = "hunter2 or so";

    private String schema = "";
    private Map<String, String> environment = Map.of();

    @BeforeEach
    void newSchema() throws SQLException {
        schema = PostgresServer.schema();
        environment = PostgresServer.environment(schema, PostgresServer.port());
        environment.put("PGPASSWORD", SECRET);
    }

    @Test
    void nobodyAnswers() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("PGPORT", Integer.toString(closed.getLocalPort()));
        }
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(e).hasMessageContaining("Check PGHOST and PGPORT");
    }

    @Test
    void thereIsNoSuchDatabase() throws IOException {
        environment.put("PGDATABASE", "charts");
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(e).hasMessageContaining("database \"charts\" does not exist. Create it");
    }

    @Test
    void thereIsNoSuchUser() throws IOException {
        environment.put("PGUSER", "nobody");
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.SIGN_IN);
        assertThat(e).hasMessageContaining("authentication failed for user \"nobody\"");
    }

    @Test
    void thePasswordIsWrong() throws IOException, SQLException {
        role("guarded_" + schema, "");
        environment.put("PGPASSWORD", "guessed " + SECRET);
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.SIGN_IN);
        assertThat(e).hasMessageContaining("Check PGUSER, PGPASSWORD");
    }

    @Test
    void thereIsNoSuchSchema() throws IOException {
        environment.put("CHARTLAKE_POSTGRES_SCHEMA", "elsewhere");
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(e).hasMessageContaining("no schema 'elsewhere'").hasMessageContaining("load.postgres.schema");
    }

    @Test
    void theUserMayNotCreateTables() throws IOException, SQLException {
        role("reader_" + schema, "");
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(e).hasMessageContaining("permission denied for schema").hasMessageContaining("Grant the right");
    }

    @Test
    void aUserWhoMayOnlyWriteRowsLoadsTablesThatAreThere() throws IOException, SQLException {
        try (Warehouse owner = open()) {
            owner.prepare();
        }
        role("loader_" + schema, "SELECT, INSERT, DELETE");
        try (Warehouse loader = open()) {
            assertThat(loader.prepare()).isNotEmpty();
            assertThat(loader.versions()).isPresent();
        }
    }

    @Test
    void anAddressThatIsNoneIsNotRepeated() {
        environment.put("CHARTLAKE_POSTGRES_URL", "postgresql://user:" + SECRET + "@host:port/x");
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(e).hasMessageStartingWith("CHARTLAKE_POSTGRES_URL is no address of a Postgres database. Expected: ");
    }

    @Test
    void aPasswordInTheConfigurationFileIsRefused() {
        for (String url : new String[] {
            "postgresql://user:" + SECRET.replace(" ", "%20") + "@localhost/x",
            "jdbc:postgresql://localhost/x?password=" + SECRET.strip()
        }) {
            WarehouseException e = catchThrowableOfType(
                    WarehouseException.class,
                    () -> Postgres.open(
                            Map.of("url", url),
                            Map.of(),
                            new Held(() -> "a lake", OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT))));
            assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
            assertThat(e)
                    .hasMessageContaining("load.postgres.url holds a password")
                    .hasMessageContaining("PGPASSWORD");
            assertThat(e.getMessage()).doesNotContain("hunter2");
        }
    }

    @Test
    void anAddressOfEitherFormIsTaken() throws IOException {
        for (String form :
                new String[] {"jdbc:postgresql://127.0.0.1:%d/postgres", "postgres://postgres:x@127.0.0.1:%d/postgres"
                }) {
            environment.put("CHARTLAKE_POSTGRES_URL", form.formatted(PostgresServer.port()));
            environment.put("PGPORT", "1");
            try (Warehouse warehouse = open()) {
                assertThat(warehouse.prepare()).isNotEmpty();
            }
        }
    }

    @Test
    void aTableInTheWayOfAViewIsTold() throws SQLException {
        try (Connection connection = PostgresServer.connection(schema);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE songs (id INTEGER)");
        }
        WarehouseException e = refused();
        assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(e).hasMessageContaining("\"songs\" is not a view").hasMessageContaining("a schema of its own");
    }

    private void role(String name, String rights) throws SQLException {
        try (Connection connection = PostgresServer.connection(schema);
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE " + name + " LOGIN PASSWORD '" + SECRET + "'");
            statement.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + name);
            if (!rights.isEmpty()) {
                statement.execute("GRANT " + rights + " ON ALL TABLES IN SCHEMA " + schema + " TO " + name);
            }
        }
        environment.put("PGUSER", name);
    }

    private WarehouseException refused() {
        WarehouseException e = catchThrowableOfType(WarehouseException.class, () -> {
            try (Warehouse warehouse = open()) {
                warehouse.prepare();
            }
        });
        assertThat(e.getMessage()).doesNotContain(SECRET);
        return e;
    }

    private Warehouse open() throws IOException {
        return Postgres.open(
                Map.of(), environment, new Held(() -> "a lake", OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
    }
}
