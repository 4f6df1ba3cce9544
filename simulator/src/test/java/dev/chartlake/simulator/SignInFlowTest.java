package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Users who sign in, what is theirs, and what each kind of app is refused. */
class SignInFlowTest {

    private static final String REDIRECT = "http://127.0.0.1:8912/callback";

    /** The example of RFC 7636, appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String ALL = "playlist-read-private user-library-read user-top-read user-read-recently-played";

    private Simulator simulator = Simulator.start(SimulatorOptions.defaults().withRegime(Regime.DEV));

    @AfterEach
    void close() {
        simulator.close();
    }

    private void restart(SimulatorOptions options) {
        simulator.close();
        simulator = Simulator.start(options);
    }

    private static Map<String, String> question() {
        return new LinkedHashMap<>(Map.of(
                "client_id", "demo",
                "response_type", "code",
                "redirect_uri", REDIRECT,
                "scope", ALL,
                "state", "a b&c",
                "code_challenge_method", "S256",
                "code_challenge", CHALLENGE,
                "simulated_consent", "agree"));
    }

    private HttpResponse<String> authorize(Map<String, String> question) throws IOException {
        return new Client(simulator).send("GET", simulator.accountsUrl() + "/authorize?" + form(question), null, "");
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static String location(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("location").orElseThrow();
    }

    private String code() throws IOException {
        return location(authorize(question())).replaceAll(".*[?&]code=([^&]*).*", "$1");
    }

    private HttpResponse<String> token(Map<String, String> form) throws IOException {
        return new Client(simulator).send("POST", simulator.accountsUrl() + "/api/token", null, form(form));
    }

    private static Map<String, String> exchange(String code) {
        return new LinkedHashMap<>(Map.of(
                "grant_type", "authorization_code",
                "client_id", "demo",
                "code", code,
                "redirect_uri", REDIRECT,
                "code_verifier", VERIFIER));
    }

    private HttpResponse<String> refresh(String token) throws IOException {
        return token(Map.of("grant_type", "refresh_token", "client_id", "demo", "refresh_token", token));
    }

    /** The Web API as a user. */
    private HttpResponse<String> get(String user, String scopes, String path) throws IOException {
        String access = Client.JSON
                .readTree(refresh(simulator.refreshToken(user, scopes)).body())
                .path("access_token")
                .asString();
        return new Client(simulator).send("GET", simulator.apiUrl() + path, "Bearer " + access, "");
    }

