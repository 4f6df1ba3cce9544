package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpFunctionTest {

    private static final Map<String, Object> IAM =
            Map.of("iam", Map.of("userArn", "arn:aws:iam::000000000000:user/kari", "accountId", "000000000000"));

    @TempDir
    Path folder;

    private final Simulator spotify =
            Simulator.start(SimulatorOptions.defaults().withDialect(Dialect.Y2026));

    @AfterEach
    void stop() {
        spotify.close();
    }

    private LocalStore lake() {
        return new LocalStore(folder);
    }

    private Harness harness() {
        return new Harness(lake())
                .with("SPOTIFY_API_URL", spotify.apiUrl())
                .with("SPOTIFY_ACCOUNTS_URL", spotify.accountsUrl())
                .with("SPOTIFY_CLIENT_ID", "demo")
                .with("SPOTIFY_CLIENT_SECRET", "demo-secret");
    }

    /** What the gateway would say. */
    private record Got(int code, Map<?, ?> headers, Map<?, ?> body) {
        static Got of(HttpFunction function, Map<String, Object> event) throws IOException {
            Map<?, ?> proxy = Json.object(Json.read(FakeContext.invoke(function, Json.text(event))));
            assertThat(proxy.get("isBase64Encoded")).isEqualTo(false);
            return new Got(
                    ((Number) Objects.requireNonNull(proxy.get("statusCode"))).intValue(),
                    Json.object(proxy.get("headers")),
                    Json.object(Json.read(Json.text(proxy.get("body")))));
        }
    }

    /** A request of payload 2.0, signed by a user that IAM knows. */
    private static Map<String, Object> get(String list) {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("version", "2.0");
        event.put("queryStringParameters", Map.of("playlist_id", list));
        event.put("requestContext", Map.of("http", Map.of("method", "GET", "path", "/"), "authorizer", IAM));
        return event;
    }

    private Got got(String list) throws IOException {
        return Got.of(harness().http(), get(list));
    }

    @Test
    void aNewSnapshotIsAcceptedAndATransformedOneIsDone() throws Exception {
        Got first = got(WorldLists.TOP_NORWAY);
        assertThat(first.code()).isEqualTo(202);
        assertThat(first.headers().get("content-type")).isEqualTo("application/json");
        assertThat(first.body().get("status")).isEqualTo("accepted");
        assertThat(first.body().get("entries")).isEqualTo(50);
        assertThat(Lakeful.keys(lake())).containsExactly(Json.text(first.body().get("key")));
        assertThat(got(WorldLists.TOP_NORWAY).code()).isEqualTo(202);
        Lakeful.transformLocally(lake());
        Got again = got("https://open.spotify.com/playlist/" + WorldLists.TOP_NORWAY + "?si=x");
        assertThat(again.code()).isEqualTo(200);
        assertThat(again.body().get("status")).isEqualTo("done");
        assertThat(lake().find(Json.text(again.body().get("key")))).isPresent();
    }

    @Test
    void aRestApiAndAPostAreServedToo() throws Exception {
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("httpMethod", "POST");
        event.put("queryStringParameters", null);
        event.put("body", "{\"playlist_id\":\"" + WorldLists.TOP_NORWAY + "\"}");
        event.put("isBase64Encoded", false);
        event.put("requestContext", Map.of("identity", Map.of("userArn", "arn:aws:iam::000000000000:user/kari")));
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(202);
        event.put(
                "body",
                Base64.getEncoder()
                        .encodeToString(
                                ("{\"playlist_id\":\"" + WorldLists.EMPTY + "\"}").getBytes(StandardCharsets.UTF_8)));
        event.put("isBase64Encoded", true);
        Got encoded = Got.of(harness().http(), event);
        assertThat(encoded.code()).isEqualTo(202);
        assertThat(encoded.body().get("playlist_id")).isEqualTo(WorldLists.EMPTY);
    }

    @Test
    void eachFailureHasItsOwnAnswer() throws Exception {
        assertThat(got("").code()).isEqualTo(400);
        assertThat(got("../../etc").code()).isEqualTo(400);
        assertThat(got("0000000000000000000000").code()).isEqualTo(404);
        assertThat(got(WorldLists.REFUSED).code()).isEqualTo(403);
        assertThat(got(WorldLists.NOT_OWNED).code()).isEqualTo(403);
        Got own = got(WorldLists.TOP_DENMARK);
        assertThat(own.code()).isEqualTo(403);
        assertThat(own.body().get("status")).isEqualTo("refused");
        assertThat(Json.text(own.body().get("cure"))).contains("27 November 2024");
        assertThat(Lakeful.keys(lake())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "playlist_id=ID",
                "playlist_uri=spotify%3Aplaylist%3AID",
                "other=1&playlist_uri=https%3A%2F%2Fopen.spotify.com%2Fplaylist%2FID%3Fsi%3Dx",
                "{\"playlist_uri\":\"spotify:playlist:ID\"}",
                " {\"playlist_id\":\"ID\"}"
            })
    void aFormAndAUriAreServedToo(String body) throws Exception {
        Map<String, Object> event = get("");
        event.put("requestContext", Map.of("http", Map.of("method", "POST"), "authorizer", IAM));
        event.put("headers", Map.of("content-type", "application/x-www-form-urlencoded"));
        String form = body.replace("ID", WorldLists.TOP_NORWAY);
        event.put("body", Base64.getEncoder().encodeToString(form.getBytes(StandardCharsets.UTF_8)));
        event.put("isBase64Encoded", true);
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(202);
    }

    @Test
    void aUriInTheQueryIsServedToo() throws Exception {
        Map<String, Object> event = get("");
        event.put("queryStringParameters", Map.of("playlist_uri", "spotify:playlist:" + WorldLists.TOP_NORWAY));
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(202);
    }

    @Test
    void aBodyThatIsNoJsonNamesNoList() throws Exception {
        Map<String, Object> event = get("");
        event.put("requestContext", Map.of("http", Map.of("method", "POST"), "authorizer", IAM));
        event.put("body", "{oh");
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(400);
        event.put("body", "playlist_id=%zz");
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(400);
        event.put("body", "!");
        event.put("isBase64Encoded", true);
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(400);
        event.put("requestContext", Map.of("http", Map.of("method", "DELETE"), "authorizer", IAM));
        Got delete = Got.of(harness().http(), event);
        assertThat(delete.code()).isEqualTo(405);
        assertThat(delete.headers().get("allow")).isEqualTo("GET, POST");
    }

    @Test
    void aLimitSaysWhenToComeBack() throws Exception {
        spotify.faults().add(Fault.parse("429:retry-after=30"));
        Got limited = got(WorldLists.TOP_NORWAY);
        assertThat(limited.code()).isEqualTo(429);
        assertThat(limited.body().get("status")).isEqualTo("limited");
        assertThat(Long.parseLong(Json.text(limited.headers().get("retry-after"))))
                .isPositive();
        assertThat(Json.text(limited.body().get("not_before"))).isNotEmpty();
    }

    @Test
    void anOutageIsToldApartFromOurOwnFaults() throws Exception {
        spotify.faults().add(Fault.parse("503"));
        assertThat(got(WorldLists.TOP_NORWAY).code()).isEqualTo(502);
        HttpFunction without = new Harness(lake()).http();
        Got own = Got.of(without, get(WorldLists.TOP_NORWAY));
        assertThat(own.code()).isEqualTo(500);
        Harness wrong = harness().with("SPOTIFY_CLIENT_SECRET", "outdated");
        Got refused = Got.of(wrong.http(), get(WorldLists.TOP_NORWAY));
        assertThat(refused.code()).isEqualTo(500);
        assertThat(wrong.printed() + refused.body()).doesNotContain("outdated");
        Harness sick = new Harness(DyingStore.when((method, said) -> true, lake()))
                .with("SPOTIFY_CLIENT_ID", "demo")
                .with("SPOTIFY_CLIENT_SECRET", "demo-secret");
        assertThat(Got.of(sick.http(), get(WorldLists.TOP_NORWAY)).code()).isEqualTo(500);
        assertThat(sick.printed()).contains("The store is gone");
    }

    @Test
    void whoIsNotKnownIsNotServed() throws Exception {
        Map<String, Object> event = get(WorldLists.TOP_NORWAY);
        event.put("requestContext", Map.of("http", Map.of("method", "GET")));
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(401);
        Map<String, Object> nobody = new LinkedHashMap<>();
        nobody.put("claims", null);
        nobody.put("scopes", null);
        event.put("requestContext", Map.of("http", Map.of("method", "GET"), "authorizer", nobody));
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(401);
        assertThat(spotify.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer sesame", "bearer  sesame", "Bearer Sesame", "sesame", "Bearer ", "Basic sesame"})
    void aTokenOpensToo(String header) throws Exception {
        Map<String, Object> event = get(WorldLists.TOP_NORWAY);
        event.put("requestContext", Map.of("http", Map.of("method", "GET")));
        event.put("headers", Map.of("Authorization", header));
        int code = header.matches("[Bb]earer +sesame") ? 202 : 401;
        assertThat(Got.of(harness().with("CHARTLAKE_HTTP_TOKEN", "sesame").http(), event)
                        .code())
                .isEqualTo(code);
        assertThat(Got.of(harness().http(), event).code()).isEqualTo(401);
    }
}
