package dev.chartlake.duckdb;

import dev.chartlake.print.DisplayWidth;
import dev.chartlake.query.QueryException;
import dev.chartlake.views.Views;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Lets a single query through and refuses everything else.
 *
 * <p>DuckDB's own parser decides: {@code json_serialize_sql} accepts nothing but queries and names the functions they
 * call. That matters because some table functions act instead of reading ({@code enable_logging} writes files and
 * ignores the locked configuration), so only known ones pass. Two kinds of query it cannot serialise are handled here:
 * {@code EXPLAIN}, by checking what is explained, and {@code PIVOT} with columns taken from the data.
 */
final class ReadOnlyCheck {
    private static final Pattern EXPLAIN = Pattern.compile(
            "\\s*explain\\b(?:\\s+analyze\\b)?(?:\\s*\\([\\w\\s,]*\\bformat\\b[\\w\\s,]*\\))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern PIVOT = Pattern.compile(
            "\\s*\\(*\\s*(?:pivot|pivot_wider|select|from|with)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("\\w+");

    /** Table functions that only read. Those that open files are held to the lake by {@code allowed_directories}. */
    private static final Set<String> READING = Set.of(
            "unnest",
            "range",
            "generate_series",
            "repeat",
            "repeat_row",
            "json_each",
            "json_tree",
            "summary",
            "histogram",
            "histogram_values",
            "glob",
            "read_parquet",
            "parquet_scan",
            "read_csv",
            "read_csv_auto",
            "read_text",
            "read_blob",
            "read_json",
            "read_json_auto",
            "parquet_metadata",
            "parquet_schema",
            "parquet_file_metadata",
            "parquet_full_metadata",
            "parquet_kv_metadata",
            "duckdb_columns",
            "duckdb_functions",
            "duckdb_keywords",
            "duckdb_settings",
            "duckdb_tables",
            "duckdb_types",
            "duckdb_views",
            "pragma_table_info",
            "pragma_version",
            "pg_timezone_names");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100_000).build())
            .build();

    /** How a query's result has to be fetched. */
    enum Kind {
        /** Any number of rows; the text can follow {@code CREATE TABLE … AS}. */
        ROWS,
        /** SHOW, DESCRIBE, SUMMARIZE, PIVOT with columns from the data, or known to have few rows: the text can stand alone. */
        SMALL,
        /** EXPLAIN. */
        PLAN
    }

    /**
     * A query that may run.
     *
     * @param kind how to fetch its result
     * @param tables the tables it names, in lower case, without those it defines itself; empty if any may be meant
     */
    record Accepted(Kind kind, Optional<Set<String>> tables) {}

    private @Nullable Set<String> acting;

    /** Asks the engine for its table functions, so that one added by a later version is refused until it is known. */
    private synchronized Set<String> acting(Connection duckDb) throws SQLException {
        if (acting != null) {
            return acting;
        }
        var names = new HashSet<String>();
        try (var statement = duckDb.createStatement();
                var found = statement.executeQuery("SELECT lower(function_name) FROM duckdb_functions()"
                        + " WHERE function_type IN ('table', 'table_macro')")) {
            while (found.next()) {
                names.add(found.getString(1));
            }
        }
        names.removeAll(READING);
        acting = names;
        return names;
    }

    /** Throws {@link QueryException} unless {@code sql} is one query that cannot change anything. */
    Accepted accept(Connection duckDb, String sql) throws SQLException {
        var explain = EXPLAIN.matcher(sql);
        var explained = explain.lookingAt();
        var query = explained ? sql.substring(explain.end()) : sql;
        String tree;
        try (var statement = duckDb.prepareStatement("SELECT json_serialize_sql(CAST(? AS VARCHAR))")) {
            statement.setString(1, query);
            try (var result = statement.executeQuery()) {
                result.next();
                tree = result.getString(1);
            }
        }
        var parsed = Parsed.of(tree);
        if (parsed.errorType.equals("not implemented")) {
            acceptPivot(query, acting(duckDb));
        } else if (!parsed.errorType.isEmpty()) {
            throw new QueryException("The query is not valid SQL: " + parsed.errorMessage);
        } else if (parsed.statements != 1) {
            throw new QueryException(
                    parsed.statements == 0
                            ? "The query is empty. Give one, such as: SELECT * FROM songs LIMIT 10"
                            : "There are " + parsed.statements + " statements; give one query at a time.");
        }
        if (parsed.joinsNaturally) {
            throw new QueryException(
                    "NATURAL JOIN is not allowed, because it also compares names, links and times, which differ"
                            + " between a day's rows and the newest known values: rows would be missing. Name the columns instead,"
                            + " such as: FROM playlist_entries JOIN songs USING (song_id)");
        }
        // To ask the engine takes longer than most queries, and is needed only for a function that is not known.
        if (!READING.containsAll(parsed.tableFunctions)) {
            var acting = acting(duckDb);
            for (var function : parsed.functions) {
                if (acting.contains(function)) {
                    throw refused(function);
                }
            }
        }
        var kind = parsed.describes || !parsed.errorType.isEmpty() ? Kind.SMALL : Kind.ROWS;
        return new Accepted(explained ? Kind.PLAN : kind, kind == Kind.SMALL ? Optional.empty() : parsed.named());
    }

    /**
     * PIVOT with columns from the data has no tree to look at, so the text itself must be beyond doubt: one statement,
     * and no word that names an acting function, not even in quotes.
     */
    private static void acceptPivot(String sql, Set<String> acting) {
        var text = sql.toLowerCase(Locale.ROOT);
        if (!text.contains("pivot") || !PIVOT.matcher(text).matches()) {
            throw new QueryException("Only queries run here, and this statement is none: \"" + beginning(sql)
                    + "\". Start with SELECT, WITH, FROM, VALUES, TABLE, PIVOT, SHOW, DESCRIBE, SUMMARIZE or EXPLAIN.");
        }
        if (text.stripTrailing().replaceAll(";+$", "").contains(";")) {
            throw new QueryException("A PIVOT without IN (...) must be the only statement and hold no semicolon.");
        }
        WORD.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(acting::contains)
                .findFirst()
                .ifPresent(word -> {
                    throw new QueryException("A PIVOT without IN (...) must not contain the word " + word
                            + ", which names a function that is not allowed. List the columns with IN (...).");
                });
    }

    private static QueryException refused(String function) {
        return new QueryException("The function " + function
                + " is not allowed in a query, because it does more than read. The views are: "
                + String.join(", ", Views.everyName()) + ".");
    }

    private static String beginning(String sql) {
        return DisplayWidth.cut(sql.strip().replaceAll("\\s+", " "), 40);
    }

    /** What {@code json_serialize_sql} says about a text. */
    private record Parsed(
            String errorType,
            String errorMessage,
            int statements,
            boolean describes,
            boolean joinsNaturally,
            Set<String> functions,
            Set<String> tableFunctions,
            Set<String> tables) {

        /** Empty if a function looks into the catalogue, where every table is. */
        Optional<Set<String>> named() {
            for (var function : tableFunctions) {
                if (function.startsWith("duckdb_") || function.startsWith("pragma_")) {
                    return Optional.empty();
                }
            }
            return Optional.of(tables);
        }

        static Parsed of(String tree) {
            var errorType = "";
            var errorMessage = "";
            int statements = 0;
            boolean describes = false;
            boolean joinsNaturally = false;
            var functions = new HashSet<String>();
            var tableFunctions = new HashSet<String>();
            var tables = new HashSet<String>();
            var own = new HashSet<String>();
            try (var json = JSON.createParser(ObjectReadContext.empty(), tree)) {
                int depth = 0;
                for (var token = json.nextToken(); token != null; token = json.nextToken()) {
                    if (token.isStructStart()) {
                        depth++;
                    } else if (token.isStructEnd()) {
                        depth--;
                    } else if (token == JsonToken.PROPERTY_NAME) {
                        var name = json.currentName();
                        if (depth == 1 && name.equals("error_type")) {
                            errorType = json.nextStringValue();
                        } else if (depth == 1 && name.equals("error_message")) {
                            errorMessage = json.nextStringValue();
                        } else if (depth == 3 && name.equals("node")) {
                            statements++;
                        } else if (depth == 5 && name.equals("type") && within(json, "from_table")) {
                            describes |= "SHOW_REF".equals(json.nextStringValue());
                        } else if (name.equals("function_name")) {
                            var inTablePlace = within(json, "function");
                            var function = lower(json.nextStringValue());
                            functions.add(function);
                            if (inTablePlace) {
                                tableFunctions.add(function);
                            }
                        } else if (name.equals("table_name")) {
                            tables.add(lower(json.nextStringValue()));
                        } else if (name.equals("ref_type")) {
                            joinsNaturally |= "NATURAL".equals(json.nextStringValue());
                        } else if (name.equals("key")) {
                            own.add(lower(json.nextStringValue()));
                        }
                    }
                }
            }
            own.removeAll(Views.everyName()); // one that hides a view may read the view itself
            tables.removeAll(own);
            return new Parsed(
                    errorType, errorMessage, statements, describes, joinsNaturally, functions, tableFunctions, tables);
        }

        private static String lower(@Nullable String name) {
            return String.valueOf(name).toLowerCase(Locale.ROOT);
        }

        private static boolean within(JsonParser json, String name) {
            var parent = json.streamReadContext().getParent();
            return parent != null && name.equals(parent.currentName());
        }
    }
}
