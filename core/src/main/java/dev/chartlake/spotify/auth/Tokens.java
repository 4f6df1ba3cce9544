package dev.chartlake.spotify.auth;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Transport;
import dev.chartlake.http.Transport.Request;
import dev.chartlake.spotify.calls.AddressException;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.Retries;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.TransientException;
import dev.chartlake.spotify.calls.TransientException.NoAnswerException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** Signs the app in with its client credentials and keeps the access token, in memory only, until it gets old. */
public final class Tokens {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration MARGIN = Duration.ofSeconds(60);
    private static final long USUAL_SECONDS = 3600;

    /** What may stand in a header: anything else would end up in an error message of the HTTP client. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]+");

    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private final SpotifyAccess access;
    private final Transport transport;
    private final Retries retries;
    private final Clock clock;

    private String token = "";
    private Instant staleAt = Instant.MIN;

    public Tokens(SpotifyAccess access, Transport transport, Retries retries, Clock clock) {
        this.access = access;
        this.transport = transport;
        this.retries = retries;
        this.clock = clock;
    }

    /** A token that is good for some time yet. Throws {@link SignInException} if Spotify refuses the app. */
    public String current() throws ListException, InterruptedException {
        return clock.instant().isBefore(staleAt) ? token : renewed();
    }

    /** A new token, because the one before was not accepted. */
    public String renewed() throws ListException, InterruptedException {
        try {
            return retries.run(this::ask);
        } catch (TransientException e) {
            throw new NoAnswerException(e.reason()); // the list is not at fault, and the others would fare the same
        }
    }

    /** {@code text} without anything secret that Spotify may have repeated in it. */
    public String redact(String text) {
        String clean = text;
        for (String secret : new String[] {access.clientSecret(), access.basic().substring(6), token}) {
            clean = secret.isEmpty() ? clean : clean.replace(secret, "***");
        }
        return clean;
    }

    private String ask() throws ListException {
        Request request = new Request(
                access.accountsUrl().resolve(access.accountsUrl().getPath() + "/api/token"),
                Map.of("Authorization", access.basic()),
                "grant_type=client_credentials");
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
            throw new SignInException("Spotify refused to sign the app in: " + answer.status() + " (" + code + ") from "
                    + request.uri() + ". Compare SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET with the app's page on"
                    + " https://developer.spotify.com/dashboard; a rotated secret ends the old one.");
        }
        return keep(answer, request);
    }

    private String keep(Answer answer, Request request) throws TransientException {
        String received = "";
        long seconds = USUAL_SECONDS;
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), answer.body())) {
            for (JsonToken at = json.nextToken(); at != null; at = json.nextToken()) {
                if (at == JsonToken.VALUE_STRING && "access_token".equals(json.currentName())) {
                    received = json.getString();
                } else if (at == JsonToken.VALUE_NUMBER_INT && "expires_in".equals(json.currentName())) {
                    seconds = json.getLongValue();
                }
            }
        } catch (JacksonException e) {
            received = "";
        }
        if (!TOKEN.matcher(received).matches()) {
            throw new TransientException("The answer of " + request.uri() + " holds no token"); // an outage sends HTML
        }
        Duration life = Duration.ofSeconds(Math.max(0, Math.min(seconds, USUAL_SECONDS * 24)));
        Duration margin = MARGIN.compareTo(life.dividedBy(2)) < 0 ? MARGIN : life.dividedBy(2);
        token = received;
        staleAt = clock.instant().plus(life).minus(margin);
        return token;
    }
}
