package dev.chartlake.aws.glue;

import static java.util.stream.Collectors.joining;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.views.Views;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/** The views that Athena has, by name: every day's rows of each table, and the views of history on top of them. */
final class LakeSql {
    private static final Pattern COMMENT = Pattern.compile("(?m)[ \\t]*--.*$\\n?");

    private LakeSql() {}

    /** The query of each view; a view comes after those it reads from. */
    static Map<String, String> views() {
        var views = new LinkedHashMap<String, String>();
        for (var table : Table.values()) {
            views.put(Views.days(table), days(table));
        }
        Views.all()
                .forEach((name, sql) ->
                        views.put(name, COMMENT.matcher(sql).replaceAll("").strip()));
        return views;
    }

    /** The statement that makes a view, or makes it anew. */
    static String statement(String name, String query) {
        return "CREATE OR REPLACE VIEW " + name + " AS\n" + query;
    }

    /** Differs when a view does. */
    static String fingerprint(Map<String, String> views) {
        var crc = new CRC32C();
        views.forEach((name, query) -> crc.update(statement(name, query).getBytes(StandardCharsets.UTF_8)));
        return "%08x".formatted(crc.getValue());
    }

    private static String days(Table table) {
        return select(table, FileKind.PARQUET) + "\nUNION ALL\n" + select(table, FileKind.CSV);
    }

    private static String select(Table table, FileKind kind) {
        return "SELECT "
                + Stream.concat(
                                Stream.of(Table.SNAPSHOT_DATE.name()),
                                table.columns().stream().map(column -> value(column, kind)))
                        .collect(joining(", "))
                + " FROM " + new GlueTable(table, kind).name();
    }

    /** In CSV an empty field is null. */
    private static String value(Column column, FileKind kind) {
        var name = column.name();
        if (kind == FileKind.PARQUET || (column.type() == ColumnType.TEXT && column.required())) {
            return name;
        }
        var known = "nullif(" + name + ", '')";
        return column.type() == ColumnType.TEXT
                ? known + " AS " + name
                : "CAST(" + known + " AS " + column.type().name() + ") AS " + name;
    }
}
