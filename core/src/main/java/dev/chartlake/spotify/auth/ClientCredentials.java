package dev.chartlake.spotify.auth;

import dev.chartlake.spotify.auth.AccountsService.Granted;
import dev.chartlake.spotify.auth.AccountsService.Proof;
import dev.chartlake.spotify.calls.ListException;
import java.util.Map;

/** Signs the app itself in, without a user. It needs the app's secret. */
public final class ClientCredentials implements Grant {

    @Override
    public Granted ask(AccountsService accounts) throws ListException {
        return accounts.ask(
                Map.of("grant_type", "client_credentials"),
                Proof.SECRET,
                "the app",
                code -> "Compare SPOTIFY_CLIENT_ID and SPOTIFY_CLIENT_SECRET with the app's page on"
                        + " https://developer.spotify.com/dashboard; a rotated secret ends the old one.");
    }

    @Override
    public boolean isUser() {
        return false;
    }
}
