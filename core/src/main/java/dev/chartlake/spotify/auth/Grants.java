package dev.chartlake.spotify.auth;

import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.SpotifySettings;
import java.time.Instant;

/** Which grant the environment asks for. */
public final class Grants {

    private Grants() {}

    /** A user's, if there is a refresh token, which is then stored nowhere; else the app's own. */
    public static Grant of(SpotifySettings settings, SpotifyAccess access) {
        if (settings.refreshToken().isEmpty()) {
            return new ClientCredentials();
        }
        Consent consent = new Consent(
                access.clientId(),
                access.accountsUrl().toString(),
                "",
                "",
                "",
                Instant.EPOCH,
                settings.refreshToken().get());
        TokenStore store = new MemoryTokenStore(
                consent,
                SpotifySettings.REFRESH_TOKEN,
                "Sign in with ./chartlake login, and set SPOTIFY_REFRESH_TOKEN to the new refresh token.");
        return access.hasSecret() ? RefreshToken.withSecret(store) : RefreshToken.of(store);
    }
}
