package dev.chartlake.warehouse.snowflake;

import dev.chartlake.model.Column;
import dev.chartlake.model.Table;
import dev.chartlake.views.Dialect;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import dev.chartlake.warehouse.TableDefinitions;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The statements that make Snowflake load a lake on S3 by itself: the files of {@code deploy/snowflake}. The texts beside this
 * class have what does not depend on tables.
 */
public final class SnowflakeScripts {
    static final String STAGE = "chartlake_lake";
    static final String PARQUET_FORMAT = "chartlake_parquet";
    static final String CSV_FORMAT = "chartlake_csv";

    private static final List<String> FILES =
            List.of("1-account.sql", "2-tables.sql", "3-pipe.sql", "4-task.sql", "5-views.sql");
    private static final SnowflakeDatabase DATABASE = new SnowflakeDatabase("Snowflake");

    private SnowflakeScripts() {}

    /** The files by name, in the order in which they are executed. */
    public static Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        for (var file : FILES) {
            all.put(
                    file,
                    resource(file)
                            .replace("{tables}", statements(tables()))
                            .replace("{views}", statements(views()))
                            .replace("{procedure}", procedure())
                            .replace("{parquet format}", PARQUET_FORMAT)
                            .replace("{parquet}", SnowflakeSql.PARQUET)
                            .replace("{csv format}", CSV_FORMAT)
                            .replace("{csv}", SnowflakeSql.CSV)
                            .replace("{stage}", STAGE));
        }
        return all;
    }

    /** The body of the procedure, in JavaScript. */
    static String procedure() {
        return resource("load_commits.js")
                .replace("{tables}", tablesOfProcedure())
                .replace("{stage}", STAGE)
                .replace("{lock}", SnowflakeDatabase.TAKE_LOCK);
    }

    private static List<String> tables() {
        var definitions = new TableDefinitions(DATABASE);
        var statements = new ArrayList<String>();
        statements.add(SnowflakeDatabase.MAKE_LOCK);
        statements.add(definitions.settings());
        statements.add(definitions.days());
        for (var table : Table.values()) {
            statements.add(definitions.table(table));
            var earlier = table.earlierColumns();
            for (Column column : table.columns()) {
                if (!earlier.contains(column)) {
                    statements.add(definitions.column(table, column).replace("ADD COLUMN", "ADD COLUMN IF NOT EXISTS"));
                }
            }
            statements.addAll(TableDefinitions.comments(table));
        }
        return statements;
    }

    private static List<String> views() {
        var statements = new ArrayList<String>();
        for (var view : Views.names()) {
            var query = ViewSettings.DEFAULT.query(view, Dialect.COMMON).strip();
            statements.addAll(DATABASE.replacing(view, query));
        }
        return statements;
    }

    private static String tablesOfProcedure() {
        var tables = new ArrayList<String>();
        for (var table : Table.values()) {
            tables.add("  " + table.sqlName() + ": {\n    name: \"" + Views.days(table) + "\",\n    folder: \""
                    + table.folder()
                    + "\",\n    parquet: \"" + SnowflakeSql.copyOfCommit(table, false) + "\",\n    csv: \""
                    + SnowflakeSql.copyOfCommit(table, true) + "\"\n  }");
        }
        return "{\n" + String.join(",\n", tables) + "\n}";
    }

    private static String statements(List<String> statements) {
        return String.join(";\n", statements) + ";";
    }

    private static String resource(String name) {
        try (InputStream in = SnowflakeScripts.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing from the application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
