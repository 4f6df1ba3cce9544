package dev.chartlake.simulator;

import dev.chartlake.simulator.http.HttpAnswer;
import dev.chartlake.simulator.http.HttpRequest;
import dev.chartlake.simulator.world.Ids;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The accounts service: hands out access tokens and knows which are still good. */
final class Accounts {

    private final SimulatorOptions options;
    private final AtomicLong issued = new AtomicLong();
    /** Tokens with the System.nanoTime at which they end. */
    private final Map<String, Long> tokens = new ConcurrentHashMap<>();

    private volatile Duration lifetime;

    Accounts(SimulatorOptions options) {
        this.options = options;
        this.lifetime = options.tokenLifetime();
    }

    /** Applies to tokens issued from now on. */
    void lifetime(Duration other) {
        lifetime = other;
    }

    /** Makes every token issued so far an expired one. */
    void expireAll() {
        long now = System.nanoTime();
        tokens.replaceAll((token, end) -> now);
    }

    /** Answers {@code POST /api/token}. */
    HttpAnswer token(HttpRequest request) {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "text/plain", "");
        }
        Map<String, String> form = request.form();
        if (!knows(request.header("Authorization"), form)) {
            return HttpAnswer.oauthError(400, "invalid_client", "Invalid client");
        }
        String grant = form.get("grant_type");
        if (!"client_credentials".equals(grant)) {
            return HttpAnswer.oauthError(
                    400,
                    "unsupported_grant_type",
                    grant == null
                            ? "grant_type parameter is missing"
                            : "grant_type must be client_credentials, authorization_code or refresh_token");
        }
        String token = "BQ" + Ids.of(options.seed(), "token", issued.incrementAndGet()) + "-simulated";
        tokens.put(token, System.nanoTime() + lifetime.toNanos());
        return HttpAnswer.json(
                200,
                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + lifetime.toSeconds()
                        + "}");
    }

    /** The refusal of a Web API request without a good token, or null when it may pass. */
    @Nullable HttpAnswer refusal(HttpRequest request) {
        String header = request.header("Authorization");
        if (header == null) {
            return HttpAnswer.error(401, "No token provided");
        }
        if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return HttpAnswer.error(401, "Only valid bearer authentication supported");
        }
        Long end = tokens.get(header.substring(7).strip());
        if (end == null) {
            return HttpAnswer.error(401, "Invalid access token");
        }
        return System.nanoTime() - end >= 0 ? HttpAnswer.error(401, "The access token expired") : null;
    }

    private boolean knows(@Nullable String authorization, Map<String, String> form) {
        if (authorization == null) {
            return options.clientId().equals(form.get("client_id"))
                    && options.clientSecret().equals(form.get("client_secret"));
        }
        String good = options.clientId() + ":" + options.clientSecret();
        return authorization.equals(
                "Basic " + Base64.getEncoder().encodeToString(good.getBytes(StandardCharsets.UTF_8)));
    }
}
