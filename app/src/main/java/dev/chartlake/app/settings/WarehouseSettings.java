package dev.chartlake.app.settings;

import dev.chartlake.aws.dynamodb.ItemForm;
import dev.chartlake.load.WarehouseException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code load} of the configuration file: which warehouses to load, and how. */
public final class WarehouseSettings {

    /** The names, and the keys that each can have. */
    private static final Map<String, Set<String>> KEYS = new TreeMap<>(Map.of(
            "duckdb", Set.of("path"),
            "dynamodb", Set.of("prefix", "keys", "urls"),
            "glue", Set.of("database", "workgroup", "output"),
            "postgres", Set.of("url", "host", "port", "database", "user", "schema", "sslmode"),
            "snowflake",
                    Set.of(
                            "account",
                            "user",
                            "private_key_file",
                            "warehouse",
                            "database",
                            "schema",
                            "role",
                            "host",
                            "port",
                            "protocol"),
            "sqlite", Set.of("path")));

    private WarehouseSettings() {}

    /** The settings of each warehouse by its name. Throws {@link IllegalArgumentException} where the section is wrong. */
    static Map<String, Map<String, String>> read(@Nullable Object section) {
        Map<String, Map<String, String>> configured = new TreeMap<>();
        if (section instanceof Map<?, ?> map) {
            map.forEach((name, options) -> configured.put(known(String.valueOf(name)), options(name, options)));
        } else if (section instanceof List<?> names) {
            names.forEach(name -> configured.put(known(String.valueOf(name)), Map.of()));
        } else if (section != null) {
            configured.put(known(section.toString()), Map.of());
        }
        return configured;
    }

    /** Returns a warehouse's name if there is one of that name, else throws {@link IllegalArgumentException}. */
    public static String known(String name) {
        if (!KEYS.containsKey(name)) {
            throw new IllegalArgumentException(
                    "No such warehouse: " + name + ". There are: " + String.join(", ", KEYS.keySet()));
        }
        return name;
    }

    private static Map<String, String> options(Object name, @Nullable Object options) {
        Map<String, String> values = new TreeMap<>();
        String section = "load." + name;
        if (options instanceof Map<?, ?> map) {
            map.forEach((key, value) -> values.put(String.valueOf(key), Settings.text(section + "." + key, value)));
        } else if (options != null) {
            throw new IllegalArgumentException(
                    section + " is '" + options + "'. 'key: value' lines are expected below it");
        }
        Set<String> known = KEYS.getOrDefault(String.valueOf(name), Set.of());
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new IllegalArgumentException(
                        "unknown key '" + section + "." + key + "'. Known keys: " + new TreeSet<>(known));
            }
        }
        checkForm(values);
        return values;
    }

    /** Only {@code dynamodb} has these keys. */
    private static void checkForm(Map<String, String> values) {
        if (values.containsKey("keys") || values.containsKey("urls")) {
            try {
                ItemForm.of(values.getOrDefault("keys", ""), values.getOrDefault("urls", ""));
            } catch (WarehouseException e) {
                throw new IllegalArgumentException(
                        Objects.toString(e.getMessage()).replaceFirst("[.]$", ""), e);
            }
        }
    }
}
