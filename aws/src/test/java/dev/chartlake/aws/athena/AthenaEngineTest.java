package dev.chartlake.aws.athena;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.aws.AwsJsonServer;
import dev.chartlake.aws.AwsJsonServer.Fault;
import dev.chartlake.http.Pause;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.query.QueryException;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.athena.AthenaClient;

/** Queries, by a server that speaks Athena's protocol. */
class AthenaEngineTest {
    private final AwsJsonServer server;
    private final List<Map<String, Object>> started = new ArrayList<>();
    private final List<Map<String, Object>> pages = new ArrayList<>();
    private final List<String> states = new ArrayList<>(List.of("QUEUED", "RUNNING", "SUCCEEDED"));
    private final Collected sink = new Collected();
    private String reason = "";
    private String type = "DML";
    private Pause pause = time -> {};
    private long scanned;

    AthenaEngineTest() throws IOException {
        server = new AwsJsonServer();
        server.on("AmazonAthena.StartQueryExecution", input -> {
            started.add(input);
            return Map.of("QueryExecutionId", "q-1");
        });
        server.on("AmazonAthena.GetQueryExecution", input -> {
            var state = states.size() > 1 ? states.remove(0) : states.get(0);
            var status =
                    reason.isEmpty() ? Map.of("State", state) : Map.of("State", state, "StateChangeReason", reason);
            return Map.of(
                    "QueryExecution",
                    Map.of(
                            "QueryExecutionId",
                            "q-1",
                            "StatementType",
                            type,
                            "Status",
                            status,
                            "Statistics",
                            Map.of("DataScannedInBytes", 12_345_678L)));
        });
        server.on("AmazonAthena.GetQueryResults", input -> {
            int page = Integer.parseInt(String.valueOf(input.getOrDefault("NextToken", "0")));
            var answer = new LinkedHashMap<>(pages.get(page));
            if (page + 1 < pages.size()) {
                answer.put("NextToken", String.valueOf(page + 1));
            }
            return answer;
        });
        server.on("AmazonAthena.StopQueryExecution", input -> Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everyPageIsHandedOnWithItsTypes() throws IOException {
        var columns = List.of(
                column("name", "varchar"),
                column("position", "integer"),
                column("streams", "bigint"),
                column("share", "double"),
                column("price", "decimal"),
                column("explicit", "boolean"),
                column("day", "date"),
                column("at", "timestamp"),
                column("names", "array"));
        pages.add(page(
                columns,
                row("name", "position", "streams", "share", "price", "explicit", "day", "at", "names"),
                row(
                        "Ærlig, \"talt\"",
                        "1",
                        "9007199254740993",
                        "0.25",
                        "1.10",
                        "true",
                        "2026-11-21",
                        "2026-11-21 10:00:00.000",
                        "[a, b]")));
        pages.add(page(columns, row(null, null, null, "NaN", null, null, null, null, null)));
        pages.add(page(columns, row("", "2", null, "-Infinity", null, "false", "12026-01-01", null, null)));
        run("SELECT * FROM songs");
        assertThat(sink.columns)
                .contains(
                        new ResultColumn("name", "VARCHAR", false),
                        new ResultColumn("streams", "BIGINT", true),
                        new ResultColumn("price", "DECIMAL(10,2)", true));
        assertThat(sink.rows)
                .containsExactly(
                        Arrays.asList(
                                "Ærlig, \"talt\"",
                                1L,
                                9007199254740993L,
                                0.25,
                                new BigDecimal("1.10"),
                                true,
                                LocalDate.of(2026, 11, 21),
                                LocalDateTime.of(2026, 11, 21, 10, 0),
                                "[a, b]"),
                        Arrays.asList(null, null, null, Double.NaN, null, null, null, null, null),
                        Arrays.asList("", 2L, null, Double.NEGATIVE_INFINITY, null, false, "12026-01-01", null, null));
        assertThat(sink.ended).isTrue();
        assertThat(scanned).isEqualTo(12_345_678);
        assertThat(server.counts()).containsEntry("GetQueryResults", 3L).doesNotContainKey("StopQueryExecution");
        var request = started.get(0);
        assertThat(request).containsEntry("WorkGroup", "chartlake").doesNotContainKey("ResultConfiguration");
        assertThat(String.valueOf(request.get("QueryExecutionContext"))).isEqualTo("{Database=music}");
    }

    @Test
    void aRowThatLooksLikeAHeaderIsKeptWhereThereIsNone() throws IOException {
        type = "UTILITY";
        pages.add(page(List.of(column("tab_name", "string")), row("tab_name"), row("songs")));
        run("SHOW TABLES");
        assertThat(sink.rows).containsExactly(List.of("tab_name"), List.of("songs"));
    }

    @Test
    void aResultWithoutRowsHasItsColumns() throws IOException {
        pages.add(page(List.of(column("a", "integer")), row("a")));
        run("SELECT 1 AS a WHERE false");
        assertThat(sink.columns).hasSize(1);
        assertThat(sink.rows).isEmpty();
        assertThat(sink.ended).isTrue();
    }

    @Test
    void aFailureIsToldAsAthenaTellsIt() {
        states.set(2, "FAILED");
        reason = "SYNTAX_ERROR: line 1:8: Column 'x' cannot be resolved";
        assertThatThrownBy(() -> run("SELECT x FROM songs"))
                .isInstanceOf(QueryException.class)
                .hasMessage(reason);
        assertThat(sink.ended).isFalse();
    }

    @Test
    void theScanLimitComesWithItsCure() {
        states.set(2, "CANCELLED");
        reason = "Query cancelled! : Bytes scanned limit was exceeded";
        assertThatThrownBy(() -> run("SELECT * FROM songs"))
                .hasMessageContaining("Bytes scanned limit was exceeded")
                .hasMessageContaining("query_scan_limit_gb");
    }

    @Test
    void aQueryThatNobodyWaitsForIsCancelled() {
        pause = time -> {
            throw new InterruptedException();
        };
        assertThatThrownBy(() -> run("SELECT 1")).hasMessage("Stopped while the query ran.");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(server.asked()).endsWith("StopQueryExecution");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DROP TABLE songs",
                "  -- SELECT\n INSERT INTO songs SELECT 1",
                "/* SELECT */ CREATE TABLE x AS SELECT 1",
                "UNLOAD (SELECT 1) TO 's3://bucket/x/'",
                "EXPLAIN ANALYZE INSERT INTO songs SELECT 1",
                "MSCK REPAIR TABLE songs",
                "selection",
                ""
            })
    void onlyWhatReadsIsSent(String sql) {
        assertThatThrownBy(() -> run(sql))
                .isInstanceOf(QueryException.class)
                .hasMessageStartingWith("query only reads")
                .hasMessageEndingWith("Nothing was changed.");
        assertThat(started).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 1",
                "\n-- the newest\n(SELECT 1)",
                "WITH a AS (SELECT 1) SELECT * FROM a",
                "EXPLAIN ANALYZE SELECT 1",
                "EXPLAIN (TYPE IO) SELECT 1",
                "describe songs",
                "SHOW PARTITIONS song_data"
            })
    void whatReadsIsSent(String sql) throws IOException {
        pages.add(page(List.of(column("a", "integer"))));
        run(sql);
        assertThat(started).hasSize(1);
    }

