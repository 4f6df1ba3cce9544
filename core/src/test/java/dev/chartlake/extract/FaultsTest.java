package dev.chartlake.extract;

import static dev.chartlake.extract.Bench.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import dev.chartlake.extract.FakeSpotify.Dialect;
import dev.chartlake.extract.FakeSpotify.Fault;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.AddressException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.StopException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What passes is waited for; what does not pass is told. */
class FaultsTest {

    private static final String HTML = "<!DOCTYPE html><html><body>upstream</body></html>";
    private static final Map<String, Fault> FAULTS = Map.of(
            "500", FakeSpotify.answer(500, "{\"error\":{\"status\":500,\"message\":\"Server error.\"}}"),
            "502", FakeSpotify.answer(502, HTML),
            "503", FakeSpotify.answer(503, ""),
            "html", FakeSpotify.answer(200, HTML),
            "empty", FakeSpotify.answer(200, ""),
            "half", FakeSpotify.answer(200, "{\"tracks\":{\"items\":[{\"track\":"),
            "reset", HttpExchange::close,
            "short",
                    exchange -> {
                        exchange.sendResponseHeaders(200, 1000);
                        exchange.getResponseBody().write("{\"tracks\":{}}".getBytes(StandardCharsets.UTF_8));
                        exchange.close();
                    });

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"500", "502", "503", "html", "empty", "half", "reset", "short"})
    void passesOver(String fault) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 250, Dialect.ITEMS);
            bench.spotify.fail(LIST + "?", 3, fault(fault));
            bench.spotify.fail("offset=150", 2, fault(fault));
            assertThat(bench.archived(LIST).entries()).isEqualTo(250);
            assertThat(bench.waits).isNotEmpty().allMatch(wait -> wait.toMillis() >= 250 && wait.toMillis() <= 2000);
            assertThat(bench.keys(RawState.QUARANTINE.prefix())).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"500", "502", "503", "html", "empty", "half", "reset", "short"})
    void givesUpOnOneListAfterFiveTries(String fault) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 250, Dialect.ITEMS);
            bench.spotify.fail("offset=150", 100, fault(fault));
            ExtractResult.Failed failed = bench.failed(LIST);
            assertThat(failed.reason()).doesNotContain("<");
            assertThat(failed.cure()).contains("later");
            assertThat(bench.waits).hasSize(4);
            assertThat(bench.waiting()).isEmpty();
            assertThat(bench.keys("_chartlake/tmp/")).isEmpty();
        }
    }

    @Test
    void keepsWhatItCannotRead() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 100, fault("half"));
            ExtractResult.Failed failed = bench.failed(LIST);
            String file = "raw_data/quarantine/2026-11-21/spotify-web-api/" + LIST + "/083015Z.json";
            assertThat(failed.cure()).contains(file);
            assertThat(bench.keys(RawState.QUARANTINE.prefix())).containsExactly(file, file + ".error.json");
            assertThat(bench.text(file)).isEqualTo("{\"tracks\":{\"items\":[{\"track\":");
            assertThat(bench.text(file + ".error.json"))
                    .startsWith("{\"file\":\"" + file + "\",\"reason\":\"The body is not JSON: ")
                    .contains("\"offset\":29,\"cure\":\"");
            bench.failed(LIST);
            assertThat(bench.keys(RawState.QUARANTINE.prefix())).hasSize(4);
        }
    }

    @Test
    void keepsWhatCameBeforeTheConnectionBroke() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 100, fault("short"));
            assertThat(bench.failed(LIST).reason()).contains("ended after 13 bytes");
            List<String> kept = bench.keys(RawState.QUARANTINE.prefix());
            assertThat(bench.text(kept.get(0))).isEqualTo("{\"tracks\":{}}");
            assertThat(bench.text(kept.get(1))).contains("\"offset\":13");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"3|3", "60|60", "Sat, 21 Nov 2026 08:30:22 GMT|7"})
    void waitsAsLongAsAsked(String retryAfter, long seconds) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 1, Dialect.TRACKS);
            bench.spotify.fail(LIST, 2, FakeSpotify.answer(429, "API rate limit exceeded", "Retry-After", retryAfter));
            assertThat(bench.archived(LIST).requests()).isEqualTo(3);
            assertThat(bench.waits).containsExactly(Duration.ofSeconds(seconds), Duration.ofSeconds(seconds));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "soon", "", "Sat, 21 Nov 2026 08:00:00 GMT"})
    void waitsLongerEachTimeWhereNoUsableTimeIsSaid(String retryAfter) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 1, Dialect.TRACKS);
            bench.spotify.fail(LIST, 4, FakeSpotify.answer(429, "API rate limit exceeded", "Retry-After", retryAfter));
            assertThat(bench.archived(LIST).requests()).isEqualTo(5);
            for (int i = 0; i < 4; i++) {
                assertThat(bench.waits.get(i)).isGreaterThanOrEqualTo(Duration.ofMillis(250L << i));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "soon", ""})
    void aQuotaThatDoesNotSayWhenItEndsIsLeftAloneForHours(String retryAfter) throws Exception {
        String body = "{\"error\":{\"status\":429,\"message\":\"Too many requests\",\"reason\":\"QUOTA_EXCEEDED\"}}";
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(429, body, "Retry-After", retryAfter));
            assertThatThrownBy(() -> bench.extract(LIST))
                    .isInstanceOfSatisfying(
                            RateLimitException.class,
                            e -> assertThat(e.notBefore()).isEqualTo(Bench.NOW.plus(Duration.ofHours(6))));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "61,'Too many requests',2026-11-21T10:01:01Z",
        "99999999999999,'Too many requests',2026-11-23T10:00:00Z",
        "86400,'Too many requests',2026-11-22T10:00:00Z",
        "5,'{\"error\":{\"status\":429,\"message\":\"Too many requests\",\"reason\":\"QUOTA_EXCEEDED\"}}',2026-11-21T10:00:05Z"
    })
    void stopsRatherThanHang(String retryAfter, String body, Instant notBefore) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(429, body, "Retry-After", retryAfter));
            assertThatThrownBy(() -> bench.extract(LIST))
                    .isInstanceOfSatisfying(
                            RateLimitException.class,
                            e -> assertThat(e.notBefore()).isEqualTo(notBefore));
            assertThat(bench.waits).isEmpty();
        }
    }

    @Test
    void stopsWhenThrottledOnEveryTry() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 100, FakeSpotify.answer(429, ""));
            assertThatThrownBy(() -> bench.extract(LIST)).isInstanceOf(RateLimitException.class);
            assertThat(bench.spotify.requestsTo(LIST)).isEqualTo(5);
        }
    }

    @Test
    void refusedTokensAreRenewedOnce() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 250, Dialect.ITEMS).afterAnswer = n -> {
                if (n == 2) {
                    bench.spotify.expireTokens();
                }
            };
            assertThat(bench.archived(LIST).entries()).isEqualTo(250);
            assertThat(bench.spotify.tokens).hasValue(2);
            assertThat(bench.waits).isEmpty();
        }
    }

    @Test
    void oneTokenServesManyLists() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 250, Dialect.ITEMS);
            bench.archived(LIST);
            bench.archived(LIST);
            assertThat(bench.spotify.tokens).hasValue(1);
        }
    }

    @Test
    void stopsWhenAFreshTokenIsRefused() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 100, FakeSpotify.answer(401, ""));
            assertThatThrownBy(() -> bench.extract(LIST))
                    .isInstanceOf(SignInException.class)
                    .hasMessageContaining("401");
            assertThat(bench.spotify.requestsTo(LIST)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"400", "401"})
    void stopsWhenTheAppIsRefused(int status) throws Exception {
        try (Bench bench = new Bench(folder)) {
            String body = "{\"error\":\"invalid_client\",\"error_description\":\"Invalid client secret "
                    + FakeSpotify.SECRET + "\"}";
            bench.spotify.fail("/api/token", 100, FakeSpotify.answer(status, body));
            assertThatThrownBy(() -> bench.extract(LIST))
                    .isInstanceOf(SignInException.class)
                    .hasMessageContainingAll("invalid_client", "SPOTIFY_CLIENT_ID", "SPOTIFY_CLIENT_SECRET")
                    .hasMessageNotContaining(FakeSpotify.SECRET);
            assertThat(bench.spotify.requests).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"502", "html", "empty", "reset"})
    void signsInOnceTheAccountsServiceIsBack(String fault) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 1, Dialect.TRACKS);
            bench.spotify.fail("/api/token", 3, fault(fault));
            assertThat(bench.archived(LIST).entries()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "User not registered in the Developer Dashboard",
                "Check settings on developer.spotify.com/dashboard, the user may not be registered."
            })
    void stopsWhenTheUserIsNotOnTheAppsList(String text) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(403, text));
            assertThatThrownBy(() -> bench.extract(LIST))
                    .isInstanceOf(SignInException.class)
                    .hasMessageContaining("User Management");
            assertThat(bench.spotify.requestsTo(LIST)).isEqualTo(1);
        }
    }

    @Test
    void aMissingScopeIsCuredByASignInOrAPublicList() throws Exception {
        try (Bench bench = new Bench(folder)) {
            String body = "{\"error\":{\"status\":403,\"message\":\"Insufficient client scope\"}}";
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(403, body));
            assertThat(bench.failed(LIST).cure()).contains("./chartlake login", "public");
        }
    }

    @ParameterizedTest
    @CsvSource({"301", "302", "303", "307", "308"})
    void aRedirectIsNotFollowedAndNamesTheSetting(int status) throws Exception {
        for (String path : List.of(LIST, "/api/token")) {
            try (Bench bench = new Bench(folder);
                    FakeSpotify other = new FakeSpotify()) {
                String to = other.access().apiUrl() + "/secret-path?token=x";
                bench.spotify.fail(path, 100, FakeSpotify.answer(status, "", "Location", to));
                assertThatThrownBy(() -> bench.extract(LIST))
                        .isInstanceOf(AddressException.class)
                        .hasMessageContainingAll("redirects to http://127.0.0.1", "SPOTIFY_A")
                        .hasMessageNotContaining("secret-path");
                assertThat(other.requests).isEmpty();
                assertThat(bench.spotify.requestsTo(path)).isEqualTo(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"error\":{\"status\":404,\"message\":\"Service not found\"}}", HTML})
    void aServerThatIsNotTheWebApiNamesTheSetting(String body) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(404, body));
            assertThatThrownBy(() -> bench.extract(LIST))
                    .isInstanceOf(AddressException.class)
                    .hasMessageContainingAll("SPOTIFY_API_URL", "/v1");
        }
    }

    @Test
    void stopsWhenPremiumHasLapsed() throws Exception {
        String text = "Active premium subscription required for the owner of the app.";
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(403, text));
            assertThatThrownBy(() -> bench.extract(LIST))
                    .isInstanceOf(SignInException.class)
                    .hasMessageContaining("Premium");
        }
    }

    @Test
    void aServerThatIsNotThereFailsTheList() throws Exception {
        Bench bench = new Bench(folder);
        bench.close();
        assertThat(bench.failed(LIST).reason()).contains("No answer from http://127.0.0.1:");
        assertThat(bench.waits).hasSize(4);
    }

    @Test
    void secretsAppearNowhere() throws Exception {
        List<String> said = new ArrayList<>();
        for (String path : List.of(LIST, "/api/token")) {
            for (int status : new int[] {200, 400, 401, 403, 404, 429, 500}) {
                try (Bench bench = new Bench(folder)) {
                    bench.spotify.fail(
                            path,
                            100,
                            FakeSpotify.answer(
                                    status,
                                    "you sent " + FakeSpotify.SECRET + (status == 401 ? " token-2" : " token-1")));
                    try {
                        said.add(bench.extract(LIST).toString());
                    } catch (StopException e) {
                        said.add(e + " " + e.getCause());
                    }
                    for (String key : bench.keys("_chartlake/")) {
                        said.add(bench.text(key));
                    }
                    said.add(bench.spotify.access().toString());
                }
            }
        }
        assertThat(said).isNotEmpty().noneMatch(text -> text.contains(FakeSpotify.SECRET));
        assertThat(String.join("", said)).doesNotContain("token-");
    }

    private static Fault fault(String name) {
        return Objects.requireNonNull(FAULTS.get(name));
    }
}
