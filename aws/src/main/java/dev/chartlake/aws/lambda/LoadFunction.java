package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.aws.dynamodb.DynamoDbWarehouse;
import dev.chartlake.aws.dynamodb.ItemForm;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.LakeId;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.warehouse.SqlWarehouse.Held;
import dev.chartlake.warehouse.SqlWarehouse.OtherLake;
import dev.chartlake.warehouse.postgres.Postgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Loads committed days into a warehouse. It is called when manifests are written, but loads whatever is new, as the command
 * {@code load} does: so events may come twice, late, and in any order, and may be lost as long as another one follows. What
 * an invocation has loaded before its time limit stays loaded.
 */
public final class LoadFunction implements RequestStreamHandler {
    static final String WAREHOUSE = "CHARTLAKE_WAREHOUSE";
    static final String PREFIX = "CHARTLAKE_DYNAMODB_PREFIX";
    static final String KEYS = "CHARTLAKE_DYNAMODB_KEYS";
    static final String URLS = "CHARTLAKE_DYNAMODB_URLS";

    private static final String DONE = "{\"batchItemFailures\":[]}";

    /** What a database's secret that AWS manages calls user and password. */
    private static final Map<String, String> MANAGED = Map.of("username", "PGUSER", "password", "PGPASSWORD");

    private final ObjectStore store;
    private final String name;
    private final Opening opening;
    private final Log log;

    /** Opens the warehouse for one invocation. */
    @FunctionalInterface
    interface Opening {
        Warehouse open() throws IOException;
    }

    /** As Lambda makes it, from the environment. */
    public LoadFunction() {
        this(new LambdaSettings(System.getenv()));
    }

    private LoadFunction(LambdaSettings settings) {
        this(
                settings,
                Lakes.open(settings.lake()),
                new Log(System.out, settings.lake().text(), Clock.systemUTC()));
    }

    /** Loads the warehouse that the environment names. */
    LoadFunction(LambdaSettings settings, ObjectStore store, Log log) {
        this(store, settings.warehouse(), opening(settings, store), log);
    }

    LoadFunction(ObjectStore store, String name, Opening opening, Log log) {
        this.store = store;
        this.name = name;
        this.opening = opening;
        this.log = log;
    }

    private static Opening opening(LambdaSettings settings, ObjectStore store) {
        Map<String, String> environment = settings.environment();
        return switch (settings.warehouse()) {
            case "dynamodb" -> () -> DynamoDbWarehouse.open(environment.getOrDefault(PREFIX, ""), form(environment));
            case "postgres" -> {
                Secrets secrets = new Secrets(settings.secret(), Clock.systemUTC());
                yield () -> postgres(environment, secrets, store);
            }
            default ->
                throw new IllegalArgumentException(
                        WAREHOUSE + " is '" + settings.warehouse() + "'. There are: dynamodb, postgres.");
        };
    }

    static ItemForm form(Map<String, String> environment) throws WarehouseException {
        return ItemForm.of(environment.getOrDefault(KEYS, ""), environment.getOrDefault(URLS, ""));
    }

    private static Warehouse postgres(Map<String, String> environment, Secrets secrets, ObjectStore store)
            throws IOException {
        Map<String, String> all = new HashMap<>(environment);
        secrets.values().forEach((key, value) -> all.put(MANAGED.getOrDefault(key, key), value));
        try {
            return Postgres.open(Map.of(), all, new Held(() -> LakeId.of(store), OtherLake.REFUSE, Optional.empty()));
        } catch (WarehouseException e) {
            secrets.forget(); // a password that was rotated is read again
            throw e;
        }
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try (Warehouse warehouse = opening.open();
                FileDayTables days = new FileDayTables(store)) {
            Loader.Result result =
                    new Loader(store, days, Clock.systemUTC()).run(name, warehouse, Loader.Days.NEW, (done, of) -> {});
            result.days().forEach(day -> log.say("Day " + day + ": loaded"));
            result.failures().forEach(failure -> log.say("Not loaded: " + failure));
            if (!result.failures().isEmpty()) {
                throw new IOException("Not all days could be loaded; the log says why");
            }
        }
        out.write(DONE.getBytes(StandardCharsets.UTF_8));
    }
}
