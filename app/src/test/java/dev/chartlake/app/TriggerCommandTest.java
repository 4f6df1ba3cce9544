package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command to what the file says, before an HTTP function that answers as the test says. */
class TriggerCommandTest {

    private static final String A = "0123456789abcdefABCDEA";
    private static final String B = "0123456789abcdefABCDEB";
    private static final String C = "0123456789abcdefABCDEC";
    private static final String TOKEN = "t0ken-that-must-not-leak";
    private static final String SECRET = "s3cr3t-that-must-not-leak";

    @TempDir
    Path folder;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, String> environment = new HashMap<>();
    private HttpServer server;
    private Path file;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort() + "/extract";
        file = folder.resolve("playlists.csv");
        Files.writeString(
                file,
                "playlist_uri,request_sent,response\nspotify:playlist:" + A + ",False,\n" + B + ",False,\n" + C
                        + ",True,old\n");
        answers.put(A, "202{\"status\":\"accepted\"}");
        answers.put(B, "202{\"status\":\"accepted\"}");
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        assertThat(Files.readString(file)).doesNotContain("must-not-leak");
    }

    @Test
    void anIncompleteSnapshotIsNotSent() throws Exception {
        answers.put(B, "202{\"status\":\"accepted\",\"complete\":false,\"warning\":\"100 of 250 entries\"}");
        Ended sent = trigger("--url", url).with(ExitCode.SOME_FAILED);
        assertThat(sent.out() + sent.err()).contains("100 of 250 entries");
        assertThat(Files.readString(file)).contains(B + ",False,").contains(A + ",True,");
    }

    @Test
    void sendsWhatIsNotSentAndSaysWhatBecameOfIt() throws Exception {
        answers.put(B, "404{\"status\":\"unknown\"}");
        Ended first = trigger("--url", url).with(ExitCode.SOME_FAILED);
        assertThat(asked).containsExactly("/extract?playlist_id=" + A + " -", "/extract?playlist_id=" + B + " -");
        assertThat(first.out()).isEqualTo("spotify:playlist:" + A + ": 202 {\"status\":\"accepted\"}\n");
        assertThat(first.err()).contains(B + ": 404", "1 sent, 1 failed, 1 sent before");
        assertThat(file)
                .content()
                .isEqualTo("playlist_uri,request_sent,response\nspotify:playlist:" + A
                        + ",True,\"202 {\"\"status\"\":\"\"accepted\"\"}\"\n" + B
                        + ",False,\"404 {\"\"status\"\":\"\"unknown\"\"}\"\n" + C + ",True,old\n");
        answers.put(B, "200");
        trigger("--url", url + "?stage=x").with(ExitCode.DONE);
        assertThat(asked).hasSize(3).last().isEqualTo("/extract?stage=x&playlist_id=" + B + " -");
        assertThat(trigger("--url", url).with(ExitCode.DONE).err()).contains("0 sent, 0 failed, 3 sent before");
        assertThat(asked).hasSize(3);
    }

    @Test
    void aLimitStopsAndIsRespectedLater() throws Exception {
        answers.put(A, "429{\"status\":\"limited\"}");
        assertThat(trigger("--url", url).with(ExitCode.RATE_LIMITED).err()).contains("not before 20", "1 not tried");
        assertThat(trigger("--url", url).with(ExitCode.RATE_LIMITED).err()).contains("Nothing was asked");
        assertThat(asked).hasSize(1);
        answers.put(A, "200");
        trigger("--url", url, "--ignore-cooldown").with(ExitCode.DONE);
        assertThat(asked).hasSize(3);
    }

    @Test
    void aTokenIsShownAndReachesNoFile() throws Exception {
        environment.put("MY_TOKEN", TOKEN);
        answers.put(A, "202you said Bearer " + TOKEN);
        trigger("--url", url, "--token-env", "MY_TOKEN").with(ExitCode.DONE);
        assertThat(asked).allMatch(line -> line.endsWith(" Bearer " + TOKEN));
        assertThat(Files.readString(file)).contains("202 you said Bearer …");
    }

    @Test
    void whoIsNotLetInStopsAtOnce() throws Exception {
        answers.put(A, "403{\"message\":\"Forbidden\"}");
        assertThat(trigger("--url", url).with(ExitCode.SIGN_IN).err()).contains("--sign", "1 not tried");
        answers.put(A, "403{\"status\": \"refused\"}");
        trigger("--url", url).with(ExitCode.SOME_FAILED);
        answers.put(A, "401{}");
        trigger("--url", url).with(ExitCode.SIGN_IN);
    }

    @Test
    void signsWithTheCredentialsOfTheEnvironment() throws Exception {
        environment.putAll(Map.of(
                "AWS_ACCESS_KEY_ID", "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY", SECRET, "AWS_REGION", "eu-north-1"));
        trigger("--url", url, "--sign").with(ExitCode.DONE);
        assertThat(asked)
                .hasSize(2)
                .allMatch(line -> line.matches(
                        ".* AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\\d{8}/eu-north-1/execute-api/aws4_request,"
                                + " SignedHeaders=host;.*x-amz-date, Signature=[0-9a-f]{64}"));
        environment.clear();
        environment.putAll(Map.of(
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_CONFIG_FILE",
                "/none",
                "AWS_SHARED_CREDENTIALS_FILE",
                "/none"));
        String gateway = "https://abc.execute-api.eu-north-1.amazonaws.com/extract";
        assertThat(trigger("--url", gateway).with(ExitCode.SIGN_IN).err()).contains("No AWS credentials");
    }

    @Test
    void whatIsWrongIsToldBeforeAnythingIsAsked() throws Exception {
        assertThat(trigger("--url", "abc").with(ExitCode.USAGE).err()).contains("'abc'", "execute-api");
        assertThat(trigger("--token-env", "X").with(ExitCode.USAGE).err()).contains("--url");
        assertThat(trigger("--url", url, "--token-env", "NOT_SET_X")
                        .with(ExitCode.USAGE)
                        .err())
                .contains("NOT_SET_X is not set");
        environment.put("MY_TOKEN", TOKEN);
        assertThat(trigger("--url", "http://example.com/", "--token-env", "MY_TOKEN")
                        .with(ExitCode.USAGE)
                        .err())
                .contains("https://");
        assertThat(trigger().with(ExitCode.USAGE).err()).contains("SPOTIFY_CLIENT_ID");
        Files.writeString(file, "a,b\n1,2\n");
        assertThat(trigger("--url", url).with(ExitCode.USAGE).err()).contains("playlist_uri,request_sent,response");
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutAnAddressItExtractsByItself() throws Exception {
        Files.writeString(file, "playlist_uri,request_sent,response\n" + WorldLists.TOP_NORWAY + ",,\n" + A + ",,\n");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            environment.putAll(Lake.spotify(simulator));
            Ended ended = trigger().with(ExitCode.SOME_FAILED);
            assertThat(ended.err()).contains(A + ": failed: Spotify answered 404");
        }
        assertThat(Files.readString(file))
                .containsPattern(
                        WorldLists.TOP_NORWAY + ",true,archived 50 entries as raw_data/to_process/\\S+\\.json\n")
                .contains(A + ",,");
        assertThat(new Lake(folder.resolve("lake")).keys("raw_data/to_process")).hasSize(1);
    }

    private Ended trigger(String... arguments) throws Exception {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.add(file.toString());
        Lake lake = new Lake(folder.resolve("lake"));
        String[] words = all.toArray(String[]::new);
        boolean signed = environment.keySet().stream().anyMatch(name -> name.startsWith("AWS_"));
        Ended ended = signed ? lake.child(environment, "trigger", words) : lake.run(environment, "trigger", words);
        assertThat(ended.out() + ended.err()).doesNotContain("must-not-leak", "Exception");
        return ended;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(exchange.getRequestURI() + " " + (authorization == null ? "-" : authorization));
            String id = exchange.getRequestURI().getQuery().replaceAll(".*playlist_id=", "");
            String answer = answers.getOrDefault(id, "500");
            byte[] body = answer.substring(3).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "7200");
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
