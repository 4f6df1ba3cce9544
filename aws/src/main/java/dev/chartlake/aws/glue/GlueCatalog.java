package dev.chartlake.aws.glue;

import static java.util.stream.Collectors.toMap;

import dev.chartlake.aws.AwsAccess;
import dev.chartlake.aws.AwsFailures;
import dev.chartlake.aws.athena.AthenaEngine;
import dev.chartlake.aws.athena.AthenaStatement;
import dev.chartlake.aws.athena.AthenaTarget;
import dev.chartlake.http.Pause;
import dev.chartlake.load.DayException;
import dev.chartlake.load.LoadDay;
import dev.chartlake.load.Warehouse;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import dev.chartlake.model.Table;
import dev.chartlake.query.QueryException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.AlreadyExistsException;
import software.amazon.awssdk.services.glue.model.Database;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;

/**
 * The Glue Data Catalog as a warehouse: it holds no rows, but tells Athena where the lake's are. {@link #prepare} makes the
 * database, the tables with their exact columns and the views; {@link #load} registers a day's partitions.
 */
public final class GlueCatalog implements Warehouse {
    /** Glue allows few requests a second, and a first load makes many. */
    private static final int TRIES = 8;

    /** The parameter of the database that tells which views it has. */
    private static final String VIEWS = "chartlake.views";

    private final GlueClient glue;
    private final AthenaClient athena;
    private final AthenaTarget target;
    private final String lake;
    private final OtherLake otherLake;
    private final Pause pause;
    private final Map<GlueTable, GluePartitions> partitions = new HashMap<>();

    /** What to do when the tables are those of another lake. */
    public enum OtherLake {
        /** Changes nothing and fails. */
        REFUSE,
        /** Makes them again for this lake, without the other one's days. */
        MOVE
    }

    /**
     * A catalog in the database of {@code target}, by whose workgroup Athena makes the views. Closes both clients.
     *
     * @param lake where the lake is, {@code s3://bucket/prefix}
     */
    public GlueCatalog(
            GlueClient glue, AthenaClient athena, AthenaTarget target, String lake, OtherLake otherLake, Pause pause) {
        this.glue = glue;
        this.athena = athena;
        this.target = target;
        this.lake = GlueDefinitions.slashed(lake);
        this.otherLake = otherLake;
        this.pause = pause;
    }

