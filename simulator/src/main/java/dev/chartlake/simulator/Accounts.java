package dev.chartlake.simulator;

import dev.chartlake.simulator.http.HttpAnswer;
import dev.chartlake.simulator.http.HttpRequest;
import dev.chartlake.simulator.world.Ids;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The accounts service: hands out codes and tokens, and knows which are still good. */
final class Accounts {

    /** How long after the user agreed a refresh token dies, used or not. */
    private static final int MONTHS = 6;

    private static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

    private static final List<String> SECRET_FIELDS =
            List.of("client_secret", "code", "code_verifier", "refresh_token");

    private final SimulatorOptions options;
    private final Supplier<LocalDate> today;
    private final AtomicLong issued = new AtomicLong();
    private final Map<String, Access> tokens = new ConcurrentHashMap<>();
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, Refresh> refreshTokens = new ConcurrentHashMap<>();

    private final Set<String> secrets = ConcurrentHashMap.newKeySet();

    private volatile Duration lifetime;

    /** Times of the real clock are of System.nanoTime. */
    private record Access(Session session, long end) {}

    private record Code(Session session, String redirect, String challenge, long end) {}

    /** {@code end} is null if only the six months count. */
    private record Refresh(
            Session session,
            boolean byId,
            LocalDate agreed,
            @Nullable Long end) {}

    Accounts(SimulatorOptions options, Supplier<LocalDate> today) {
        this.options = options;
        this.today = today;
        this.lifetime = options.tokenLifetime();
    }

    /** Applies to tokens issued from now on. */
    void lifetime(Duration other) {
        lifetime = other;
    }

    /** Makes every access token issued so far an expired one. */
    void expireAll() {
        long now = System.nanoTime();
        tokens.replaceAll((token, access) -> new Access(access.session(), now));
    }

    /** Ends every refresh token, as when users remove the app's access. */
    void revokeAll() {
        refreshTokens.clear();
    }

    /** Every code and token given out so far, and every secret received in a form; a copy. */
    Set<String> secrets() {
        Set<String> all = new LinkedHashSet<>(secrets);
        all.addAll(tokens.keySet());
        return all;
    }

    /** A refresh token of a user who agreed to {@code scopes} on another machine. */
    String refreshToken(String user, Set<String> scopes) {
        return refreshToken(new Refresh(new Session(user, scopes), true, today.get(), end(options.signIn())));
    }

    /** The code that a user's consent gives for a request of {@code /authorize}. */
    String code(Map<String, String> asked, String user) {
        String code = "AQ" + Ids.of(options.seed(), "code", issued.incrementAndGet()) + "-simulated-code";
        secrets.add(code);
        codes.put(
                code,
                new Code(
                        new Session(user, scopes(asked)),
                        asked.getOrDefault("redirect_uri", ""),
                        asked.getOrDefault("code_challenge", ""),
                        System.nanoTime() + CODE_LIFETIME.toNanos()));
        return code;
    }

    static Set<String> scopes(Map<String, String> asked) {
        Set<String> scopes =
                new LinkedHashSet<>(List.of(asked.getOrDefault("scope", "").split(" ")));
        scopes.remove("");
        return scopes;
    }

    /** Answers {@code POST /api/token}. */
    HttpAnswer token(HttpRequest request) {
        if (!request.method().equals("POST")) {
            return HttpAnswer.text(405, "text/plain", "");
        }
        Map<String, String> form = request.form();
        SECRET_FIELDS.stream().filter(form::containsKey).forEach(name -> secrets.add(form.getOrDefault(name, "")));
        boolean secret = knows(request.header("Authorization"), form);
        boolean idAlone = !secret
                && request.header("Authorization") == null
                && !form.containsKey("client_secret")
                && options.clientId().equals(form.get("client_id"));
        String grant = form.getOrDefault("grant_type", "");
        if (!secret && (!idAlone || grant.equals("client_credentials"))) {
            return HttpAnswer.oauthError(400, "invalid_client", "Invalid client");
        }
        return switch (grant) {
            case "client_credentials" -> granted(Session.APP, null);
            case "authorization_code" -> exchanged(form, secret);
            case "refresh_token" -> refreshed(form, secret);
            default ->
                HttpAnswer.oauthError(
                        400,
                        "unsupported_grant_type",
                        grant.isEmpty()
                                ? "grant_type parameter is missing"
                                : "grant_type must be client_credentials, authorization_code or refresh_token");
        };
    }

