package dev.chartlake.aws.athena;

import dev.chartlake.aws.AwsJsonServer;
import dev.chartlake.query.QueryEngine;
import dev.chartlake.testkit.QueryEngineContract;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.athena.AthenaClient;

/** Athena keeps the contract, by a server that speaks its protocol and gives the answers of the contract, a page at a time. */
class AthenaContractTest extends QueryEngineContract {

    private static final int PAGE = 1_000;

    private final AwsJsonServer server;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    /** The SQL of each query, by its number. */
    private final List<String> started = new ArrayList<>();

    AthenaContractTest() throws IOException {
        server = new AwsJsonServer();
        server.on("AmazonAthena.StartQueryExecution", input -> Map.of("QueryExecutionId", start(input)));
        server.on("AmazonAthena.GetQueryExecution", input -> execution(id(input)));
        server.on("AmazonAthena.GetQueryResults", this::results);
        server.on("AmazonAthena.StopQueryExecution", input -> Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Override
    protected QueryEngine engine(List<Answer> known) {
        known.forEach(answer -> answers.put(answer.sql(), answer));
        return new AthenaEngine(
                server.client(AthenaClient.builder()),
                new AthenaTarget("chartlake", "music", null),
                time -> {},
                bytes -> {});
    }

    private synchronized String start(Map<String, Object> input) {
        started.add(String.valueOf(input.get("QueryString")));
        return String.valueOf(started.size() - 1);
    }

    private static String id(Map<String, Object> input) {
        return String.valueOf(input.get("QueryExecutionId"));
    }

    private synchronized String sql(String id) {
        return started.get(Integer.parseInt(id));
    }

    private Map<String, Object> execution(String id) {
        String sql = sql(id);
        Map<String, Object> status = answers.containsKey(sql)
                ? Map.of("State", "SUCCEEDED")
                : Map.of("State", "FAILED", "StateChangeReason", "SYNTAX_ERROR: cannot resolve " + sql);
        return Map.of("QueryExecution", Map.of("QueryExecutionId", id, "StatementType", "DML", "Status", status));
    }

    /** The first page of a query begins with the names of its columns. */
    private Map<String, Object> results(Map<String, Object> input) {
        Answer answer = answers.get(sql(id(input)));
        if (answer == null) {
            throw new AssertionError("no such query: " + sql(id(input)));
        }
        List<List<@Nullable String>> rows = new ArrayList<>(answer.rows());
        rows.add(0, new ArrayList<>(answer.columns()));
        int from = Integer.parseInt(String.valueOf(input.getOrDefault("NextToken", "0")));
        int to = Math.min(rows.size(), from + PAGE);
        List<Map<String, Object>> columns = new ArrayList<>();
        for (int c = 0; c < answer.columns().size(); c++) {
            columns.add(Map.of(
                    "Name", answer.columns().get(c), "Type", answer.types().get(c), "Precision", 10, "Scale", 0));
        }
        Map<String, Object> page = new LinkedHashMap<>();
        page.put(
                "ResultSet",
                Map.of(
                        "ResultSetMetadata",
                        Map.of("ColumnInfo", columns),
                        "Rows",
                        rows.subList(from, to).stream()
                                .map(AthenaContractTest::row)
                                .toList()));
        if (to < rows.size()) {
            page.put("NextToken", String.valueOf(to));
        }
        return page;
    }

    private static Map<String, Object> row(List<@Nullable String> values) {
        return Map.of(
                "Data",
                values.stream()
                        .map(value -> value == null ? Map.of() : Map.of("VarCharValue", value))
                        .toList());
    }
}
