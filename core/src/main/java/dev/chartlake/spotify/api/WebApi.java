package dev.chartlake.spotify.api;

import dev.chartlake.http.Answer;
import dev.chartlake.http.Pause;
import dev.chartlake.http.Transport;
import dev.chartlake.http.Transport.Request;
import dev.chartlake.spotify.auth.Tokens;
import dev.chartlake.spotify.calls.AddressException;
import dev.chartlake.spotify.calls.ErrorAnswer;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RefusedException;
import dev.chartlake.spotify.calls.Retries;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.TransientException;
import dev.chartlake.spotify.calls.TransientException.NoAnswerException;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;

/** Reads from the Spotify Web API: signed in, paced, with patience, one request at a time. */
public final class WebApi {

    /** How many plays Spotify gives at most. */
    public static final int MOST_PLAYS = 50;

    private final SpotifyAccess access;
    private final Transport transport;
    private final Tokens tokens;
    private final Retries retries;
    private final Clock clock;
    private final Pause pause;

    private int requests;

    public WebApi(SpotifyAccess access, Transport transport, Tokens tokens, Retries retries, Clock clock, Pause pause) {
        this.access = access;
        this.transport = transport;
        this.tokens = tokens;
        this.retries = retries;
        this.clock = clock;
        this.pause = pause;
    }

    /** An answer that is a JSON object. */
    public record Page(Answer answer, Outline outline) {}

    /** How many requests went out so far. */
    public int requests() {
        return requests;
    }

    /** The user whose tokens these are. Throws as {@link #get}. */
    public Me me() throws ListException, InterruptedException {
        return Me.of(get("/me").answer());
    }

    /**
     * The newest plays of the user whose tokens these are, fifty at most. Throws as {@link #get}.
     *
     * @param after only those after this time, in milliseconds since 1970; negative for all
     */
    public Page recentlyPlayed(long after) throws ListException, InterruptedException {
        return get("/me/player/recently-played?limit=" + MOST_PLAYS + (after < 0 ? "" : "&after=" + after));
    }

    /**
     * Gets {@code path} with its query.
     *
     * @throws RefusedException if Spotify says no to this request
     * @throws dev.chartlake.spotify.calls.UnreadableException if no try brought a JSON object
     * @throws TransientException if no try brought an answer
     * @throws dev.chartlake.spotify.calls.StopException if there is no point in asking for anything else either
     */
    Page get(String path) throws ListException, InterruptedException {
        URI uri = URI.create(access.apiUrl() + path);
        if (requests > 0 && !access.gap().isZero()) {
            pause.of(access.gap());
        }
        String token = tokens.current();
        try {
            return retries.run(() -> ask(uri, token));
        } catch (ExpiredException e) {
            String renewed = tokens.renewed();
            try {
                return retries.run(() -> ask(uri, renewed));
            } catch (ExpiredException again) {
                throw new SignInException(
                        "Spotify does not accept the token it has just given out: " + again.getMessage()
                                + ". Check that SPOTIFY_API_URL and SPOTIFY_ACCOUNTS_URL belong together.");
            }
        }
    }

    private Page ask(URI uri, String token) throws ListException {
        requests++;
        Answer answer;
        try {
            answer = transport.send(new Request(uri, Map.of("Authorization", "Bearer " + token), ""));
        } catch (IOException e) {
            throw new NoAnswerException("No answer from " + uri + " (" + tokens.redact(ErrorAnswer.of(e)) + ")");
        }
        if (answer.status() == 200) {
            return new Page(answer, OutlineReader.read(answer));
        }
        ErrorAnswer said = ErrorAnswer.of(answer);
        String text = tokens.redact(said.text());
        String what = "Spotify answered " + answer.status() + " (" + text + ")";
        if (answer.status() == 401) {
            throw new ExpiredException(what);
        }
        if (answer.status() == 429 && said.reason().equals("QUOTA_EXCEEDED")) {
            throw retries.quota(
                    answer.retryAfter(clock.instant()), "The quota of this developer account is used up: " + what);
        }
        TransientException.throwIf(answer, text, clock.instant());
        if (answer.status() / 100 == 3) {
            throw new AddressException(what + ". SPOTIFY_API_URL is " + access.apiUrl() + ", and "
                    + ErrorAnswer.redirect(answer)
                    + ". It is usually " + SpotifyAccess.API + ". Redirects are not followed, because a token must not"
                    + " reach another server.");
        }
        if (answer.status() == 404 && isElsewhere(said)) {
            throw new AddressException(what + " from " + uri + ". The Web API is not at SPOTIFY_API_URL, which is "
                    + access.apiUrl() + "; it looks like " + SpotifyAccess.API + ", with /v1 at its end.");
        }
        if (answer.status() == 403 && text.toLowerCase(Locale.ROOT).matches(".*not (be )?registered.*")) {
            throw new SignInException(
                    what + ". Spotify gives this app's answers only to accounts that its owner has added: on"
                            + " https://developer.spotify.com/dashboard, the app's page, User Management.");
        }
        if (answer.status() == 403 && text.toLowerCase(Locale.ROOT).contains("premium subscription")) {
            throw new SignInException(
                    what + ". The account that owns the app of SPOTIFY_CLIENT_ID needs Spotify Premium;"
                            + " after it is renewed, wait a few hours.");
        }
        throw new RefusedException(answer.status(), what);
    }

    /** True if a 404 says that there is no Web API at this address, and not that there is no such list. */
    private boolean isElsewhere(ErrorAnswer said) {
        return said.text().equals(ErrorAnswer.HTML)
                || said.text().equalsIgnoreCase("Service not found")
                || !access.apiUrl().getPath().endsWith("/v1");
    }

    /** The token is not accepted (any more). */
    private static final class ExpiredException extends ListException {
        private static final long serialVersionUID = 1L;

        ExpiredException(String message) {
            super(message);
        }
    }
}
