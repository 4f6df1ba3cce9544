package dev.chartlake.spotify.auth;

import dev.chartlake.outcome.ErrorText;
import dev.chartlake.spotify.auth.AccountsService.Granted;
import dev.chartlake.spotify.auth.AccountsService.Proof;
import dev.chartlake.spotify.calls.ListException;
import dev.chartlake.spotify.calls.SignInException;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Access tokens of a user who signed in earlier. A refresh token that Spotify rotates is stored before it is used. */
public final class RefreshToken implements Grant {

    private final TokenStore store;
    private final Proof proof;

    private RefreshToken(TokenStore store, Proof proof) {
        this.store = store;
        this.proof = proof;
    }

    /** Of a sign-in with PKCE, for which the app's id is enough. */
    public static RefreshToken of(TokenStore store) {
        return new RefreshToken(store, Proof.ID);
    }

    /** Of a sign-in of an app that proves itself with its secret. */
    public static RefreshToken withSecret(TokenStore store) {
        return new RefreshToken(store, Proof.SECRET);
    }

    @Override
    public Granted ask(AccountsService accounts) throws ListException {
        try (Closeable lock = store.lock()) {
            Consent consent = store.read()
                    .orElseThrow(() -> new SignInException(
                            "No user is signed in any more: " + store.name() + " is gone. " + store.cure()));
            Granted granted = accounts.ask(
                    Map.of("grant_type", "refresh_token", "refresh_token", consent.refreshToken()),
                    proof,
                    "the user of " + store.name(),
                    cure());
            if (!granted.refreshToken().isEmpty() && !granted.refreshToken().equals(consent.refreshToken())) {
                keep(consent.withRefreshToken(granted.refreshToken()));
            }
            return granted;
        } catch (IOException e) {
            throw new SignInException("The sign-in of " + store.name() + " cannot be read. " + ErrorText.of(e));
        }
    }

    /** The token before is dead already, so a failure here costs a new sign-in. */
    private void keep(Consent consent) throws SignInException {
        try {
            store.write(consent);
        } catch (IOException e) {
            throw new SignInException("Spotify gave out a new token for " + store.name() + ", and it cannot be kept. "
                    + ErrorText.of(e) + " Then: " + store.cure());
        }
    }

    /** The token stays where it is: Spotify has refused good ones during an incident. */
    private UnaryOperator<String> cure() {
        return code -> code.equals("invalid_grant")
                ? "The sign-in has ended: six months after the user agreed, or because the user removed the app's access. "
                        + store.cure()
                : "Compare SPOTIFY_CLIENT_ID with the app's page on https://developer.spotify.com/dashboard. "
                        + store.cure();
    }

    @Override
    public boolean isUser() {
        return true;
    }
}
