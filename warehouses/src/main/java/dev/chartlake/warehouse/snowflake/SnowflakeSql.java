package dev.chartlake.warehouse.snowflake;

import static java.util.stream.Collectors.joining;

import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.query.SqlText;
import dev.chartlake.views.Views;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What both ways into Snowflake have in common: types, and how a table's file is read. */
final class SnowflakeSql {
    /**
     * How Parquet files are read. Our texts are annotated as such and our times are without zone, so a time stays what it is in
     * whatever time zone a session has.
     */
    static final String PARQUET = "TYPE = PARQUET USE_LOGICAL_TYPE = TRUE";

    /** How CSV files are read: an empty field is null, and the empty text has quotes. */
    static final String CSV =
            "TYPE = CSV SKIP_HEADER = 1 FIELD_OPTIONALLY_ENCLOSED_BY = '\"' EMPTY_FIELD_AS_NULL = TRUE NULL_IF = ()"
                    + " ESCAPE_UNENCLOSED_FIELD = NONE";

    private SnowflakeSql() {}

    static String type(ColumnType type) {
        return switch (type) {
            case TEXT -> "VARCHAR";
            case INTEGER -> "INTEGER";
            case BIGINT -> "BIGINT";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP_NTZ(6)";
        };
    }

    /**
     * Loads a table's file into the table, whatever Snowflake remembers of a file of this name.
     *
     * @param folder where the file is, such as {@code @~/chartlake}
     * @param file its name in the folder; its ending tells its format
     * @param format what stands in brackets behind {@code FILE_FORMAT =}
     */
    static String copy(Table table, LocalDate day, String folder, String file, String format) {
        return copy(
                table, SqlText.literal(day.toString()), folder, SqlText.literal(file), format, file.endsWith(".csv"));
    }

    /** As {@link #copy}, of a file of the manifest in the stage {@code chartlake_lake}, with {@code {day}} and {@code {file}}. */
    static String copyOfCommit(Table table, boolean csv) {
        var format = "FORMAT_NAME = '" + (csv ? SnowflakeScripts.CSV_FORMAT : SnowflakeScripts.PARQUET_FORMAT) + "'";
        return copy(table, "'{day}'", "@" + SnowflakeScripts.STAGE, "'{file}'", format, csv);
    }

    private static String copy(Table table, String day, String folder, String file, String format, boolean csv) {
        var names = new ArrayList<String>();
        var values = new ArrayList<String>();
        names.add(Table.SNAPSHOT_DATE.name());
        values.add(day + "::DATE");
        List<Column> columns = table.columns();
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            names.add(column.name());
            values.add((csv ? "$" + (i + 1) : "$1:" + column.name()) + "::" + type(column.type()));
        }
        return "COPY INTO " + Views.days(table) + " (" + String.join(", ", names) + ") FROM (SELECT "
                + values.stream().collect(joining(", ")) + " FROM " + folder + ") FILES = (" + file
                + ") FILE_FORMAT = (" + format + ") FORCE = TRUE ON_ERROR = ABORT_STATEMENT";
    }
}
