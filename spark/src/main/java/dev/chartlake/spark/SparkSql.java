package dev.chartlake.spark;

import static java.util.stream.Collectors.joining;

import dev.chartlake.lake.CommittedTables;
import dev.chartlake.lake.DayCure;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Column;
import dev.chartlake.model.ColumnType;
import dev.chartlake.model.Table;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Request;
import dev.chartlake.views.Dialect;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The statements that make a lake's tables and views in a catalog of Spark. Of a table, those days are partitions whose
 * manifests name a file of it: a folder that no manifest names is not read.
 */
final class SparkSql {

    /** So many partitions are added or dropped by one statement. */
    private static final int TOGETHER = 500;

    private static final Pattern NAME = Pattern.compile("\\w+");
    private static final Pattern COMMENT = Pattern.compile("(?m)[ \\t]*--.*$\\n?");
    private static final String PARTITION = Table.SNAPSHOT_DATE.name() + "=";

    private final ObjectStore store;
    private final String location;
    private final String database;

    /**
     * For the lake in {@code store}, which Spark finds at {@code location}, an address without a trailing slash.
     *
     * @throws Failure if the database cannot have this name
     */
    SparkSql(ObjectStore store, String location, String database) {
        if (!NAME.matcher(database).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "A database cannot be called '" + database + "'. Use letters, digits and underscores.");
        }
        this.store = store;
        this.location = location;
        this.database = database;
    }

    /**
     * The statements, in order. {@code wanted} says which days they register; tables and views are always made.
     *
     * @throws IOException if the lake cannot be read, or a manifest cannot
     * @throws Failure if a wanted day is not in Parquet
     */
    List<String> statements(Predicate<LocalDate> wanted) throws IOException {
        List<String> statements = new ArrayList<>();
        statements.add("CREATE DATABASE IF NOT EXISTS " + database);
        statements.add("USE " + database);
        Map<Table, Set<LocalDate>> committed = committed(wanted);
        for (Table table : Table.values()) {
            statements.add(table(table));
            Set<LocalDate> days = committed.getOrDefault(table, Set.of());
            Set<LocalDate> others = partitions(table, wanted);
            others.removeAll(days);
            statements.addAll(partitions(table, "DROP IF EXISTS", ", ", others));
            statements.addAll(partitions(table, "ADD IF NOT EXISTS", "", days));
            statements.add("REFRESH TABLE " + Views.days(table));
        }
        for (String view : Views.names()) {
            statements.add("CREATE OR REPLACE VIEW " + view + " AS\n" + query(view));
        }
        return statements;
    }

    /** The query of a view, without comments. */
    static String query(String view) {
        String sql = ViewSettings.DEFAULT.query(view, Dialect.SPARK);
        return COMMENT.matcher(sql).replaceAll("").strip();
    }

    private String table(Table table) {
        return "CREATE TABLE IF NOT EXISTS " + Views.days(table) + " (\n"
                + Stream.concat(table.columns().stream(), Stream.of(Table.SNAPSHOT_DATE))
                        .map(SparkSql::column)
                        .collect(joining(",\n"))
                + "\n) USING PARQUET PARTITIONED BY (" + Table.SNAPSHOT_DATE.name() + ")\nLOCATION "
                + Dialect.SPARK.literal(location + "/" + Table.ROOT + table.folder());
    }

    private static String column(Column column) {
        return "    " + column.name() + " " + type(column.type()) + (column.required() ? " NOT NULL" : "") + " COMMENT "
                + Dialect.SPARK.literal(column.meaning());
    }

    private static String type(ColumnType type) {
        return switch (type) {
            case TEXT -> "STRING";
            case INTEGER -> "INT";
            case BIGINT -> "BIGINT";
            case BOOLEAN -> "BOOLEAN";
            case DATE -> "DATE";
            case TIMESTAMP -> "TIMESTAMP_NTZ";
        };
    }

    private static List<String> partitions(Table table, String action, String separator, Set<LocalDate> days) {
        List<String> statements = new ArrayList<>();
        List<LocalDate> all = List.copyOf(days);
        for (int from = 0; from < all.size(); from += TOGETHER) {
            statements.add("ALTER TABLE " + Views.days(table) + " " + action + "\n    "
                    + all.subList(from, Math.min(all.size(), from + TOGETHER)).stream()
                            .map(day -> "PARTITION (" + Table.SNAPSHOT_DATE.name() + " = '" + day + "')")
                            .collect(joining(separator + "\n    ")));
        }
        return statements;
    }

    /** Of each table the days with a file, as the manifests say. */
    private Map<Table, Set<LocalDate>> committed(Predicate<LocalDate> wanted) throws IOException {
        List<Request<Set<Table>>> requests = new ArrayList<>();
        List<LocalDate> days = new ArrayList<>();
        for (ObjectInfo info : store.files(Manifest.ROOT)) {
            day(info.key(), Manifest.ROOT, ".json").filter(wanted).ifPresent(day -> {
                days.add(day);
                requests.add(() -> tables(day));
            });
        }
        Map<Table, Set<LocalDate>> committed = new EnumMap<>(Table.class);
        List<Set<Table>> tables = store.all(requests);
        for (int i = 0; i < days.size(); i++) {
            for (Table table : tables.get(i)) {
                committed.computeIfAbsent(table, of -> new TreeSet<>()).add(days.get(i));
            }
        }
        return committed;
    }

    private Set<Table> tables(LocalDate day) throws IOException {
        Set<Table> tables = new TreeSet<>();
        List<TablePart> parts;
        Optional<CommittedTables.Found> found = CommittedTables.find(store, day);
        try {
            parts = found.isEmpty() ? List.of() : found.get().tables();
        } catch (IOException e) {
            throw new IOException(
                    Manifest.key(day) + " cannot be read: " + e.getMessage() + ". " + DayCure.again(store, day), e);
        }
        for (TablePart part : parts) {
            if (part.file().isEmpty()) {
                continue;
            }
            if (!part.file().endsWith(".parquet")) {
                throw new Failure(
                        ExitCode.USAGE,
                        part.file()
                                + " is CSV. Spark reads the columns of a lake's tables with their types from Parquet"
                                + " alone: run spark/submit --all --format parquet, or leave the day out with --since"
                                + " or --until.");
            }
            for (Table table : Table.values()) {
                if (table.sqlName().equals(part.table())) {
                    tables.add(table);
                }
            }
        }
        return tables;
    }

    /** The days that have a folder, whoever wrote it. */
    private Set<LocalDate> partitions(Table table, Predicate<LocalDate> wanted) throws IOException {
        Set<LocalDate> days = new TreeSet<>();
        for (String folder : store.folders(Table.ROOT + table.folder() + "/")) {
            day(folder, PARTITION, "").filter(wanted).ifPresent(days::add);
        }
        return days;
    }

    private static Optional<LocalDate> day(String name, String before, String after) {
        if (!name.startsWith(before) || !name.endsWith(after)) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(name.substring(before.length(), name.length() - after.length())));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
