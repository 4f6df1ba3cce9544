package dev.chartlake.app;

import dev.chartlake.aws.dynamodb.DynamoDbWarehouse;
import dev.chartlake.aws.glue.GlueCatalog;
import dev.chartlake.load.Warehouse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The warehouses there are, by name, and the section {@code load} of the configuration file, which says which of them to
 * load and how. Throws {@link Failure} where it is wrong.
 */
final class Warehouses {

    /** The names, and the keys that each can have in the configuration. */
    private static final Map<String, Set<String>> KEYS = new TreeMap<>(Map.of(
            "dynamodb", Set.of("prefix"),
            "glue", Set.of("database", "workgroup", "output")));

    private final Settings settings;
    private final Map<String, Map<String, String>> configured = new TreeMap<>();

    Warehouses(Settings settings) {
        this.settings = settings;
        Object section = settings.file().get("load");
        if (section instanceof Map<?, ?> map) {
            map.forEach((name, options) -> configured.put(known(String.valueOf(name)), options(name, options)));
        } else if (section instanceof List<?> names) {
            names.forEach(name -> configured.put(known(String.valueOf(name)), Map.of()));
        } else if (section != null) {
            configured.put(known(section.toString()), Map.of());
        }
    }

    /** Those in the configuration file, sorted. */
    List<String> configured() {
        return List.copyOf(configured.keySet());
    }

    /** True if a load of it reads rows and not manifests alone: then a lake elsewhere is copied here. */
    static boolean readsRows(String name) {
        return name.equals("dynamodb");
    }

    /** Checks a name. */
    static String known(String name) {
        if (!KEYS.containsKey(name)) {
            throw new Failure(ExitCode.USAGE, "No such warehouse: " + name + ". There are: " + KEYS.keySet() + ".");
        }
        return name;
    }

    /** Opens a warehouse; with {@code create} it makes tables that are not there. Only now its classes are loaded. */
    Warehouse open(String name, boolean create) throws IOException {
        Map<String, String> options = configured.getOrDefault(name, Map.of());
        return switch (known(name)) {
            case "dynamodb" -> {
                String prefix = option(options, "CHARTLAKE_DYNAMODB_PREFIX", "prefix");
                yield create ? DynamoDbWarehouse.creating(prefix) : DynamoDbWarehouse.open(prefix);
            }
            case "glue" -> GlueCatalog.open(AthenaQuery.target(settings, null, null), settings.lake());
            default -> throw new IllegalStateException(name);
        };
    }

    /** The environment wins; empty if it is nowhere. */
    private String option(Map<String, String> options, String variable, String key) {
        String set = settings.environment().getOrDefault(variable, "");
        return set.isEmpty() ? options.getOrDefault(key, "") : set;
    }

    private static Map<String, String> options(Object name, @Nullable Object options) {
        Map<String, String> values = new TreeMap<>();
        if (options instanceof Map<?, ?> map) {
            map.forEach((key, value) -> values.put(String.valueOf(key), String.valueOf(value)));
        } else if (options != null) {
            throw new Failure(
                    ExitCode.USAGE,
                    "Configuration file: load." + name + " is '" + options
                            + "'. 'key: value' lines are expected below it.");
        }
        Set<String> known = KEYS.getOrDefault(String.valueOf(name), Set.of());
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new Failure(
                        ExitCode.USAGE,
                        "Configuration file: unknown key 'load." + name + "." + key + "'. Known keys: "
                                + new TreeSet<>(known) + ".");
            }
        }
        return values;
    }
}
