package dev.chartlake.app;

import dev.chartlake.extract.SpotifyAccess;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What the environment says about Spotify. */
final class SpotifySettings {

    static final String CLIENT_ID = "SPOTIFY_CLIENT_ID";
    static final String CLIENT_SECRET = "SPOTIFY_CLIENT_SECRET";
    static final String API_URL = "SPOTIFY_API_URL";
    static final String ACCOUNTS_URL = "SPOTIFY_ACCOUNTS_URL";

    /** The longest {@code Retry-After} to wait for, in seconds. */
    static final String MAX_WAIT = "SPOTIFY_MAX_WAIT";

    private final Settings settings;

    SpotifySettings(Settings settings) {
        this.settings = settings;
    }

    /** Throws {@link Failure} when something is missing or wrong; the message holds no secret. */
    SpotifyAccess access() {
        List<String> missing = new ArrayList<>();
        String id = required(CLIENT_ID, missing);
        String secret = required(CLIENT_SECRET, missing);
        if (!missing.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE,
                    String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " not set."
                            + " Create an app on https://developer.spotify.com/dashboard, then:"
                            + " export SPOTIFY_CLIENT_ID=… SPOTIFY_CLIENT_SECRET=…");
        }
        return SpotifyAccess.of(url(API_URL, SpotifyAccess.API), url(ACCOUNTS_URL, SpotifyAccess.ACCOUNTS), id, secret)
                .withMaxWait(maxWait());
    }

    private String required(String variable, List<String> missing) {
        String value = value(variable);
        if (value.isEmpty()) {
            missing.add(variable);
        }
        return value;
    }

    private URI url(String variable, URI usual) {
        String value = value(variable);
        if (value.isEmpty()) {
            return usual;
        }
        try {
            URI uri = new URI(value.replaceAll("/+$", ""));
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            boolean plain = uri.getUserInfo() == null && uri.getQuery() == null && uri.getFragment() == null;
            if (web && plain && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // The message below says it; that of the exception repeats the value, which may hold a password.
        }
        String shown = value.contains("@") ? "" : ": '" + value + "'";
        throw new Failure(
                ExitCode.USAGE, variable + " is not a web address" + shown + ". It looks like " + usual + ".");
    }

    private Duration maxWait() {
        String value = value(MAX_WAIT);
        if (value.isEmpty()) {
            return SpotifyAccess.MAX_WAIT;
        }
        if (!value.matches("\\d{1,6}")) {
            throw new Failure(
                    ExitCode.USAGE,
                    MAX_WAIT + " is not a number of seconds: '" + value + "'. The default is "
                            + SpotifyAccess.MAX_WAIT.toSeconds() + ".");
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }

    /** Without the spaces and line ends that copying brings along. */
    private String value(String variable) {
        return settings.environment().getOrDefault(variable, "").strip();
    }
}
