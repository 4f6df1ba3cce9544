package dev.chartlake.warehouse.snowflake;

import dev.chartlake.load.Warehouse;
import dev.chartlake.model.ColumnType;
import dev.chartlake.testkit.WarehouseContract;
import dev.chartlake.trials.Deep;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.warehouse.SqlWarehouse;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Snowflake keeps the contract, with its own driver: the statements are executed by another engine. */
class SnowflakeTest extends WarehouseContract {
    private static final AtomicInteger STAGES = new AtomicInteger();
    private static final Set<String> ASKED = Set.of("createStatement", "prepareStatement", "commit");

    private static @Nullable Driver loaded;

    @TempDir
    Path stages;

    private @Nullable SnowflakeServer server;
    private @Nullable SnowflakeEngine engine;

    @Override
    protected void empty() throws Exception {
        close();
        Path user = Files.createDirectory(stages.resolve("user-" + STAGES.incrementAndGet()));
        engine = new SnowflakeEngine(stages.resolve("no-lake"), user);
        server = new SnowflakeServer(engine);
    }

    @AfterEach
    void close() throws IOException {
        if (server != null) {
            server.close();
        }
        if (engine != null) {
            engine.close();
        }
    }

    static synchronized Driver driver() throws IOException {
        if (loaded == null) {
            loaded = SnowflakeDriver.load(System.getenv(), System.out::println);
        }
        return loaded;
    }

    private Map<String, String> environment() {
        if (server == null) {
            throw new IllegalStateException("No server");
        }
        return Map.of(
                "SNOWFLAKE_ACCOUNT", "myorg-charts",
                "SNOWFLAKE_USER", "LOADER",
                "SNOWFLAKE_PRIVATE_KEY_FILE", key().toString(),
                "SNOWFLAKE_WAREHOUSE", "CHARTLAKE_WH",
                "SNOWFLAKE_DATABASE", "CHARTLAKE",
                "SNOWFLAKE_HOST", "127.0.0.1",
                "SNOWFLAKE_PORT", "" + server.port(),
                "SNOWFLAKE_PROTOCOL", "http");
    }

    private Path key() {
        Path file = stages.resolve("key.p8");
        try {
            if (!Files.exists(file)) {
                KeyPairGenerator pairs = KeyPairGenerator.getInstance("RSA");
                pairs.initialize(2048);
                Files.writeString(
                        file,
                        "-----BEGIN PRIVATE KEY-----\n"
                                + Base64.getMimeEncoder()
                                        .encodeToString(pairs.generateKeyPair()
                                                .getPrivate()
                                                .getEncoded())
                                + "\n-----END PRIVATE KEY-----\n");
            }
            return file;
        } catch (IOException | java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    protected Warehouse open(String lakeId, boolean move) throws IOException {
        return Snowflake.open(
                driver(),
                SnowflakeAddress.of(Map.of(), environment()),
                new Held(() -> lakeId, move ? OtherLake.MOVE : OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
    }

    @Override
    protected Warehouse openUntil(String lakeId, int number) throws IOException {
        try {
            Connection connection = Snowflake.connect(driver(), SnowflakeAddress.of(Map.of(), environment()));
            AtomicInteger asked = new AtomicInteger();
            Connection dying = (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (ASKED.contains(method.getName()) && asked.incrementAndGet() == number) {
                            connection.close();
                            throw new SQLException("It ends here", "08006");
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
            return new SqlWarehouse(
                    dying,
                    new SnowflakeDatabase("Snowflake"),
                    new Held(() -> lakeId, OtherLake.REFUSE, Optional.of(ViewSettings.DEFAULT)));
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    /** Straight into the other engine: what a load left there. */
    @Override
    protected Connection connection() throws SQLException {
        if (engine == null) {
            throw new IllegalStateException("No engine");
        }
        return engine.inside();
    }

    @Override
    protected String type(ColumnType type) {
        return type.name();
    }

    // Every statement goes through a driver and a server here; the other databases keep these in each build.

    @Test
    @Deep
    @Override
    public void aDayCommittedAgainWhileSeveralAreLoadedIsLoadedAsItIsNow() throws Exception {
        super.aDayCommittedAgainWhileSeveralAreLoadedIsLoadedAsItIsNow();
    }

    @Test
    @Deep
    @Override
    public void everyViewIsThereAndTheNewestValuesAreThoseOfTheDays() throws Exception {
        super.everyViewIsThereAndTheNewestValuesAreThoseOfTheDays();
    }

    @Test
    @Deep
    @Override
    public void onlyWhatIsNewIsLoadedAlsoWithoutACursor() throws Exception {
        super.onlyWhatIsNewIsLoadedAlsoWithoutACursor();
    }

    @Test
    @Deep
    @Override
    public void aColumnAddedLaterIsAdded() throws Exception {
        super.aColumnAddedLaterIsAdded();
    }

    @Test
    @Deep
    @Override
    public void whatTheWarehouseLostIsLoadedAgainWhateverTheCursorSays() throws Exception {
        super.whatTheWarehouseLostIsLoadedAgainWhateverTheCursorSays();
    }

    @Test
    @Deep
    @Override
    public void theDaysOfAnotherLakeAreNotMixedIn() throws Exception {
        super.theDaysOfAnotherLakeAreNotMixedIn();
    }

    @Test
    @Deep
    @Override
    public void aDamagedDayAmongSeveralCostsOnlyItself() throws Exception {
        super.aDamagedDayAmongSeveralCostsOnlyItself();
    }

    @Test
    @Deep
    @Override
    public void aTableChangedByHandIsRefused() throws Exception {
        super.aTableChangedByHandIsRefused();
    }
}