    /** A code is good for one try. */
    private HttpAnswer exchanged(Map<String, String> form, boolean secret) {
        Code code = codes.remove(form.getOrDefault("code", ""));
        if (code == null || System.nanoTime() - code.end() >= 0) {
            return invalid("Invalid authorization code");
        }
        if (!code.redirect().equals(form.get("redirect_uri"))) {
            return invalid("Invalid redirect URI");
        }
        if (code.challenge().isEmpty()) {
            if (!secret) {
                return HttpAnswer.oauthError(400, "invalid_client", "Invalid client secret");
            }
        } else if (!code.challenge().equals(challenge(form.getOrDefault("code_verifier", "")))) {
            return invalid("code_verifier was incorrect");
        }
        boolean byId = !code.challenge().isEmpty();
        return granted(
                code.session(), refreshToken(new Refresh(code.session(), byId, today.get(), end(options.signIn()))));
    }

    private HttpAnswer refreshed(Map<String, String> form, boolean secret) {
        String sent = form.getOrDefault("refresh_token", "");
        boolean rotate = options.signIn().rotate();
        Refresh refresh = rotate ? refreshTokens.remove(sent) : refreshTokens.get(sent); // of two at once, one gets it
        if (refresh == null || !isGood(refresh, secret)) {
            return invalid("Refresh token revoked");
        }
        return granted(refresh.session(), rotate ? refreshToken(refresh) : null);
    }

    private boolean isGood(Refresh refresh, boolean secret) {
        return (secret || refresh.byId())
                && today.get().isBefore(refresh.agreed().plusMonths(MONTHS))
                && (refresh.end() == null || System.nanoTime() - refresh.end() < 0);
    }

    private static HttpAnswer invalid(String description) {
        return HttpAnswer.oauthError(400, "invalid_grant", description);
    }

    private static @Nullable Long end(SignInOptions signIn) {
        Duration life = signIn.refreshLifetime();
        return life == null ? null : Long.valueOf(System.nanoTime() + life.toNanos());
    }

    private String refreshToken(Refresh refresh) {
        String token = "AQ" + Ids.of(options.seed(), "refresh", issued.incrementAndGet()) + "-simulated-refresh";
        refreshTokens.put(token, refresh);
        secrets.add(token);
        return token;
    }

    private HttpAnswer granted(Session session, @Nullable String refresh) {
        String token = "BQ" + Ids.of(options.seed(), "token", issued.incrementAndGet()) + "-simulated";
        tokens.put(token, new Access(session, System.nanoTime() + lifetime.toNanos()));
        return HttpAnswer.json(
                200,
                "{\"access_token\":\"" + token + "\",\"token_type\":\"Bearer\",\"expires_in\":" + lifetime.toSeconds()
                        + (refresh == null ? "" : ",\"refresh_token\":\"" + refresh + "\"")
                        + (session.user() == null ? "" : ",\"scope\":\"" + String.join(" ", session.scopes()) + "\"")
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
        Access access = tokens.get(bearer(header));
        if (access == null) {
            return HttpAnswer.error(401, "Invalid access token");
        }
        return System.nanoTime() - access.end() >= 0 ? HttpAnswer.error(401, "The access token expired") : null;
    }

    /** Who sends a request that was not refused. */
    Session session(HttpRequest request) {
        Access access = tokens.get(bearer(String.valueOf(request.header("Authorization"))));
        return access == null ? Session.APP : access.session();
    }

    private static String bearer(String header) {
        return header.length() < 7 ? "" : header.substring(7).strip();
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

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
