package dev.chartlake.spotify.calls;

import dev.chartlake.http.Proxies;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/**
 * Whom to ask, as whom, and how patiently.
 *
 * @param apiUrl base of the Web API, without a slash at its end
 * @param accountsUrl base of the accounts service, without a slash at its end
 * @param clientId the app's id
 * @param clientSecret the app's secret, empty if it is not known; in no message, log or file
 * @param maxWait the longest that one {@code Retry-After} is waited for; beyond it the run stops
 * @param gap the time between two requests
 * @param proxies which proxy to ask through
 */
public record SpotifyAccess(
        URI apiUrl,
        URI accountsUrl,
        String clientId,
        String clientSecret,
        Duration maxWait,
        Duration gap,
        Proxies proxies) {

    /** Spotify's own Web API. */
    public static final URI API = URI.create("https://api.spotify.com/v1");

    /** Spotify's own accounts service. */
    public static final URI ACCOUNTS = URI.create("https://accounts.spotify.com");

    /** The default of {@link #maxWait}. */
    public static final Duration MAX_WAIT = Duration.ofSeconds(60);

    /** Spotify publishes no number; three a second has been too fast for new apps. */
    private static final Duration POLITE_GAP = Duration.ofMillis(200);

    /** Defaults: waits {@link #MAX_WAIT} at most; no proxy; paced against Spotify itself, unpaced against anything else. */
    public static SpotifyAccess of(URI apiUrl, URI accountsUrl, String clientId, String clientSecret) {
        Duration gap = API.getHost().equalsIgnoreCase(apiUrl.getHost()) ? POLITE_GAP : Duration.ZERO;
        return new SpotifyAccess(apiUrl, accountsUrl, clientId, clientSecret, MAX_WAIT, gap, Proxies.NONE);
    }

    /** The same with another {@link #maxWait}. */
    public SpotifyAccess withMaxWait(Duration longest) {
        return new SpotifyAccess(apiUrl, accountsUrl, clientId, clientSecret, longest, gap, proxies);
    }

    /** The same through {@code others}. */
    public SpotifyAccess withProxies(Proxies others) {
        return new SpotifyAccess(apiUrl, accountsUrl, clientId, clientSecret, maxWait, gap, others);
    }

    /** Whether the app's secret is known. A user can sign in without it. */
    public boolean hasSecret() {
        return !clientSecret.isEmpty();
    }

    /** The client's id and secret as the value of an {@code Authorization} header. Secret: never print it. */
    public String basic() {
        String both = clientId + ":" + clientSecret;
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "SpotifyAccess[" + apiUrl + ", " + accountsUrl + ", client " + clientId + "]";
    }
}
