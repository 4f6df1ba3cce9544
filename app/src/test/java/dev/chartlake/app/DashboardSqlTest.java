package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.dashboard.SqlLimits;
import dev.chartlake.dashboard.http.WebLimits;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** SQL that DuckDB itself cannot stop, or that wants more than there is. */
@Timeout(Hang.SECONDS)
class DashboardSqlTest {

    static final String ENDLESS = "SELECT levenshtein(repeat('a',2000000),repeat('b',2000000))";

    private static final List<String> TOO_MUCH = List.of(
            ENDLESS,
            "SELECT list_sum(range(2000000000))",
            "SELECT repeat('a',200000000)",
            "SELECT repeat('a',200000) FROM range(5000)",
            "SELECT i, repeat(i::VARCHAR, 10) AS a FROM range(9000000000) t(i) ORDER BY a",
            "SELECT list_sort(range(100000000))[1]",
            "SELECT len(string_agg(i::VARCHAR, '')) FROM range(1000000000) t(i)",
            "SELECT repeat('a',200000000)::BLOB",
            "SELECT list_transform(range(3000), x -> repeat('a', 100000))",
            "SELECT i, i::VARCHAR || repeat('b', 1000) AS a FROM range(9000000000) t(i)",
            "PIVOT (SELECT i AS a, i AS b FROM range(3000000) t(i)) ON a USING sum(b)",
            "SELECT count(*) FROM range(100000000000)");

    private static final SqlLimits SHORT = new SqlLimits(Duration.ofSeconds(3), Duration.ofSeconds(1), 2, 4, 10_000);

    @TempDir
    Path folder;

    @Test
    @Thorough
    void whatTakesTooMuchIsAnsweredWithASentence() throws IOException {
        try (DashboardServer server = server()) {
            for (String sql : TOO_MUCH.subList(0, Depth.of(2, TOO_MUCH.size()))) {
                String answer = sql(server, sql);
                assertThat(answer)
                        .as(sql)
                        .startsWith("HTTP/1.1 400 ")
                        .doesNotContain("Java", "OutOfMemory", "Exception");
                assertThat(answer.substring(answer.indexOf("{\"error\":\"")))
                        .as(sql)
                        .matches("\\{\"error\":\"(The query (took longer|needs more)|The result is larger).*");
                assertThat(sql(server, "SELECT 42")).contains("[[42]]");
            }
        }
    }

    /** Whether they are quick enough depends on the machine. */
    @Test
    void manyColumnsAreAnsweredOrRefused() throws IOException {
        try (DashboardServer server = server()) {
            assertThat(sql(server, "SELECT " + "1,".repeat(20_000) + "1"))
                    .matches("(?s)HTTP/1.1 (200|400) .*(\\[\\[1,1,|\"The query took longer|needs more memory).*");
            assertThat(sql(server, "SELECT 42")).contains("[[42]]");
        }
    }

    @Test
    void manyEndlessQueriesHoldUpNothingElse() throws IOException {
        try (DashboardServer server = server()) {
            List<CompletableFuture<String>> many = Stream.generate(() -> ENDLESS)
                    .limit(12)
                    .map(sql ->
                            CompletableFuture.supplyAsync(() -> quietly(server, sql), task -> new Thread(task).start()))
                    .toList();
            for (String route : List.of("/", "/icon.svg", "/api/lists", "/api/status")) {
                assertThat(DashboardDoorsTest.ask(server, "GET " + route, "Host: localhost"))
                        .startsWith("HTTP/1.1 200 ");
            }
            List<String> answers = many.stream().map(CompletableFuture::join).toList();
            assertThat(answers)
                    .allMatch(answer -> answer.startsWith("HTTP/1.1 400 ") || answer.startsWith("HTTP/1.1 503 "));
            assertThat(answers).anyMatch(answer -> answer.startsWith("HTTP/1.1 503 "));
            assertThat(sql(server, "SELECT 42")).contains("[[42]]");
        }
    }

    @Test
    void aQueryEndsWithTheClientThatAskedForIt() throws Exception {
        SqlLimits patient = new SqlLimits(Hang.LIMIT, Hang.LIMIT, 1, 4, 10);
        try (DashboardServer server = server(patient)) {
            try (Socket gone = new Socket("127.0.0.1", URI.create(server.url()).getPort())) {
                gone.getOutputStream()
                        .write(("POST /api/sql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sql\r\n"
                                        + "Content-Length: " + ENDLESS.length() + "\r\n\r\n" + ENDLESS)
                                .getBytes(StandardCharsets.UTF_8));
            }
            assertThat(sql(server, "SELECT 42")).contains("[[42]]");
        }
    }

    @Test
    void theProcessReadsNothingButTheLakeAndKnowsNoSecret() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret.csv"), "secret\n1\n");
        try (DashboardServer server = server()) {
            for (String sql : List.of(
                    "FROM read_csv('" + secret + "')",
                    "FROM read_text('/proc/self/environ')",
                    "FROM glob('/etc/*')",
                    "SELECT getenv('PATH')",
                    "SET lock_configuration = false",
                    "COPY (SELECT 1) TO '" + folder.resolve("out.csv") + "'")) {
                assertThat(sql(server, sql)).as(sql).startsWith("HTTP/1.1 400 ");
            }
        }
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    private DashboardServer server() throws IOException {
        return server(SHORT);
    }

    private DashboardServer server(SqlLimits limits) throws IOException {
        Options options = new Options(InetAddress.getLoopbackAddress(), 0, null, true, WebLimits.USUAL, limits);
        return DashboardServer.start(new LocalStore(folder.resolve("lake")), QualityRules.DEFAULT, options);
    }

    private static String quietly(DashboardServer server, String sql) {
        try {
            return sql(server, sql);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static String sql(DashboardServer server, String sql) throws IOException {
        return DashboardDoorsTest.sql(server, sql, "Host: localhost");
    }
}
