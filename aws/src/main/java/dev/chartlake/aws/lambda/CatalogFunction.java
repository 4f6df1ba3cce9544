package dev.chartlake.aws.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.chartlake.aws.athena.AthenaTarget;
import dev.chartlake.aws.glue.GlueCatalog;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.DayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;

/**
 * Registers committed days in the Glue Data Catalog, so that Athena sees them. It is called when manifests are written,
 * but registers whatever is new, as {@code load glue} does: so events may come twice, late, and in any order, and may be
 * lost as long as another one follows.
 */
public final class CatalogFunction implements RequestStreamHandler {
    static final String DATABASE = "CHARTLAKE_GLUE_DATABASE";
    static final String WORKGROUP = "CHARTLAKE_ATHENA_WORKGROUP";

    private static final String DONE = "{\"batchItemFailures\":[]}";

    private final ObjectStore store;
    private final Catalogs catalogs;
    private final Log log;

    /** Opens a catalog for one invocation. */
    @FunctionalInterface
    interface Catalogs {
        GlueCatalog open() throws WarehouseException;
    }

    /** As Lambda makes it, from the environment. */
    public CatalogFunction() {
        this(new LambdaSettings(System.getenv()), System.getenv());
    }

    private CatalogFunction(LambdaSettings settings, Map<String, String> environment) {
        this(
                Lakes.open(settings.lake()),
                () -> GlueCatalog.open(
                        new AthenaTarget(
                                environment.getOrDefault(WORKGROUP, "chartlake"),
                                environment.getOrDefault(DATABASE, "chartlake"),
                                null),
                        settings.lake().text(),
                        GlueCatalog.OtherLake.REFUSE),
                new Log(System.out, settings.lake().text(), Clock.systemUTC()));
    }

    CatalogFunction(ObjectStore store, Catalogs catalogs, Log log) {
        this.store = store;
        this.catalogs = catalogs;
        this.log = log;
    }

    @Override
    public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        try (GlueCatalog catalog = catalogs.open()) {
            Loader.Result result = new Loader(store, store, new NoRows(), Clock.systemUTC())
                    .run("glue", catalog, Loader.Days.NEW, (done, of) -> {});
            result.days().forEach(day -> log.say("Day " + day + ": registered"));
            result.failures().forEach(failure -> log.say("Not registered: " + failure));
            if (!result.failures().isEmpty()) {
                throw new IOException("Not all days could be registered; the log says why");
            }
        }
        out.write(DONE.getBytes(StandardCharsets.UTF_8));
    }

    private static final class NoRows implements DayTables {
        @Override
        public DayTableRows open(Table table, String file) {
            throw new UnsupportedOperationException("A catalog reads no rows: " + file);
        }

        @Override
        public void close() {}
    }
}
