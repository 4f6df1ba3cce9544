package dev.chartlake.spotify.auth;

import dev.chartlake.spotify.auth.AccountsService.Granted;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.Retries;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.TransientException;
import dev.chartlake.spotify.calls.TransientException.NoAnswerException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Keeps the access token of a {@link Grant}, in memory only, until it gets old. */
public final class Tokens {

    private static final Duration MARGIN = Duration.ofSeconds(60);

    private final AccountsService accounts;
    private final Grant grant;
    private final Retries retries;
    private final Clock clock;

    private String token = "";
    private Instant staleAt = Instant.MIN;

    public Tokens(AccountsService accounts, Grant grant, Retries retries, Clock clock) {
        this.accounts = accounts;
        this.grant = grant;
        this.retries = retries;
        this.clock = clock;
    }

    /** A token that is good for some time yet. Throws {@link SignInException} if Spotify refuses. */
    public String current() throws ListException, InterruptedException {
        return clock.instant().isBefore(staleAt) ? token : renewed();
    }

    /** A new token, because the one before was not accepted. */
    public String renewed() throws ListException, InterruptedException {
        try {
            return keep(retries.run(() -> grant.ask(accounts)));
        } catch (TransientException e) {
            throw new NoAnswerException(e.reason()); // the list is not at fault, and the others would fare the same
        }
    }

    /** {@code text} without anything secret that Spotify may have repeated in it. */
    public String redact(String text) {
        return accounts.redact(text);
    }

    /** Keeps a token that was just given out, and returns it. */
    public String keep(Granted granted) {
        Duration half = granted.life().dividedBy(2);
        Duration margin = MARGIN.compareTo(half) < 0 ? MARGIN : half;
        token = granted.accessToken();
        staleAt = clock.instant().plus(granted.life()).minus(margin);
        return token;
    }
}
