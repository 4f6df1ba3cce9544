package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command prints, leaves behind and ends with. */
class ExtractCommandTest {

    private static final String GOOD = "0123456789abcdefABCDEF";
    private static final String GONE = "37i9dQZEVXbMDoHDwVN2tF";
    private static final String SECRET = "s3cr3t-that-must-not-leak";
    private static final String TOKEN = "{\"access_token\":\"t0ken-that-must-not-leak\",\"expires_in\":3600}";
    private static final String LIST =
            "{\"name\":\"Top 50\",\"tracks\":{\"items\":[{\"track\":null},{\"track\":null}],\"next\":null,\"total\":2}}";

    @TempDir
    Path folder;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final Map<String, String> environment = new ConcurrentHashMap<>();
    private final List<String> requests = new ArrayList<>();
    private HttpServer server = start();

    @BeforeEach
    void configure() {
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        environment.putAll(Map.of(
                "SPOTIFY_CLIENT_ID",
                "demo",
                "SPOTIFY_CLIENT_SECRET",
                SECRET,
                "SPOTIFY_API_URL",
                base + "/v1/",
                "SPOTIFY_ACCOUNTS_URL",
                base,
                "CHARTLAKE_HOME",
                folder.resolve("nobody").toString()));
        answers.put("/api/token", "200" + TOKEN);
        answers.put("/v1/playlists/" + GOOD, "200" + LIST);
    }

