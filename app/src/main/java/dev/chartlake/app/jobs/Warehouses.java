package dev.chartlake.app.jobs;

import dev.chartlake.app.settings.Settings;
import dev.chartlake.app.settings.WarehouseSettings;
import dev.chartlake.aws.dynamodb.DynamoDbWarehouse;
import dev.chartlake.aws.dynamodb.ItemForm;
import dev.chartlake.aws.glue.GlueCatalog;
import dev.chartlake.load.LakeId;
import dev.chartlake.load.Warehouse;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.warehouse.SqlWarehouse;
import dev.chartlake.warehouse.duckdbfile.DuckDbFile;
import dev.chartlake.warehouse.postgres.Postgres;
import dev.chartlake.warehouse.snowflake.Snowflake;
import dev.chartlake.warehouse.sqlite.SqliteFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The warehouses there are, by name, with the settings of the section {@code load} of the configuration file. */
public final class Warehouses {

    private final Settings settings;
    private final String lake;
    private final Map<String, Map<String, String>> configured;
    private final Map<String, String> given = new HashMap<>();

    /** {@code lake} is where the lake is: a catalogue names its files. */
    public Warehouses(Settings settings, String lake) {
        this.settings = settings;
        this.lake = lake;
        this.configured = settings.warehouses();
    }

    /** Those in the configuration file, sorted. */
    public List<String> configured() {
        return List.copyOf(configured.keySet());
    }

    /** Checks a name of the command line. */
    public static String known(String name) {
        try {
            return WarehouseSettings.known(name);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage() + ".");
        }
    }

    /** What a load may do to tables besides filling them. */
    public enum TableChange {
        /** Make those that are missing. */
        CREATE,
        /** Take those of another lake. */
        MOVE
    }

    /** Opens a warehouse for the lake in {@code store}. Only now its classes are loaded. */
    Warehouse open(String name, Set<TableChange> allowed, ObjectStore store) throws IOException {
        Map<String, String> options = configured.getOrDefault(name, Map.of());
        return switch (known(name)) {
            case "dynamodb" -> {
                String prefix = option(options, "CHARTLAKE_DYNAMODB_PREFIX", "prefix");
                ItemForm form = ItemForm.of(
                        option(options, "CHARTLAKE_DYNAMODB_KEYS", "keys"),
                        option(options, "CHARTLAKE_DYNAMODB_URLS", "urls"));
                yield allowed.contains(TableChange.CREATE)
                        ? DynamoDbWarehouse.creating(prefix, form)
                        : DynamoDbWarehouse.open(prefix, form);
            }
            case "glue" ->
                GlueCatalog.open(
                        AthenaQuery.target(settings, null, null),
                        lake,
                        allowed.contains(TableChange.MOVE) ? GlueCatalog.OtherLake.MOVE : GlueCatalog.OtherLake.REFUSE);
            case "duckdb" -> new DuckDbFile(file("duckdb"), held(allowed, store));
            case "postgres" -> Postgres.open(options, settings.environment(), held(allowed, store));
            case "snowflake" ->
                Snowflake.open(options, settings.environment(), held(allowed, store), System.err::println);
            case "sqlite" -> SqliteFile.open(file("sqlite"), held(allowed, store));
            default -> throw new IllegalStateException(name);
        };
    }

    private SqlWarehouse.Held held(Set<TableChange> allowed, ObjectStore store) {
        return new SqlWarehouse.Held(
                () -> LakeId.of(store),
                allowed.contains(TableChange.MOVE) ? SqlWarehouse.OtherLake.MOVE : SqlWarehouse.OtherLake.REFUSE,
                Optional.of(settings.views()));
    }

    private Path file(String name) {
        return settings.warehouseFile(name)
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "load " + name + " needs a file: set load." + name + ".path in chartlake.yaml, or "
                                + Settings.fileVariable(name) + "."));
    }

    /** Sets an option of {@code dynamodb}, as the command line does. */
    public void setDynamoDb(String key, String value) {
        given.put(key, value);
    }

    /** The command line comes first, then the environment; empty if it is nowhere. */
    private String option(Map<String, String> options, String variable, String key) {
        String typed = given.get(key);
        if (typed != null) {
            return typed;
        }
        String set = settings.environment().getOrDefault(variable, "");
        return set.isEmpty() ? options.getOrDefault(key, "") : set;
    }
}
