package dev.chartlake.app.jobs;

import dev.chartlake.app.settings.Settings;
import dev.chartlake.aws.athena.AthenaEngine;
import dev.chartlake.aws.athena.AthenaTarget;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A query that Athena answers. Apart from {@link dev.chartlake.app.QueryCommand}, so that other queries load nothing of AWS. */
public final class AthenaQuery {
    private static final String USUAL = "chartlake";

    private AthenaQuery() {}

    /** Runs one query on Athena and hands its rows on. Throws {@link dev.chartlake.query.QueryException} if it is refused. */
    public static void run(String sql, Settings settings, AthenaOptions options, ResultSink sink) throws IOException {
        var target = target(settings, options.workgroup(), options.database());
        try (var athena = AthenaEngine.open(target, AthenaQuery::scanned)) {
            athena.run(sql, sink);
        } catch (WarehouseException e) {
            throw Aws.failure(e);
        }
    }

    private static void scanned(long bytes) {
        System.err.printf(
                Locale.ROOT, "Athena read %,d bytes. It bills what it reads, at least 10 MB a query.%n", bytes);
    }

    /** Options, else the environment, else the section {@code load.glue} of the configuration file, else what is usual. */
    static AthenaTarget target(Settings settings, @Nullable String workgroup, @Nullable String database) {
        return new AthenaTarget(
                first(workgroup, value(settings, "CHARTLAKE_ATHENA_WORKGROUP", "workgroup")),
                first(database, value(settings, "CHARTLAKE_GLUE_DATABASE", "database")),
                value(settings, "CHARTLAKE_ATHENA_OUTPUT", "output"));
    }

    private static String first(@Nullable String option, @Nullable String configured) {
        return option != null ? option : configured != null ? configured : USUAL;
    }

    private static @Nullable String value(Settings settings, String variable, String key) {
        var set = settings.environment().getOrDefault(variable, "");
        if (!set.isEmpty()) {
            return set;
        }
        return settings.warehouses().getOrDefault("glue", Map.of()).get(key);
    }
}
