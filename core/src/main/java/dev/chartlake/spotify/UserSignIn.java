package dev.chartlake.spotify;

import dev.chartlake.http.Pause;
import dev.chartlake.http.Transport;
import dev.chartlake.http.UrlTransport;
import dev.chartlake.spotify.api.Me;
import dev.chartlake.spotify.api.WebApi;
import dev.chartlake.spotify.auth.AccountsService;
import dev.chartlake.spotify.auth.AccountsService.Granted;
import dev.chartlake.spotify.auth.Authorization;
import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.MemoryTokenStore;
import dev.chartlake.spotify.auth.RefreshToken;
import dev.chartlake.spotify.auth.Tokens;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.Retries;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;

/** The end of a user's sign-in: the code becomes a consent, and Spotify says whose it is. */
public final class UserSignIn {

    private final SpotifyAccess access;
    private final Clock clock;

    public UserSignIn(SpotifyAccess access, Clock clock) {
        this.access = access;
        this.clock = clock;
    }

    /**
     * What came of it.
     *
     * @param unnamed why Spotify did not say whose it is, without a full stop; empty if it did
     */
    public record SignedIn(Consent consent, String unnamed) {}

    /**
     * Turns the code into tokens. Not knowing the user's name is not an error, but if Spotify does not let the user in, there
     * is no sign-in.
     *
     * @throws ListException if Spotify refuses, or does not answer
     */
    public SignedIn finish(Authorization authorization, String code) throws ListException, InterruptedException {
        Transport transport = new UrlTransport(access.proxies());
        Retries retries = new Retries(clock, Pause.REAL, ThreadLocalRandom.current(), access.maxWait());
        AccountsService accounts = new AccountsService(access, transport, clock);
        Granted granted = retries.run(() -> authorization.exchange(accounts, code));
        if (granted.refreshToken().isEmpty()) {
            throw new SignInException(
                    "Spotify signed the user in, but gave out no refresh token. Run the same command" + " again.");
        }
        Consent consent = new Consent(
                access.clientId(),
                access.accountsUrl().toString(),
                "",
                "",
                granted.scopes().isEmpty() ? Authorization.SCOPES : granted.scopes(),
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                granted.refreshToken());
        MemoryTokenStore store = new MemoryTokenStore(consent, "this sign-in", "Run the same command again.");
        Tokens tokens = new Tokens(accounts, RefreshToken.of(store), retries, clock);
        tokens.keep(granted);
        // A refresh in between may rotate the token, so the store is asked for it.
        try {
            Me me = new WebApi(access, transport, tokens, retries, clock, Pause.REAL).me();
            return new SignedIn(store.read().orElse(consent).of(me.id(), me.name()), "");
        } catch (RateLimitException e) {
            return new SignedIn(store.read().orElse(consent), e.reason());
        } catch (ListException e) {
            return new SignedIn(store.read().orElse(consent), e.reason());
        }
    }
}
