package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.aws.dynamodb.DynamoDbWarehouse;
import dev.chartlake.aws.dynamodb.ItemForm;
import dev.chartlake.load.FileDayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Loads committed days into DynamoDB. It is called when manifests are written, but loads whatever is new, as {@code load
 * dynamodb} does: so events may come twice, late, and in any order, and may be lost as long as another one follows. What an
 * invocation has loaded before its time limit stays loaded.
 */
public final class LoadFunction implements RequestStreamHandler {
    static final String PREFIX = "CHARTLAKE_DYNAMODB_PREFIX";
    static final String KEYS = "CHARTLAKE_DYNAMODB_KEYS";
    static final String URLS = "CHARTLAKE_DYNAMODB_URLS";

    private static final String DONE = "{\"batchItemFailures\":[]}";

    private final ObjectStore store;
    private final Tables tables;
    private final Log log;

    /** Opens the tables for one invocation. */
    @FunctionalInterface
    interface Tables {
        Warehouse open() throws WarehouseException;
    }

    /** As Lambda makes it, from the environment. */
    public LoadFunction() {
        this(new LambdaSettings(System.getenv()), System.getenv());
    }

    private LoadFunction(LambdaSettings settings, Map<String, String> environment) {
        this(
                Lakes.open(settings.lake()),
                () -> DynamoDbWarehouse.open(environment.getOrDefault(PREFIX, ""), form(environment)),
                new Log(System.out, settings.lake().text(), Clock.systemUTC()));
    }

    LoadFunction(ObjectStore store, Tables tables, Log log) {
        this.store = store;
        this.tables = tables;
        this.log = log;
    }

    static ItemForm form(Map<String, String> environment) throws WarehouseException {
        return ItemForm.of(environment.getOrDefault(KEYS, ""), environment.getOrDefault(URLS, ""));
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try (Warehouse warehouse = tables.open();
                FileDayTables days = new FileDayTables(store)) {
            Loader.Result result = new Loader(store, days, Clock.systemUTC())
                    .run("dynamodb", warehouse, Loader.Days.NEW, (done, of) -> {});
            result.days().forEach(day -> log.say("Day " + day + ": loaded"));
            result.failures().forEach(failure -> log.say("Not loaded: " + failure));
            if (!result.failures().isEmpty()) {
                throw new IOException("Not all days could be loaded; the log says why");
            }
        }
        out.write(DONE.getBytes(StandardCharsets.UTF_8));
    }
}
