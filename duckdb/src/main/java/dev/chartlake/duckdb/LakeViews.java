package dev.chartlake.duckdb;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toSet;

import dev.chartlake.duckdb.files.TableFiles;
import dev.chartlake.duckdb.files.TableFiles.DayFile;
import dev.chartlake.duckdb.files.TableFiles.Format;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.query.SqlText;
import dev.chartlake.views.Views;
import java.io.File;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The SQL of the views over one lake folder.
 *
 * <p>The relations that hold every day's rows derive from {@link Table}; the views on top of them are
 * {@link Views}. A relation reads the files of whole years and months where there are some, and those of all other days.
 */
public final class LakeViews {
    private static final String DAY_GLOB = "snapshot_date=????-??-??";

    private final boolean whole;
    private final String root;
    private final Path tables;
    private final Path compacted;

    /** With {@code whole} the views are made for queries over the whole history, else for those that name a date too. */
    public LakeViews(Path lake, boolean whole) {
        this.whole = whole;
        this.root = glob(lake) + "/";
        this.tables = lake.resolve(Table.ROOT);
        this.compacted = lake.resolve(Span.ROOT);
    }

    /** Those of {@code names} that hold every day's rows. */
    static Set<String> ofTables(Set<String> names) {
        return Stream.of(Table.values())
                .map(Views::days)
                .filter(names::contains)
                .collect(toSet());
    }

    /** The statement that makes the view of every day's rows without any. */
    static String emptyView(Table table) {
        return "CREATE OR REPLACE VIEW " + Views.days(table) + " AS " + nothing(table);
    }

    /** The statement that makes the view of every day's rows. */
    String daysView(Table table, TableFiles files) {
        return "CREATE OR REPLACE VIEW " + Views.days(table) + " AS " + rows(table, files);
    }

    /** The query for every day's rows. */
    String rows(Table table, TableFiles files) {
        var parts = new ArrayList<String>();
        var years = files.spans().stream().collect(groupingBy(span -> whole ? 0 : span.year(), TreeMap::new, toList()));
        years.forEach((year, spans) -> parts.add(year(table, year, spans)));
        boolean all = years.isEmpty()
                && files.days().values().stream().flatMap(List::stream).noneMatch(DayFile::earlier);
        // A pattern is read faster than a very long list.
        files.days()
                .forEach((format, days) ->
                        parts.addAll(all ? List.of(pattern(table, format)) : lists(table, format, days)));
        return parts.isEmpty() ? nothing(table) : String.join(" UNION ALL ", parts);
    }

    private String pattern(Table table, Format format) {
        return select(table) + " FROM "
                + read(table.columns(), format, SqlText.literal(folder(table) + DAY_GLOB + "/" + format.file()));
    }

    /** The query for the rows in these files, and that for those in files with the columns of an earlier version. */
    private List<String> lists(Table table, Format format, List<DayFile> days) {
        return days.stream().collect(groupingBy(DayFile::earlier, TreeMap::new, toList())).entrySet().stream()
                .map(group -> {
                    var columns = group.getKey() ? table.earlierColumns() : table.columns();
                    var files = group.getValue().stream()
                            .map(day -> SqlText.literal(folder(table) + day.folder() + "/" + format.file()))
                            .collect(joining(", ", "[", "]"));
                    return select(table, columns) + " FROM " + read(columns, format, files);
                })
                .toList();
    }

    /** The query for the rows in these files of days. */
    String rows(Table table, Map<Format, List<DayFile>> days) {
        return days.isEmpty()
                ? nothing(table)
                : days.entrySet().stream()
                        .flatMap(format -> lists(table, format.getKey(), format.getValue()).stream())
                        .collect(joining(" UNION ALL "));
    }

    /** The query for all rows in these files of days, in an order in which the rows of a list or song are together. */
    public String sorted(Table table, Map<Format, List<DayFile>> days) {
        var key = new ArrayList<Column>(table.key());
        int texts = 0;
        while (texts < key.size() && key.get(texts).type() == ColumnType.TEXT) {
            texts++;
        }
        key.add(texts, Table.SNAPSHOT_DATE);
        return "FROM (" + rows(table, days) + ") ORDER BY "
                + key.stream().map(Column::name).collect(joining(", "));
    }

    /** With the year's limits as a condition, so that a query for another day opens none of its files. */
    private String year(Table table, int year, List<Span> spans) {
        var files = spans.stream()
                .map(span -> SqlText.literal(root + span.file(table)))
                .collect(joining(", ", "[", "]"));
        return select(table) + " FROM read_parquet(" + files
                + ", hive_partitioning = false)"
                + (whole
                        ? ""
                        : " WHERE snapshot_date BETWEEN DATE '" + LocalDate.of(year, 1, 1) + "' AND DATE '"
                                + LocalDate.of(year, 12, 31) + "'");
    }

    private static String select(Table table) {
        return select(table, table.columns());
    }

    /** With null for columns that the files do not have. */
    private static String select(Table table, List<Column> there) {
        return "SELECT "
                + columns(table)
                        .map(column -> "CAST("
                                + (column.equals(Table.SNAPSHOT_DATE) || there.contains(column)
                                        ? column.name()
                                        : "NULL")
                                + " AS " + type(column.type()) + ") AS " + column.name())
                        .collect(joining(", "));
    }

    private static String nothing(Table table) {
        return "SELECT "
                + columns(table)
                        .map(column -> "CAST(NULL AS " + type(column.type()) + ") AS " + column.name())
                        .collect(joining(", "))
                + " WHERE false";
    }

    /** The folders of all tables and copies, for {@code allowed_directories}, which compares patterns as they are written. */
    String folders() {
        return Stream.of(tables, compacted)
                .flatMap(folder -> Stream.of(SqlText.literal(slashes(folder)), SqlText.literal(glob(folder))))
                .collect(joining(", ", "[", "]"));
    }

    private String folder(Table table) {
        return glob(tables) + "/" + table.folder() + "/";
    }

    private static String read(List<Column> columns, Format format, String files) {
        var partition = "hive_partitioning = true, hive_types = {'snapshot_date': DATE}";
        if (format == Format.PARQUET) {
            return "read_parquet(" + files + ", " + partition + ")";
        }
        var schema = columns.stream()
                .map(column -> SqlText.literal(column.name()) + ": " + SqlText.literal(type(column.type())))
                .collect(joining(", ", "{", "}"));
        return "read_csv(" + files + ", " + partition + ", columns = " + schema
                + ", auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', new_line = '\\n'"
                + ", nullstr = '', allow_quoted_nulls = false)";
    }

    private static Stream<Column> columns(Table table) {
        return Stream.concat(Stream.of(Table.SNAPSHOT_DATE), table.columns().stream());
    }

    private static String type(ColumnType type) {
        return type == ColumnType.TEXT ? "VARCHAR" : type.name();
    }

    /** The path with forward slashes, and with brackets around characters that are patterns. */
    private static String glob(Path path) {
        return slashes(path).replaceAll("[\\[*?]", "[$0]");
    }

    /** The path with forward slashes, as DuckDB writes it on every system. */
    public static String slashes(Path path) {
        return path.toString().replace(File.separatorChar, '/');
    }
}
