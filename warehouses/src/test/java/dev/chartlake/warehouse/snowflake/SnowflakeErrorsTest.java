package dev.chartlake.warehouse.snowflake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import dev.chartlake.testkit.LakeDays;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.warehouse.SqlWarehouse;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong with Snowflake is said with its cure, and without a secret. */
class SnowflakeErrorsTest {
    private static final String SECRET = "hunter2-and-more";
    private static final Held HELD = new Held(() -> "a lake", OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT));

    @TempDir
    Path temporary;

    private LakeDays lake = new LakeDays(Path.of(""));
    private @Nullable SnowflakeEngine engine;
    private @Nullable SnowflakeServer server;

    @BeforeEach
    void start() throws Exception {
        lake = new LakeDays(temporary.resolve("lake"));
        lake.commit(LocalDate.of(2024, 1, 1), new Random(1), 40);
        engine = new SnowflakeEngine(temporary.resolve("lake"), Files.createDirectory(temporary.resolve("user")));
        server = new SnowflakeServer(engine);
    }

    @AfterEach
    void stop() throws IOException {
        server().close();
        if (engine != null) {
            engine.close();
        }
    }

    private SnowflakeServer server() {
        if (server == null) {
            throw new IllegalStateException("No server");
        }
        return server;
    }

    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "SNOWFLAKE_ACCOUNT", "myorg-charts",
                "SNOWFLAKE_USER", "LOADER",
                "SNOWFLAKE_PASSWORD", SECRET,
                "SNOWFLAKE_WAREHOUSE", "CHARTLAKE_WH",
                "SNOWFLAKE_DATABASE", "CHARTLAKE",
                "SNOWFLAKE_HOST", "127.0.0.1",
                "SNOWFLAKE_PORT", "" + server().port(),
                "SNOWFLAKE_PROTOCOL", "http"));
    }

    private Loader.Result load() throws IOException {
        try (SqlWarehouse warehouse =
                Snowflake.open(SnowflakeTest.driver(), SnowflakeAddress.of(Map.of(), environment()), HELD)) {
            return new Loader(lake.store(), new FileDayTables(lake.store()), Clock.systemUTC())
                    .run("snowflake", warehouse, Loader.Days.NEW, (done, of) -> {});
        }
    }

    private void requireRefusal(String statement, int code, String state, String said, Kind kind, String cure) {
        server().refuse(Map.of(statement, new SnowflakeFailure(code, state, said)));
        assertThatThrownBy(this::load).as(said).isInstanceOfSatisfying(WarehouseException.class, e -> {
            assertThat(e.kind()).isEqualTo(kind);
            assertThat(e.getMessage())
                    .startsWith("Snowflake account myorg-charts, CHARTLAKE.PUBLIC")
                    .contains(cure)
                    .doesNotContain(SECRET, "SnowflakeSQLException", "net.snowflake", "\n");
        });
    }

    @Test
    void eachRefusalHasItsCureAndNothingIsHalfDone() throws Exception {
        requireRefusal(
                "login",
                390100,
                "08001",
                "Incorrect username or password was specified.",
                Kind.SIGN_IN,
                "RSA_PUBLIC_KEY");
        requireRefusal(
                "login", 390144, "08001", "JWT token is invalid. [abc]", Kind.SIGN_IN, "SNOWFLAKE_PRIVATE_KEY_FILE");
        requireRefusal(
                "login",
                390189,
                "08001",
                "Role 'X' specified in the connect string does not exist or not authorized.",
                Kind.CONFIGURATION,
                "SNOWFLAKE_ROLE");
        requireRefusal(
                "CREATE TABLE",
                3001,
                "42501",
                "SQL access control error:\nInsufficient privileges to operate on schema 'PUBLIC'",
                Kind.CONFIGURATION,
                "Grant the right");
        server().refuse(Map.of());
        assertThat(load().days()).hasSize(1);
        lake.commit(LocalDate.of(2024, 1, 2), new Random(2), 40);
        requireRefusal(
                "COPY",
                606,
                "57P03",
                "No active warehouse selected in the current session.",
                Kind.CONFIGURATION,
                "SNOWFLAKE_WAREHOUSE");
        requireRefusal(
                "COPY",
                90073,
                "22000",
                "Warehouse 'CHARTLAKE_WH' cannot be resumed because resource monitor 'M' has exceeded its quota.",
                Kind.UNAVAILABLE,
                "resource monitor");
        requireRefusal(
                "UPDATE", 625, "57014", "Statement waited too long for a lock.", Kind.UNAVAILABLE, "Run load again");
        server().refuse(Map.of("COPY", new SnowflakeFailure(100038, "22018", "Numeric value 'x' is not recognized")));
        Loader.Result failed = load();
        assertThat(failed.days()).isEmpty();
        assertThat(failed.failures())
                .singleElement()
                .asString()
                .contains("Day 2024-01-02", "does not take the day's rows");
        server().refuse(Map.of());
        assertThat(load().days()).containsExactly(LocalDate.of(2024, 1, 2));
    }

    @Test
    void whatIsMissingIsNamed() {
        for (String variable : java.util.List.of("ACCOUNT", "USER", "WAREHOUSE", "DATABASE")) {
            Map<String, String> environment = environment();
            environment.remove("SNOWFLAKE_" + variable);
            assertThatThrownBy(() -> SnowflakeAddress.of(Map.of(), environment))
                    .hasMessageContaining("load snowflake needs SNOWFLAKE_" + variable);
        }
        Map<String, String> without = environment();
        without.remove("SNOWFLAKE_PASSWORD");
        assertThatThrownBy(() -> SnowflakeAddress.of(Map.of(), without))
                .hasMessageContaining("SNOWFLAKE_PRIVATE_KEY_FILE");
        without.put("SNOWFLAKE_PRIVATE_KEY_FILE", temporary.resolve("no.p8").toString());
        assertThatThrownBy(() -> SnowflakeAddress.of(Map.of(), without)).hasMessageContaining("no.p8");
        without.put("SNOWFLAKE_ACCOUNT", "https://myorg");
        assertThatThrownBy(() -> SnowflakeAddress.of(Map.of(), without)).hasMessageContaining("myorg-myaccount");
        without.put("CHARTLAKE_SNOWFLAKE_DRIVER", temporary.resolve("no.jar").toString());
        assertThatThrownBy(() -> SnowflakeDriver.load(without, said -> {})).hasMessageContaining("no.jar");
    }

    @Test
    void theFileSaysWhatTheEnvironmentDoesNot() throws Exception {
        SnowflakeAddress address = SnowflakeAddress.of(
                Map.of(
                        "account",
                        "myorg-charts.snowflakecomputing.com",
                        "user",
                        "LOADER",
                        "warehouse",
                        "w",
                        "database",
                        "d",
                        "schema",
                        "s"),
                Map.of("SNOWFLAKE_PASSWORD", SECRET, "SNOWFLAKE_DATABASE", "other"));
        assertThat(address.url()).isEqualTo("jdbc:snowflake://myorg-charts.snowflakecomputing.com/");
        assertThat(address.properties()).containsEntry("db", "other").containsEntry("schema", "s");
        assertThat(address.toString()).isEqualTo("Snowflake account myorg-charts, other.s");
    }
}
