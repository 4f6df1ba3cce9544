package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chartlake.outcome.ExitCode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code query --engine athena} from the command to what is printed, before a server that speaks Athena's protocol. */
class AthenaCommandTest {

    private static final String ROWS = """
            {"ResultSet":{"ResultSetMetadata":{"ColumnInfo":[{"Name":"song","Type":"varchar"},{"Name":"n","Type":"bigint"}]},
            "Rows":[{"Data":[{"VarCharValue":"song"},{"VarCharValue":"n"}]},
                    {"Data":[{"VarCharValue":"A, \\"B\\""},{"VarCharValue":"7"}]},
                    {"Data":[{},{"VarCharValue":"0"}]}]}}""";

    @TempDir
    Path folder;

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server;
    private String failure = "";

    AthenaCommandTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void rowsArePrintedAndWhatWasReadIsTold() throws Exception {
        Ended ended = query("--output", "csv", "--workgroup", "mine", "SELECT song, n FROM x")
                .with(ExitCode.DONE);
        assertThat(ended.out()).isEqualTo("song,n\n\"A, \"\"B\"\"\",7\n,0\n");
        assertThat(ended.err())
                .endsWith("Athena read 12,345,678 bytes. It bills what it reads, at least 10 MB a query.\n");
        assertThat(asked.get(0))
                .contains(
                        "\"WorkGroup\":\"mine\"",
                        "\"Database\":\"music\"",
                        "\"QueryString\":\"SELECT song, n FROM x\"");
    }

    @Test
    void failuresHaveTheirExitCodes() throws Exception {
        assertThat(query("DROP TABLE songs").with(ExitCode.USAGE).err()).contains("Nothing was changed.");
        failure = "{\"__type\":\"InvalidRequestException\",\"Message\":\"WorkGroup chartlake is not found.\"}";
        assertThat(query("SELECT 1").with(ExitCode.USAGE).err()).contains("--workgroup");
        failure = "{\"__type\":\"UnrecognizedClientException\",\"message\":\"The security token is invalid.\"}";
        assertThat(query("SELECT 1").with(ExitCode.SIGN_IN).err())
                .contains("Sign in again")
                .doesNotContain("must-not-leak");
        assertThat(query("--engine", "spark", "SELECT 1").with(ExitCode.USAGE).err())
                .contains("There are: duckdb, athena.");
    }

    private Ended query(String... arguments) throws Exception {
        Map<String, String> environment = Map.of(
                "AWS_ENDPOINT_URL_ATHENA",
                "http://localhost:" + server.getAddress().getPort(),
                "AWS_REGION",
                "eu-north-1",
                "AWS_ACCESS_KEY_ID",
                "key",
                "AWS_SECRET_ACCESS_KEY",
                "must-not-leak",
                "CHARTLAKE_GLUE_DATABASE",
                "music");
        String[] all = new String[arguments.length + 2];
        all[0] = "--engine";
        all[1] = "athena";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        boolean named = arguments[0].equals("--engine");
        return new Lake(folder.resolve("lake")).child(environment, "query", named ? arguments : all);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String operation = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String answer = switch (operation) {
                case "AmazonAthena.StartQueryExecution" -> failure.isEmpty() ? "{\"QueryExecutionId\":\"q\"}" : failure;
                case "AmazonAthena.GetQueryExecution" ->
                    "{\"QueryExecution\":{\"StatementType\":\"DML\",\"Status\":{\"State\":\"SUCCEEDED\"},"
                            + "\"Statistics\":{\"DataScannedInBytes\":12345678}}}";
                default -> ROWS;
            };
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(answer.equals(failure) ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }
}
