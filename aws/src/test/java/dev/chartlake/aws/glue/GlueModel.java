package dev.chartlake.aws.glue;

import dev.chartlake.aws.AwsJsonServer;
import dev.chartlake.aws.AwsJsonServer.Fault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What Glue and Athena keep, behind the operations that the catalog uses. Pages are two entries long. */
public final class GlueModel {
    private static final int PAGE = 2;
    private static final Pattern VIEW = Pattern.compile("(?s)CREATE OR REPLACE VIEW (\\w+) AS\\n(.*)");

    final Map<String, Map<String, Object>> databases = new TreeMap<>();
    final Map<String, Map<String, Object>> tables = new TreeMap<>();
    /** By table, then by day. */
    final Map<String, TreeMap<String, Map<String, Object>>> partitions = new TreeMap<>();

    final List<String> statements = new ArrayList<>();
    private long clock = 1_700_000_000;

    public GlueModel(AwsJsonServer server) {
        server.on("AWSGlue.GetDatabase", this::getDatabase);
        server.on("AWSGlue.CreateDatabase", this::putDatabase);
        server.on("AWSGlue.UpdateDatabase", this::putDatabase);
        server.on("AWSGlue.GetTables", input -> page("TableList", new ArrayList<>(tables.values()), input));
        server.on("AWSGlue.CreateTable", this::createTable);
        server.on("AWSGlue.UpdateTable", this::updateTable);
        server.on("AWSGlue.DeleteTable", this::deleteTable);
        server.on(
                "AWSGlue.GetPartitions",
                input -> page("Partitions", new ArrayList<>(days(input).values()), input));
        server.on("AWSGlue.BatchCreatePartition", this::createPartition);
        server.on("AWSGlue.BatchUpdatePartition", this::updatePartition);
        server.on("AWSGlue.BatchDeletePartition", this::deletePartition);
        server.on("AmazonAthena.StartQueryExecution", this::start);
        server.on(
                "AmazonAthena.GetQueryExecution",
                input -> Map.of(
                        "QueryExecution",
                        Map.of(
                                "QueryExecutionId",
                                input.get("QueryExecutionId"),
                                "Status",
                                Map.of("State", "SUCCEEDED"))));
    }

    /** The days of a table with the place of each, as text. */
    public String registered(String table) {
        var places = new TreeMap<String, Object>();
        days(Map.of("TableName", table))
                .forEach((day, partition) ->
                        places.put(day, map(partition.get("StorageDescriptor")).get("Location")));
        return places.toString();
    }

    private synchronized Map<String, Object> getDatabase(Map<String, Object> input) {
        var database = databases.get(text(input.get("Name")));
        if (database == null) {
            throw new Fault(400, "EntityNotFoundException", "Database not found");
        }
        return Map.of("Database", database);
    }

    private synchronized Map<String, Object> putDatabase(Map<String, Object> input) {
        var database = map(input.get("DatabaseInput"));
        database.put("CreateTime", clock++);
        databases.put(text(database.get("Name")), database);
        return Map.of();
    }

    private synchronized Map<String, Object> createTable(Map<String, Object> input) {
        var table = map(input.get("TableInput"));
        table.put("CreateTime", clock++);
        if (tables.putIfAbsent(text(table.get("Name")), table) != null) {
            throw new Fault(400, "AlreadyExistsException", "Table already exists");
        }
        return Map.of();
    }

    private synchronized Map<String, Object> updateTable(Map<String, Object> input) {
        var table = map(input.get("TableInput"));
        var before = Objects.requireNonNull(tables.get(text(table.get("Name"))));
        table.put("CreateTime", before.get("CreateTime"));
        tables.put(text(table.get("Name")), table);
        return Map.of();
    }

    /** With its partitions, as Glue does. */
    private synchronized Map<String, Object> deleteTable(Map<String, Object> input) {
        if (tables.remove(text(input.get("Name"))) == null) {
            throw new Fault(400, "EntityNotFoundException", "Table not found");
        }
        partitions.remove(text(input.get("Name")));
        return Map.of();
    }

    private synchronized Map<String, Object> createPartition(Map<String, Object> input) {
        var errors = new ArrayList<Map<String, Object>>();
        for (var entry : (List<?>) Objects.requireNonNull(input.get("PartitionInputList"))) {
            var partition = map(entry);
            if (days(input).putIfAbsent(day(partition.get("Values")), partition) != null) {
                errors.add(error("AlreadyExistsException"));
            }
        }
        return Map.of("Errors", errors);
    }

    private synchronized Map<String, Object> updatePartition(Map<String, Object> input) {
        var errors = new ArrayList<Map<String, Object>>();
        for (var entry : (List<?>) Objects.requireNonNull(input.get("Entries"))) {
            var day = day(map(entry).get("PartitionValueList"));
            if (days(input).replace(day, map(map(entry).get("PartitionInput"))) == null) {
                errors.add(error("EntityNotFoundException"));
            }
        }
        return Map.of("Errors", errors);
    }

    private synchronized Map<String, Object> deletePartition(Map<String, Object> input) {
        var errors = new ArrayList<Map<String, Object>>();
        for (var entry : (List<?>) Objects.requireNonNull(input.get("PartitionsToDelete"))) {
            if (days(input).remove(day(map(entry).get("Values"))) == null) {
                errors.add(error("EntityNotFoundException"));
            }
        }
        return Map.of("Errors", errors);
    }

    private synchronized Map<String, Object> start(Map<String, Object> input) {
        var sql = text(input.get("QueryString"));
        statements.add(sql);
        var view = VIEW.matcher(sql);
        if (view.matches()) {
            tables.put(
                    view.group(1).toLowerCase(Locale.ROOT),
                    new LinkedHashMap<>(Map.of("Name", view.group(1), "TableType", "VIRTUAL_VIEW")));
        }
        return Map.of("QueryExecutionId", "query-" + statements.size());
    }

    private synchronized Map<String, Object> page(String name, List<?> all, Map<String, Object> input) {
        int from = Integer.parseInt(text(input.getOrDefault("NextToken", "0")));
        int to = Math.min(from + PAGE, all.size());
        var page = new LinkedHashMap<String, Object>(Map.of(name, all.subList(from, to)));
        if (to < all.size()) {
            page.put("NextToken", String.valueOf(to));
        }
        return page;
    }

    private TreeMap<String, Map<String, Object>> days(Map<String, Object> input) {
        return partitions.computeIfAbsent(text(input.get("TableName")), name -> new TreeMap<>());
    }

    private static Map<String, Object> error(String code) {
        return Map.of("ErrorDetail", Map.of("ErrorCode", code, "ErrorMessage", "as it is"));
    }

    private static String day(@Nullable Object values) {
        return text(((List<?>) Objects.requireNonNull(values)).get(0));
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return (Map<String, Object>) Objects.requireNonNull(value);
    }
}