    @AfterEach
    void stop() throws IOException {
        server.stop(0);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).doesNotContain("must-not-leak");
            }
        }
    }

    @Test
    void archivesAPastedLinkOnce() throws Exception {
        Ended ended = extract("https://open.spotify.com/playlist/" + GOOD + "?si=abc", GOOD);
        assertThat(ended.err()).contains("1 of 1 list archived");
        assertThat(ended.code()).isZero();
        assertThat(ended.out())
                .matches(GOOD + " Top 50: 2 entries -> raw_data/to_process/\\S+/spotify-web-api/" + GOOD
                        + "/\\d{6}Z\\.json\\R");
        String key = ended.out().substring(ended.out().indexOf("-> ") + 3).strip();
        assertThat(folder.resolve("lake").resolve(key)).hasContent("[" + LIST + "]");
        assertThat(requests).hasSize(2);
    }

    @Test
    void oneRefusedListCostsOnlyItself() throws Exception {
        Ended ended = extract(GONE, GOOD);
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.out()).contains("2 entries").doesNotContain(GONE);
        assertThat(ended.err()).contains(GONE + ": failed. Spotify answered 404", "27 November 2024", "1 of 2 lists");
    }

    @Test
    void anythingMissingOrWrongIsToldBeforeAnythingIsAsked() throws Exception {
        assertThat(extract().err()).contains("No list to extract");
        assertThat(extract(GOOD, "top fifty").err()).contains("'top fifty'", "spotify:playlist:ID");
        environment.put("SPOTIFY_MAX_WAIT", "long");
        assertThat(extract(GOOD).err()).contains("SPOTIFY_MAX_WAIT", "'long'");
        environment.put("SPOTIFY_API_URL", "localhost:1234");
        assertThat(extract(GOOD).err()).contains("SPOTIFY_API_URL", "'localhost:1234'", "https://api.spotify.com/v1");
        environment.remove("SPOTIFY_CLIENT_SECRET");
        Ended ended = extract(GOOD);
        assertThat(ended.err()).contains("SPOTIFY_CLIENT_SECRET is not set", "developer.spotify.com/dashboard");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(requests).isEmpty();
    }

    @Test
    void aRefusedAppEndsWithThree() throws Exception {
        answers.put("/api/token", "400{\"error\":\"invalid_client\",\"error_description\":\"" + SECRET + "\"}");
        Ended ended = extract(GOOD, GONE);
        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.err()).contains("invalid_client", "SPOTIFY_CLIENT_ID");
        assertThat(requests).hasSize(1);
    }

    @Test
    void aRateLimitIsRespectedByLaterRuns() throws Exception {
        answers.put("/v1/playlists/" + GOOD, "429Too many requests");
        Ended limited = extract(GOOD);
        assertThat(limited.code()).isEqualTo(4);
        assertThat(limited.err()).contains("not before 20");
        int asked = requests.size();
        for (String lake : List.of("lake", "other-lake")) {
            Ended refused = extractInto(lake, GOOD);
            assertThat(refused.code()).isEqualTo(4);
            assertThat(refused.err()).contains("Not before 20", "--ignore-cooldown");
        }
        assertThat(requests).hasSize(asked);
        Ended status = command("status", "--lake", folder.resolve("other-lake").toString());
        assertThat(status.out()).contains("Rate-limited: not before 20");
        environment.put("SPOTIFY_CLIENT_ID", "another-app");
        assertThat(extract(GOOD).err()).as("a limit of the app").contains("Rate-limited");
        assertThat(requests).hasSizeGreaterThan(asked);
        environment.put("SPOTIFY_CLIENT_ID", "demo");
        answers.put("/v1/playlists/" + GOOD, "200" + LIST);
        assertThat(extract("--ignore-cooldown", GOOD).code()).isZero();
        assertThat(extract(GOOD).code()).isZero();
    }

    @Test
    void aQuotaHoldsForAllAppsOfTheDeveloper() throws Exception {
        answers.put("/v1/playlists/" + GOOD, "429{\"error\":{\"status\":429,\"reason\":\"QUOTA_EXCEEDED\"}}");
        assertThat(extract(GOOD).code()).isEqualTo(4);
        int asked = requests.size();
        environment.put("SPOTIFY_CLIENT_ID", "another-app");
        assertThat(extract(GOOD).err()).contains("Not before 20");
        assertThat(requests).hasSize(asked);
        environment.put("SPOTIFY_DEVELOPER", "somebody else");
        assertThat(extract(GOOD).err()).contains("Rate-limited");
        assertThat(requests).hasSizeGreaterThan(asked);
    }

    @Test
    void aBudgetHoldsForAllLakesAndCanBeRaised() throws Exception {
        environment.put("SPOTIFY_DAILY_REQUESTS", "many");
        assertThat(extract(GOOD).err()).contains("SPOTIFY_DAILY_REQUESTS", "'many'");
        environment.put("SPOTIFY_DAILY_REQUESTS", "2");
        assertThat(extract(GOOD).code()).isZero();
        assertThat(extractInto("other-lake", GOOD).code()).isZero();
        int asked = requests.size();
        Ended over = extract(GOOD);
        assertThat(over.code()).isEqualTo(4);
        assertThat(over.err()).contains("budget of 2 requests", "SPOTIFY_DAILY_REQUESTS", "send again at 20");
        assertThat(requests.subList(asked, requests.size())).allMatch(request -> request.equals("/api/token"));
        assertThat(command("status", "--lake", folder.resolve("lake").toString())
                        .out())
                .contains("Requests to Spotify in the last 24 hours, of all lakes of this machine: 2");
        environment.put("SPOTIFY_DAILY_REQUESTS", "3");
        assertThat(extract(GOOD).code()).isZero();
    }

    private Ended extract(String... arguments) {
        return extractInto("lake", arguments);
    }

    private Ended extractInto(String lake, String... arguments) {
        List<String> words = new ArrayList<>(
                List.of("extract", "--lake", folder.resolve(lake).toString()));
        words.addAll(List.of(arguments));
        return command(words.toArray(String[]::new));
    }

    private Ended command(String... words) {
        Map<String, String> all = new HashMap<>(environment);
        all.put("CHARTLAKE_HOME", folder.resolve("home").toString());
        Ended ended = Lake.inProcess(all, words);
        assertThat(ended.out() + ended.err()).doesNotContain("must-not-leak", "Exception", "\tat ");
        return ended;
    }

    private HttpServer start() {
        try {
            HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            started.createContext("/", this::answer);
            started.start();
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            requests.add(exchange.getRequestURI().toString());
            String answer = answers.getOrDefault(
                    exchange.getRequestURI().getPath(), "404{\"error\":{\"status\":404,\"message\":\"Not found.\"}}");
            byte[] body = answer.substring(3).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Retry-After", "7200");
            exchange.sendResponseHeaders(Integer.parseInt(answer.substring(0, 3)), body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