    @Test
    void refusalsComeWithTheirCure() {
        server.on("AmazonAthena.StartQueryExecution", input -> {
            throw new Fault(400, "InvalidRequestException", "WorkGroup nowhere is not found.");
        });
        assertThatThrownBy(() -> run("SELECT 1"))
                .isInstanceOf(QueryException.class)
                .hasMessageContaining("WorkGroup nowhere is not found.")
                .hasMessageContaining("--workgroup");
        server.on("AmazonAthena.StartQueryExecution", input -> {
            throw new Fault(400, "UnrecognizedClientException", "The security token is invalid");
        });
        assertThatThrownBy(() -> run("SELECT 1"))
                .isInstanceOfSatisfying(
                        WarehouseException.class, e -> assertThat(e.kind()).isEqualTo(WarehouseException.Kind.SIGN_IN))
                .hasMessageContaining("Sign in again");
    }

    private void run(String sql) throws IOException {
        try (var engine = new AthenaEngine(
                server.client(AthenaClient.builder()),
                new AthenaTarget("chartlake", "music", null),
                time -> pause.of(time),
                bytes -> scanned = bytes)) {
            engine.run(sql, sink);
        }
    }

    private static Map<String, Object> column(String name, String type) {
        return Map.of("Name", name, "Type", type, "Precision", 10, "Scale", 2);
    }

    private static List<Map<String, Object>> row(@Nullable String... values) {
        return Arrays.stream(values)
                .map(value -> value == null ? Map.<String, Object>of() : Map.<String, Object>of("VarCharValue", value))
                .toList();
    }

    @SafeVarargs
    private static Map<String, Object> page(List<Map<String, Object>> columns, List<Map<String, Object>>... rows) {
        return Map.of(
                "ResultSet",
                Map.of(
                        "ResultSetMetadata",
                        Map.of("ColumnInfo", columns),
                        "Rows",
                        Arrays.stream(rows).map(data -> Map.of("Data", data)).toList()));
    }

    private static final class Collected implements ResultSink {
        private List<ResultColumn> columns = List.of();
        private final List<List<@Nullable Object>> rows = new ArrayList<>();
        private boolean ended;

        @Override
        public void columns(List<ResultColumn> all) {
            columns = Objects.requireNonNull(all);
        }

        @Override
        public void row(List<@Nullable Object> values) {
            rows.add(values);
        }

        @Override
        public void end() {
            ended = true;
        }
    }
}
