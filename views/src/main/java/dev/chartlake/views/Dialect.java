package dev.chartlake.views;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The SQL of an engine. The texts of the views are what DuckDB, Trino and Snowflake have in common; for other engines single
 * functions and types are written in another way.
 */
public enum Dialect {
    /** DuckDB, Trino and Snowflake. */
    COMMON(Map.of(), Map.of()),
    /** Postgres, 14 and newer, for text columns whose collation is {@code "C"}. */
    POSTGRES(
            Map.of(
                    "max_by", arguments -> ordered(arguments, "DESC"),
                    "min_by", arguments -> ordered(arguments, "ASC"),
                    "lower", arguments -> folded("lower", arguments),
                    "upper", arguments -> folded("upper", arguments)),
            Map.of("DOUBLE", "DOUBLE PRECISION")),
    /** SQLite, 3.44 and newer; of the views, those of newest values. */
    SQLITE(
            Map.of(
                    "max_by", arguments -> firstOfJson(arguments, "DESC"),
                    "min_by", arguments -> firstOfJson(arguments, "ASC")),
            Map.of());

    /** What stands in the texts of {@link #POSTGRES} for the collation that knows all letters: databases name it otherwise. */
    public static final String LETTERS = "{letters}";

    private final Map<String, Function<List<String>, String>> functions;
    private final Map<String, String> types;

    Dialect(Map<String, Function<List<String>, String>> functions, Map<String, String> types) {
        this.functions = functions;
        this.types = types;
    }

    /** A view's query in this dialect. */
    public String of(String sql) {
        return new FunctionRewriting(functions, types).of(sql);
    }

    /** Of the rows that have the second argument, the first one's value where it is largest or smallest. */
    private static String ordered(List<String> arguments, String direction) {
        return "(array_agg(" + arguments.get(0) + " ORDER BY " + arguments.get(1) + " " + direction + ") FILTER (WHERE "
                + arguments.get(1) + " IS NOT NULL))[1]";
    }

    /** It has arrays only as JSON. */
    private static String firstOfJson(List<String> arguments, String direction) {
        return "json_extract(json_group_array(" + arguments.get(0) + " ORDER BY " + arguments.get(1) + " " + direction
                + ") FILTER (WHERE " + arguments.get(1) + " IS NOT NULL), '$[0]')";
    }

    /** In the collation {@code "C"}, only A to Z have another case. */
    private static String folded(String function, List<String> arguments) {
        return "(" + function + "((" + arguments.get(0) + ") COLLATE " + LETTERS + ") COLLATE \"C\")";
    }
}