    /** With region, credentials and endpoint as the environment says. */
    public static GlueCatalog open(AthenaTarget target, String lake, OtherLake otherLake) throws WarehouseException {
        if (!lake.startsWith("s3://")) {
            throw new WarehouseException(
                    Kind.CONFIGURATION,
                    "Athena reads lakes on S3 alone, and this one is " + lake
                            + ". Name the lake as s3://bucket/prefix: --lake, CHARTLAKE_LAKE or 'lake' in the configuration.",
                    null);
        }
        var glue = GlueClient.builder()
                .region(AwsAccess.region())
                .credentialsProvider(AwsAccess.credentials())
                .httpClientBuilder(Apache5HttpClient.builder())
                .overrideConfiguration(
                        options -> options.retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(TRIES)
                                .build()))
                .build();
        return new GlueCatalog(glue, AthenaEngine.client(), target, lake, otherLake, Pause.REAL);
    }

    @Override
    public String prepare() throws IOException {
        try {
            var database = database();
            var tables = tables();
            views(database, tables);
            return identity();
        } catch (SdkException e) {
            throw AwsFailures.of("Glue", e);
        } catch (QueryException e) {
            throw new WarehouseException(Kind.CONFIGURATION, "Athena does not make the views: " + e.getMessage(), e);
        }
    }

    @Override
    public Map<Table, Long> load(LoadDay day) throws IOException {
        try {
            for (var table : GlueTable.all()) {
                partitions(table).set(day.date(), location(table, day));
            }
            return Map.of();
        } catch (SdkException e) {
            throw AwsFailures.of("Glue", e);
        }
    }

    @Override
    public void gone(LocalDate day) throws IOException {
        try {
            for (var table : GlueTable.all()) {
                partitions(table).set(day, Optional.empty());
            }
        } catch (SdkException e) {
            throw AwsFailures.of("Glue", e);
        }
    }

    private GluePartitions partitions(GlueTable table) {
        return partitions.computeIfAbsent(table, of -> GluePartitions.of(glue, target.database(), of));
    }

    /** The folder of the day's file, if it is one of this table's kind. */
    private Optional<String> location(GlueTable table, LoadDay day) throws DayException {
        var file = day.part(table.table()).file();
        if (file.isEmpty()) {
            return Optional.empty();
        }
        var kind = FileKind.of(file)
                .orElseThrow(() -> new DayException(file + " is neither Parquet nor CSV, so Athena cannot read it."));
        return kind == table.kind()
                ? Optional.of(lake + file.substring(0, file.lastIndexOf('/') + 1))
                : Optional.empty();
    }

    private Database database() {
        try {
            return glue.getDatabase(request -> request.name(target.database())).database();
        } catch (EntityNotFoundException e) {
            try {
                glue.createDatabase(request -> request.databaseInput(
                        database -> database.name(target.database()).description("The lake in " + lake)));
            } catch (AlreadyExistsException another) {
                // Another process was faster.
            }
            return glue.getDatabase(request -> request.name(target.database())).database();
        }
    }

    /** Makes the tables that are missing or different; returns all that the database has, with the views. */
    private Map<String, software.amazon.awssdk.services.glue.model.Table> tables() throws WarehouseException {
        var found = existing();
        leave(found);
        for (var table : GlueTable.all()) {
            var wanted = GlueDefinitions.table(table, lake);
            var there = found.get(table.name());
            if (there == null) {
                try {
                    glue.createTable(
                            request -> request.databaseName(target.database()).tableInput(wanted));
                } catch (AlreadyExistsException e) {
                    // Another process was faster, with the same definition.
                }
            } else if (!GlueDefinitions.same(there, wanted)) {
                glue.updateTable(
                        request -> request.databaseName(target.database()).tableInput(wanted));
            }
        }
        return found;
    }

    /**
     * Deletes the tables of another lake if they may be moved. A table that kept its partitions would mix the days of two
     * lakes.
     */
    private void leave(Map<String, software.amazon.awssdk.services.glue.model.Table> found) throws WarehouseException {
        var others = new ArrayList<GlueTable>();
        for (var table : GlueTable.all()) {
            var there = found.get(table.name());
            if (there == null) {
                continue;
            }
            var of = GlueDefinitions.lakeOf(table, there);
            if (of.isEmpty()) {
                throw refused("The Glue database " + target.database() + " has a table " + table.name()
                        + " that is not a lake's. ");
            }
            if (!of.get().equals(lake)) {
                if (otherLake == OtherLake.REFUSE) {
                    throw refused("The tables of the Glue database " + target.database() + " are those of the lake "
                            + of.get() + ", and this lake is " + lake
                            + ". To make them this lake's, run ./chartlake load glue --move. To keep both: ");
                }
                others.add(table);
            }
        }
        for (var table : others) {
            glue.deleteTable(request -> request.databaseName(target.database()).name(table.name()));
            found.remove(table.name());
        }
    }

    private static WarehouseException refused(String what) {
        return new WarehouseException(
                Kind.CONFIGURATION,
                what + "Name another database: CHARTLAKE_GLUE_DATABASE, or load.glue.database in the configuration.",
                null);
    }

    private Map<String, software.amazon.awssdk.services.glue.model.Table> existing() {
        return glue.getTablesPaginator(request -> request.databaseName(target.database())).stream()
                .flatMap(page -> page.tableList().stream())
                .collect(toMap(
                        software.amazon.awssdk.services.glue.model.Table::name,
                        table -> table,
                        (first, second) -> second,
                        HashMap::new));
    }

    /** Makes the views, unless these very ones are there. */
    private void views(Database database, Map<String, ?> tables) throws IOException {
        var views = LakeSql.views();
        var fingerprint = LakeSql.fingerprint(views);
        if (fingerprint.equals(database.parameters().get(VIEWS))
                && tables.keySet().containsAll(views.keySet())) {
            return;
        }
        for (var view : views.entrySet()) {
            var sql = LakeSql.statement(view.getKey(), view.getValue());
            try (var statement = AthenaStatement.start(athena, target, sql, pause)) {
                statement.await();
            } catch (QueryException e) {
                throw new QueryException("View " + view.getKey() + ": " + e.getMessage(), e);
            }
        }
        var parameters = new HashMap<>(database.parameters());
        parameters.put(VIEWS, fingerprint);
        glue.updateDatabase(request -> request.name(database.name())
                .databaseInput(input -> input.name(database.name())
                        .description(database.description())
                        .locationUri(database.locationUri())
                        .parameters(parameters)));
    }

    /** Another one when a table was made anew, and has lost its partitions, or when columns have changed. */
    private String identity() {
        var found = existing();
        var parts = new TreeMap<String, String>();
        for (var table : GlueTable.all()) {
            var there = found.get(table.name());
            var made = there == null || there.createTime() == null
                    ? ""
                    : there.createTime().toString();
            parts.put(table.name(), made + " " + GlueDefinitions.columnsOf(table));
        }
        return target.database() + " " + lake + " " + parts;
    }

    @Override
    public void close() {
        glue.close();
        athena.close();
    }
}