    private JsonNode json(String user, String path) throws IOException {
        HttpResponse<String> answer = get(user, ALL, path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Client.JSON.readTree(answer.body());
    }

    @Test
    void aCodeGivesTokensOnce() throws IOException {
        assertThat(location(authorize(question())))
                .startsWith(REDIRECT + "?code=")
                .endsWith("&state=a+b%26c");
        String code = code();
        JsonNode granted = Client.JSON.readTree(token(exchange(code)).body());
        assertThat(granted.propertyNames())
                .containsExactlyInAnyOrder("access_token", "token_type", "expires_in", "refresh_token", "scope");
        assertThat(granted.path("scope").asString()).isEqualTo(ALL);
        assertThat(token(exchange(code)).body())
                .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"Invalid authorization code\"}");
        JsonNode again = Client.JSON.readTree(
                refresh(granted.path("refresh_token").asString()).body());
        assertThat(again.has("refresh_token")).isFalse();
        assertThat(again.path("access_token")).isNotEqualTo(granted.path("access_token"));
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, another-verifier-that-is-long-enough-for-the-rules, code_verifier was incorrect",
        "code_verifier, '', code_verifier was incorrect",
        "redirect_uri, http://127.0.0.1:8912/callback/, Invalid redirect URI",
        "code, AQguess, Invalid authorization code"
    })
    void aCodeGivesNothingWithoutItsVerifierAndAddress(String field, String value, String description)
            throws IOException {
        Map<String, String> form = exchange(code());
        form.put(field, value);
        HttpResponse<String> refused = token(form);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body())
                .isEqualTo("{\"error\":\"invalid_grant\",\"error_description\":\"" + description + "\"}");
    }

    @Test
    void theAppIsToldWhatWentWrongAndTheUserIfTheAppIsUnknown() throws IOException {
        Map<String, String> cancelled = question();
        cancelled.put("simulated_consent", "cancel");
        assertThat(location(authorize(cancelled))).isEqualTo(REDIRECT + "?error=access_denied&state=a+b%26c");
        Map<String, String> plain = question();
        plain.put("code_challenge_method", "plain");
        assertThat(location(authorize(plain))).contains("error=invalid_request");
        Map<String, String> scope = question();
        scope.put("scope", "playlist-read-everything");
        assertThat(location(authorize(scope))).contains("error=invalid_scope");
        for (String address : List.of("http://localhost:8912/callback", "http://192.168.0.2/callback", "x")) {
            Map<String, String> wrong = question();
            wrong.put("redirect_uri", address);
            assertThat(authorize(wrong).body()).isEqualTo("INVALID_CLIENT: Invalid redirect URI");
        }
        Map<String, String> unknown = question();
        unknown.put("client_id", "other");
        assertThat(authorize(unknown).body()).contains("INVALID_CLIENT");
    }

    @Test
    void thePageShowsWhatWasAskedWithoutBecomingIt() throws IOException {
        Map<String, String> asked = question();
        asked.remove("simulated_consent");
        asked.put("state", "\"><script>");
        assertThat(authorize(asked).body())
                .contains("Agree", "Cancel", "user-top-read", "&quot;>&lt;script>")
                .doesNotContain("<script>");
        restart(SimulatorOptions.defaults().withSignIn(new SignInOptions(true, false, null)));
        assertThat(location(authorize(asked))).contains("code=");
    }

    @Test
    void refreshTokensAreReplacedOrDie() throws IOException {
        restart(SimulatorOptions.defaults().withSignIn(new SignInOptions(false, true, null)));
        String first = simulator.refreshToken(Users.OLA, ALL);
        String second = Client.JSON
                .readTree(refresh(first).body())
                .path("refresh_token")
                .asString();
        String revoked = "{\"error\":\"invalid_grant\",\"error_description\":\"Refresh token revoked\"}";
        assertThat(refresh(first).body()).isEqualTo(revoked);
        simulator.setDate(simulator.date().plusMonths(6).minusDays(1));
        String third = Client.JSON
                .readTree(refresh(second).body())
                .path("refresh_token")
                .asString();
        simulator.setDate(simulator.date().plusDays(1)); // to refresh has not made it live longer
        assertThat(refresh(third).body()).isEqualTo(revoked);
        restart(SimulatorOptions.defaults().withSignIn(new SignInOptions(false, false, Duration.ZERO)));
        assertThat(refresh(simulator.refreshToken(Users.OLA, ALL)).body()).isEqualTo(revoked);
    }

    @Test
    void eachEndpointWantsItsScopeAndAUser() throws IOException {
        assertThat(get(Users.OLA, "", "/me").statusCode()).isEqualTo(200);
        for (String path : List.of("/playlists", "/tracks", "/top/tracks", "/top/artists", "/player/recently-played")) {
            assertThat(get(Users.OLA, "", "/me" + path).body())
                    .isEqualTo("{\"error\":{\"status\":403,\"message\":\"Insufficient client scope\"}}");
            assertThat(get(Users.OLA, ALL, "/me" + path).statusCode()).isEqualTo(200);
            assertThat(new Client(simulator).get("/me" + path).statusCode()).isEqualTo(401);
        }
        assertThat(get(Users.OLA, "", "/playlists/" + WorldLists.PRIVATE).statusCode())
                .isEqualTo(403);
        assertThat(get(Users.KARI, ALL, "/playlists/" + WorldLists.PRIVATE).statusCode())
                .isEqualTo(404);
        assertThat(new Client(simulator).get("/playlists/" + WorldLists.PRIVATE).statusCode())
                .isEqualTo(404);
    }

    @Test
    void aNewAppReadsEntriesForOwnersAndCollaboratorsAlone() throws IOException {
        String trip = "/playlists/" + WorldLists.ROAD_TRIP;
        assertThat(json(Users.OLA, trip).at("/items/items")).hasSize(40);
        assertThat(json(Users.KARI, trip).at("/items/items")).hasSize(40);
        assertThat(get(Users.KARI, ALL, "/playlists/" + WorldLists.sized(3) + "/items")
                        .body())
                .isEqualTo("{\"error\":{\"status\":403,\"message\":\"Forbidden\"}}");
        JsonNode strangers = json(Users.KARI, "/playlists/" + WorldLists.sized(3));
        assertThat(strangers.has("items") || strangers.has("tracks")).isFalse();
        JsonNode nobodys = new Client(simulator).json(trip);
        assertThat(nobodys.has("items") || nobodys.has("tracks")).isFalse();
        assertThat(new Client(simulator).get(trip + "/items").statusCode()).isEqualTo(403);
        assertThat(new Client(simulator).get(trip + "/tracks").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @EnumSource
    void theLibraryIsPagedAndHidesSpotifysOwnLists(Regime regime) throws IOException {
        restart(SimulatorOptions.defaults().withRegime(regime));
        JsonNode first = json(Users.KARI, "/me/playlists?limit=50");
        JsonNode second = json(Users.KARI, "/me/playlists?limit=50&offset=50");
        assertThat(first.path("total").asInt()).isEqualTo(63);
        assertThat(first.path("next").asString()).endsWith("/me/playlists?offset=50&limit=50");
        assertThat(second.path("next").isNull()).isTrue();
        assertThat(first.path("items").size() + second.path("items").size()).isEqualTo(63);
        assertThat(first.at("/items/2").isNull()).isEqualTo(regime != Regime.EXTENDED);
        JsonNode row = first.at("/items/1");
        assertThat(row.at("/collaborative").asBoolean()).isTrue();
        assertThat(row.has("tracks")).isEqualTo(regime != Regime.DEV);
        assertThat(row.has("items")).isEqualTo(regime != Regime.EXTENDED);
        assertThat(row.has("followers")).isFalse();
        assertThat(get(Users.KARI, ALL, "/me/playlists?limit=51").body()).contains("Invalid limit");
        assertThat(get(Users.OLA, ALL, "/playlists/" + WorldLists.TOP_DENMARK).statusCode())
                .isEqualTo(regime == Regime.EXTENDED ? 200 : 404);
    }

    @ParameterizedTest
    @EnumSource
    void savedSongsAreInTrackInEachRegime(Regime regime) throws IOException {
        restart(SimulatorOptions.defaults().withRegime(regime));
        JsonNode row = json(Users.OLA, "/me/tracks?limit=1").at("/items/0");
        assertThat(row.propertyNames()).containsExactly("added_at", "track");
        assertThat(row.path("track").has("popularity")).isEqualTo(regime != Regime.DEV);
        assertThat(json(Users.OLA, "/me").has("product")).isEqualTo(regime != Regime.DEV);
        JsonNode artist =
                json(Users.OLA, "/me/top/artists?time_range=long_term").at("/items/0");
        assertThat(artist.has("followers")).isEqualTo(regime != Regime.DEV);
        assertThat(json(Users.OLA, "/me/top/tracks?time_range=short_term").path("items"))
                .hasSize(20)
                .isNotEqualTo(
                        json(Users.OLA, "/me/top/tracks?time_range=long_term").path("items"));
        assertThat(get(Users.OLA, ALL, "/me/top/tracks?time_range=ever").statusCode())
                .isEqualTo(400);
        assertThat(json(Users.OLA, "/playlists/" + WorldLists.ROAD_TRIP + "/images")
                        .at("/0/url")
                        .asString())
                .startsWith("https://i.scdn.co/image/");
    }

    @Test
    void playsAreReadByCursorInBothDirections() throws IOException {
        String path = "/me/player/recently-played";
        List<String> back = new ArrayList<>();
        String query = "?limit=20";
        while (query != null) {
            JsonNode page = json(Users.OLA, path + query);
            page.path("items").forEach(play -> back.add(play.path("played_at").asString()));
            assertThat(page.has("total")).isFalse();
            query = page.path("next").isNull()
                    ? null
                    : "?limit=20&before=" + page.at("/cursors/before").asString();
        }
        assertThat(back).hasSize(50).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> b.compareTo(a));
        assertThat(back.get(0)).startsWith("2026-11-21T11:").endsWith(".497Z");

        JsonNode now = json(Users.OLA, path + "?limit=50");
        String seen = now.at("/cursors/after").asString();
        JsonNode nothing = json(Users.OLA, path + "?limit=50&after=" + seen);
        assertThat(nothing.path("items")).isEmpty();
        assertThat(nothing.path("cursors").isNull()).isTrue();
        simulator.setDate(simulator.date().plusDays(1));
        assertThat(json(Users.OLA, path + "?limit=50&after=" + seen).path("items"))
                .hasSize(50);
        assertThat(get(Users.OLA, ALL, path + "?limit=51").statusCode()).isEqualTo(400);
        assertThat(get(Users.OLA, ALL, path + "?after=1&before=2").statusCode()).isEqualTo(400);
        assertThat(get(Users.OLA, ALL, path + "?after=x").statusCode()).isEqualTo(400);
    }

    @Test
    void headIsAnsweredWithoutABody() throws IOException {
        Client client = new Client(simulator);
        String bearer = "Bearer " + client.token();
        HttpResponse<String> head =
                client.send("HEAD", simulator.apiUrl() + "/playlists/" + WorldLists.EMPTY, bearer, "");
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("content-length").orElseThrow())
                .isPositive();
        assertThat(client.send("DELETE", simulator.apiUrl() + "/playlists/" + WorldLists.EMPTY, bearer, "")
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void aWindowAndAQuotaEndInTheirOwnWays() throws IOException {
        restart(SimulatorOptions.defaults().withRate(Limit.parse("3/30s")).withQuota(Limit.parse("5/day")));
        Client client = new Client(simulator);
        String path = "/playlists/" + WorldLists.EMPTY;
        for (int number = 0; number < 3; number++) {
            assertThat(client.get(path).statusCode()).isEqualTo(200);
        }
        HttpResponse<String> limited = client.get(path);
        assertThat(limited.body()).isEqualTo("{\"error\":{\"status\":429,\"message\":\"API rate limit exceeded\"}}");
        assertThat(limited.headers().firstValueAsLong("retry-after").orElseThrow())
                .isBetween(1L, 31L);
        restart(SimulatorOptions.defaults().withQuota(Limit.parse("2/day")));
        Client other = new Client(simulator);
        other.get(path);
        other.get(path);
        HttpResponse<String> used = other.get(path);
        assertThat(used.statusCode()).isEqualTo(429);
        assertThat(used.body()).contains("\"reason\":\"QUOTA_EXCEEDED\"");
        assertThat(used.headers().firstValueAsLong("retry-after").orElseThrow()).isBetween(80_000L, 86_401L);
        simulator.setDate(simulator.date().plusDays(2));
        assertThat(other.get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void refusalsOfAccountsArePlainText() throws IOException {
        simulator.faults().add(Fault.parse("unregistered:times=1"));
        HttpResponse<String> refused = get(Users.OLA, ALL, "/me");
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).isEqualTo("User not registered in the Developer Dashboard");
        assertThat(refused.headers().firstValue("content-type").orElseThrow()).startsWith("text/plain");
    }

    @Test
    void limitsAndRegimesAreParsed() {
        assertThat(Limit.parse("90/30s")).isEqualTo(new Limit(90, Duration.ofSeconds(30)));
        assertThat(Limit.parse("2000/day")).isEqualTo(new Limit(2000, Duration.ofDays(1)));
        for (String wrong : List.of("0/30s", "90", "90/30", "x/day", "90/0s")) {
            assertThatThrownBy(() -> Limit.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("90/30s");
        }
        assertThat(Regime.parse("legacy-dev")).isEqualTo(Regime.LEGACY_DEV);
        assertThatThrownBy(() -> Regime.parse("old")).hasMessageContaining("extended, legacy-dev, dev");
    }
}
