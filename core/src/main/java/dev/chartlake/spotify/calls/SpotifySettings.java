package dev.chartlake.spotify.calls;

import dev.chartlake.http.Proxies;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What the environment says about Spotify. */
public final class SpotifySettings {

    /** The app's id. */
    public static final String CLIENT_ID = "SPOTIFY_CLIENT_ID";

    /** The app's secret. */
    public static final String CLIENT_SECRET = "SPOTIFY_CLIENT_SECRET";

    /** A user's refresh token, for machines that keep no sign-in of their own. */
    public static final String REFRESH_TOKEN = "SPOTIFY_REFRESH_TOKEN";

    /** The name of the signed-in user's profile. */
    public static final String PROFILE = "SPOTIFY_PROFILE";

    /** Base of the Web API. */
    public static final String API_URL = "SPOTIFY_API_URL";

    /** Base of the accounts service. */
    public static final String ACCOUNTS_URL = "SPOTIFY_ACCOUNTS_URL";

    /** The longest {@code Retry-After} to wait for, in seconds. */
    public static final String MAX_WAIT = "SPOTIFY_MAX_WAIT";

    /** A name for the developer account that owns the app, for who has several. */
    public static final String DEVELOPER = "SPOTIFY_DEVELOPER";

    /** How many requests all apps of the developer account may send in 24 hours. */
    public static final String BUDGET = "SPOTIFY_DAILY_REQUESTS";

    private static final String ONLY = "default";

    private final Map<String, String> environment;

    /** Reads {@code environment}, which is by names of variables. */
    public SpotifySettings(Map<String, String> environment) {
        this.environment = environment;
    }

    /**
     * Whom to ask, and as which app or user, if the environment alone says it.
     *
     * @throws IllegalArgumentException if something is missing or wrong; the message is for the user and holds no secret
     */
    public SpotifyAccess access() {
        List<String> missing = new ArrayList<>();
        String id = required(CLIENT_ID, missing);
        String secret = refreshToken().isEmpty() ? required(CLIENT_SECRET, missing) : value(CLIENT_SECRET);
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(" and ", missing) + (missing.size() == 1 ? " is" : " are") + " not set."
                            + " Create an app on https://developer.spotify.com/dashboard, then:"
                            + " export SPOTIFY_CLIENT_ID=… SPOTIFY_CLIENT_SECRET=…");
        }
        return access(id, secret);
    }

    /**
     * Whom to ask for a user who signs in, for which the app's id is enough. {@code knownId} is the id if the environment
     * has none.
     *
     * @throws IllegalArgumentException if something is missing or wrong; the message is for the user and holds no secret
     */
    public SpotifyAccess userAccess(String knownId) {
        String id = value(CLIENT_ID).isEmpty() ? knownId : value(CLIENT_ID);
        if (id.isEmpty()) {
            throw new IllegalArgumentException(CLIENT_ID + " is not set. Create an app on"
                    + " https://developer.spotify.com/dashboard, then: export SPOTIFY_CLIENT_ID=…");
        }
        return access(id, value(CLIENT_SECRET));
    }

    /** A user's refresh token. Secret: never print it. */
    public Optional<String> refreshToken() {
        return Optional.of(value(REFRESH_TOKEN)).filter(token -> !token.isEmpty());
    }

    /** The name of the profile to use; empty if the environment names none. */
    public Optional<String> profile() {
        return Optional.of(value(PROFILE)).filter(name -> !name.isEmpty());
    }

    /** Whether the environment has the app's id. */
    public boolean hasId() {
        return !value(CLIENT_ID).isEmpty();
    }

    /** Whether the environment has the app's secret. */
    public boolean hasSecret() {
        return !value(CLIENT_SECRET).isEmpty();
    }

    private SpotifyAccess access(String id, String secret) {
        URI api = apiUrl();
        URI accounts = url(ACCOUNTS_URL, SpotifyAccess.ACCOUNTS);
        Proxies proxies = new Proxies(environment);
        proxies.check(api);
        proxies.check(accounts);
        return SpotifyAccess.of(api, accounts, id, secret)
                .withMaxWait(maxWait())
                .withProxies(proxies);
    }

    /**
     * Base of the Web API, without a slash at its end.
     *
     * @throws IllegalArgumentException if it is not a web address; the message is for the user
     */
    public URI apiUrl() {
        return url(API_URL, SpotifyAccess.API);
    }

    /** Which developer account owns the app; the usual name if the environment names none. */
    public String developer() {
        String value = value(DEVELOPER);
        return value.isEmpty() ? ONLY : value;
    }

    /**
     * How many requests may be sent in 24 hours; empty for any number.
     *
     * @throws IllegalArgumentException if it is no number; the message is for the user
     */
    public OptionalLong budget() {
        String value = value(BUDGET);
        if (value.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!value.matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(BUDGET + " is not a number of requests: '" + value
                    + "'. Give a whole number from 1, or unset it for no budget.");
        }
        return OptionalLong.of(Long.parseLong(value));
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
        throw new IllegalArgumentException(
                variable + " is not a web address" + shown + ". It looks like " + usual + ".");
    }

    private Duration maxWait() {
        String value = value(MAX_WAIT);
        if (value.isEmpty()) {
            return SpotifyAccess.MAX_WAIT;
        }
        if (!value.matches("\\d{1,6}")) {
            throw new IllegalArgumentException(MAX_WAIT + " is not a number of seconds: '" + value
                    + "'. The default is " + SpotifyAccess.MAX_WAIT.toSeconds() + ".");
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }

    /** Without the spaces and line ends that copying brings along. */
    private String value(String variable) {
        return environment.getOrDefault(variable, "").strip();
    }
}
