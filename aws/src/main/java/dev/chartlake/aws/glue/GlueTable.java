package dev.chartlake.aws.glue;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import java.util.Arrays;
import java.util.List;

/**
 * One table of the catalog: the days of a {@link Table} that are files of one kind. It is named after the table's folder,
 * because the table's own name belongs to the view over both kinds.
 */
record GlueTable(Table table, FileKind kind) {

    /** A column as Glue has it. */
    record GlueColumn(String name, String type, String comment) {}

    /** All tables: for each of the lake's first the one of Parquet, then that of CSV. */
    static List<GlueTable> all() {
        return Arrays.stream(Table.values())
                .flatMap(table -> Arrays.stream(FileKind.values()).map(kind -> new GlueTable(table, kind)))
                .toList();
    }

    String name() {
        return table.folder() + kind.suffix();
    }

    String description() {
        return "Every day's rows of " + table.sqlName() + ", as " + kind + " files.";
    }

    /** The columns of the files, in their order. */
    List<GlueColumn> columns() {
        return table.columns().stream()
                .map(column -> new GlueColumn(
                        column.name(), kind == FileKind.CSV ? "string" : type(column.type()), comment(column)))
                .toList();
    }

    static GlueColumn partitionKey() {
        return new GlueColumn(
                Table.SNAPSHOT_DATE.name(), type(Table.SNAPSHOT_DATE.type()), "The day of the partition, UTC.");
    }

    /** Where the table lies in the lake, with a trailing slash. */
    String folder() {
        return Table.ROOT + table.folder() + "/";
    }

    private String comment(Column column) {
        var words = table.key().contains(column) ? "Key." : column.required() ? "Never null." : "";
        return column.type() == ColumnType.TIMESTAMP ? (words + " UTC.").strip() : words;
    }

    static String type(ColumnType type) {
        return switch (type) {
            case TEXT -> "string";
            case INTEGER -> "int";
            case BIGINT -> "bigint";
            case BOOLEAN -> "boolean";
            case DATE -> "date";
            case TIMESTAMP -> "timestamp";
        };
    }
}
