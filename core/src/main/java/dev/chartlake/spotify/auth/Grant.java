package dev.chartlake.spotify.auth;

import dev.chartlake.spotify.auth.AccountsService.Granted;
import dev.chartlake.spotify.calls.ListException;

/** Where access tokens come from: the app itself, or a user who signed in. Used by one thread. */
public interface Grant {

    /**
     * Asks once for a new access token.
     *
     * @throws dev.chartlake.spotify.calls.SignInException if Spotify refuses, or if what is kept of the sign-in cannot be
     *     read or written
     * @throws dev.chartlake.spotify.calls.TransientException if there is no usable answer
     */
    Granted ask(AccountsService accounts) throws ListException;

    /** Whether the tokens are a user's, so that they open the user's own lists. */
    boolean isUser();
}
