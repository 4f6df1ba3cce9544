package dev.chartlake.spotify.auth;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Transport;
import dev.chartlake.http.Transport.Request;
import dev.chartlake.spotify.calls.AddressException;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.TransientException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Asks Spotify's accounts service for tokens. It knows every secret that it sent or received, so it can take them out of
 * a message. Used by one thread.
 */
public final class AccountsService {

    private static final JsonFactory JSON = new JsonFactory();
    private static final long USUAL_SECONDS = 3600;

    /** The form fields whose values are secrets. */
    private static final Set<String> SECRET_FIELDS = Set.of("code", "code_verifier", "refresh_token");

    /** What may stand in a header: anything else would end up in an error message of the HTTP client. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private final SpotifyAccess access;
    private final Transport transport;
    private final Clock clock;
    private final Set<String> secrets = new LinkedHashSet<>();

    public AccountsService(SpotifyAccess access, Transport transport, Clock clock) {
        this.access = access;
        this.transport = transport;
        this.clock = clock;
        if (access.hasSecret()) {
            secret(access.clientSecret());
            secret(access.basic().substring(6));
        }
    }

    /**
     * What the service gave out.
     *
     * @param accessToken for the Web API
     * @param life how long it is valid
     * @param refreshToken replaces the one that was sent; empty if that one stays valid, or if there is none
     * @param scopes the scopes that the user allowed, with spaces between them; empty if the service does not say
     */
    public record Granted(String accessToken, Duration life, String refreshToken, String scopes) {

        /** Without the tokens. */
        @Override
        public String toString() {
            return "Granted[" + life + ", " + scopes + "]";
        }
    }

    /** How a request proves which app sends it. */
    enum Proof {
        /** With the app's secret. */
        SECRET,
        /** By its id alone, as PKCE allows. */
        ID
    }

    /**
     * Asks once. {@code cure} says what the user can do about a refusal with this OAuth code, which is "" if there is none.
     *
     * @throws SignInException if the service refuses
     * @throws TransientException if there is no usable answer
     */
    Granted ask(Map<String, String> form, Proof proof, String whom, UnaryOperator<String> cure) throws ListException {
        form.forEach((name, value) -> {
            if (SECRET_FIELDS.contains(name)) {
                secret(value);
            }
        });
        Request request = request(form, proof);
        Answer answer;
        try {
            answer = transport.send(request);
        } catch (IOException e) {
            throw new TransientException("No answer from " + request.uri() + " (" + redact(ErrorAnswer.of(e)) + ")");
        }
        // Nothing else of what this service says is shown: it was sent the secret.
        String reason = answer.status() == 200 ? "" : ErrorAnswer.of(answer).reason();
        String code = CODE.matcher(reason).matches() ? reason : "no reason given";
        TransientException.throwIf(answer, code + ", " + request.uri(), clock.instant());
        if (answer.status() / 100 == 3 || answer.status() == 404) {
            String where = answer.status() == 404 ? "there is no accounts service" : ErrorAnswer.redirect(answer);
            throw new AddressException("Spotify answered " + answer.status() + " from " + request.uri()
                    + ". SPOTIFY_ACCOUNTS_URL is " + access.accountsUrl() + ", and " + where + ". It is usually "
                    + SpotifyAccess.ACCOUNTS + ". Redirects are not followed, because the secret must not reach another"
                    + " server.");
        }
        if (answer.status() != 200) {
            throw new SignInException("Spotify refused to sign " + whom + " in: " + answer.status() + " (" + code
                    + ") from " + request.uri() + ". " + cure.apply(code));
        }
        return granted(answer, request);
    }

    /** {@code text} without anything secret that Spotify may have repeated in it. */
    public String redact(String text) {
        String clean = text;
        for (String secret : secrets) {
            clean = clean.replace(secret, "***");
        }
        return clean;
    }

    private void secret(String value) {
        if (!value.isEmpty()) {
            secrets.add(value);
            secrets.add(encoded(value));
        }
    }

    private Request request(Map<String, String> form, Proof proof) {
        URI uri = access.accountsUrl().resolve(access.accountsUrl().getPath() + "/api/token");
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return proof == Proof.SECRET
                ? new Request(uri, Map.of("Authorization", access.basic()), body)
                : new Request(uri, Map.of(), body + "&client_id=" + encoded(access.clientId()));
    }

    private Granted granted(Answer answer, Request request) throws TransientException {
        String token = "";
        String refresh = "";
        String scopes = "";
        long seconds = USUAL_SECONDS;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer.body())) {
            for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
                String name = json.currentName();
                if (at == JsonToken.VALUE_STRING && name != null) {
                    switch (name) {
                        case "access_token" -> token = json.getString();
                        case "refresh_token" -> refresh = json.getString();
                        case "scope" -> scopes = json.getString();
                        default -> {}
                    }
                } else if (at == JsonToken.VALUE_NUMBER_INT && "expires_in".equals(name)) {
                    seconds = json.getLongValue();
                }
            }
        } catch (JacksonException e) {
            token = "";
        }
        if (!TOKEN.matcher(token).matches()) {
            throw new TransientException("The answer of " + request.uri() + " holds no token"); // an outage sends HTML
        }
        secret(token);
        secret(refresh);
        Duration life = Duration.ofSeconds(Math.max(0, Math.min(seconds, USUAL_SECONDS * 24)));
        return new Granted(token, life, refresh, scopes);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
