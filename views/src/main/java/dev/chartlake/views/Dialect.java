package dev.chartlake.views;

import dev.chartlake.query.SqlText;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The SQL of an engine. The texts of the views are what DuckDB, Trino and Snowflake have in common; for other engines single
 * functions and types are written in another way.
 */
public enum Dialect {
    /** Trino and Snowflake. */
    COMMON(Map.of(), Map.of()),
    /** DuckDB, which reads {@link #COMMON} as well. */
    DUCKDB(Map.of(), Map.of()),
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
            Map.of()),
    /** Spark, 3.5 and 4, also with ANSI mode, if {@code spark.sql.parser.escapedStringLiterals} is off as usual. */
    SPARK(Map.of(), Map.of("VARCHAR", "STRING"), Dialect::escaped);

    /** What stands in the texts of {@link #POSTGRES} for the collation that knows all letters: databases name it otherwise. */
    public static final String LETTERS = "{letters}";

    private final Map<String, Function<List<String>, String>> functions;
    private final Map<String, String> types;
    private final UnaryOperator<String> literals;

    Dialect(Map<String, Function<List<String>, String>> functions, Map<String, String> types) {
        this(functions, types, UnaryOperator.identity());
    }

    Dialect(
            Map<String, Function<List<String>, String>> functions,
            Map<String, String> types,
            UnaryOperator<String> literals) {
        this.functions = functions;
        this.types = types;
        this.literals = literals;
    }

    /** A view's query in this dialect. */
    public String of(String sql) {
        return new FunctionRewriting(functions, types, literals).of(sql);
    }

    /** A text as a literal. */
    public String literal(String text) {
        return literals.apply(SqlText.literal(text));
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

    /** Spark 3.5 reads two quotes in a text as none, because it joins texts that follow each other. */
    private static String escaped(String literal) {
        return "'"
                + literal.substring(1, literal.length() - 1)
                        .replace("\\", "\\\\")
                        .replace("''", "\\'")
                + "'";
    }
}
