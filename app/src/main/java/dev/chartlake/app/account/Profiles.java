package dev.chartlake.app.account;

import dev.chartlake.app.settings.MachineFolder;
import dev.chartlake.outcome.ErrorText;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import dev.chartlake.spotify.auth.ClientCredentials;
import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.FileTokenStore;
import dev.chartlake.spotify.auth.Grants;
import dev.chartlake.spotify.auth.RefreshToken;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.SpotifySettings;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** The users who signed in on this machine, each by the name of a profile, and which of them a command asks as. */
public final class Profiles {

    /** The profile that is used when none is named. */
    public static final String DEFAULT = "default";

    /** Without capitals, because some disks do not tell them apart. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9_-]{0,39}");

    private static final String ENDING = ".json";

    private final Path folder;
    private final SpotifySettings settings;

    /** Reads {@code environment}, which is by names of variables. */
    public Profiles(Map<String, String> environment) {
        this.settings = new SpotifySettings(environment);
        this.folder = home(environment).resolve("accounts");
    }

    private static Path home(Map<String, String> environment) {
        Optional<Path> own = MachineFolder.own(environment);
        if (own.isPresent()) {
            return own.get().toAbsolutePath();
        }
        String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "").strip();
        Path base = configuration.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".config")
                : Path.of(configuration).toAbsolutePath();
        return base.resolve("chartlake");
    }

    /** The name of the profile that a user is signed in or out as. Throws {@link Failure} if it cannot be one. */
    public String name(Optional<String> named) {
        String name = named.or(settings::profile).orElse(DEFAULT);
        if (!NAME.matcher(name).matches()) {
            throw new Failure(
                    ExitCode.USAGE,
                    "Not the name of a profile: '" + name
                            + "'. It has up to 40 small letters, digits, '_' and '-', and begins with a letter or digit.");
        }
        return name;
    }

    /** The store of a profile. */
    public FileTokenStore store(String profile) {
        return new FileTokenStore(folder, profile + ENDING, "profile " + profile, "Sign in again: " + login(profile));
    }

    /** The names of the profiles that there are, sorted. */
    public List<String> all() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ENDING)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    String profile = name.substring(0, name.length() - ENDING.length());
                    if (NAME.matcher(profile).matches()) {
                        names.add(profile);
                    }
                }
            }
        }
        return List.copyOf(names);
    }

    /** The command that signs in a profile. */
    static String login(String profile) {
        return "./chartlake login" + (profile.equals(DEFAULT) ? "" : " --profile " + profile);
    }

    /** Whom to ask for a user who is about to sign in. {@code before} is what is stored of an earlier sign-in. */
    public SpotifyAccess access(Optional<Consent> before) {
        return checked(() -> settings.userAccess(before.map(Consent::clientId).orElse("")));
    }

    /**
     * Whom to ask, and as whom: the profile that is named, a refresh token of the environment, the profile of the
     * environment, the profile {@link #DEFAULT} if it is there and of this app, the app itself.
     *
     * @throws Failure if no sign-in is there, or the named profile has none
     */
    public Caller caller(Optional<String> named) throws IOException {
        if (named.isEmpty() && settings.refreshToken().isPresent()) {
            SpotifyAccess access = checked(settings::access);
            String profile = name(Optional.empty());
            return new Caller(access, Grants.of(settings, access), profile, Optional.empty());
        }
        String profile = name(named);
        boolean chosen = named.isPresent() || settings.profile().isPresent();
        Optional<Consent> stored = read(profile);
        if (stored.isEmpty() && chosen) {
            throw new Failure(
                    ExitCode.SIGN_IN,
                    "No user is signed in as profile " + profile + ". Sign in: " + login(profile) + others());
        }
        if (stored.isPresent()) {
            Consent consent = stored.get();
            SpotifyAccess access = access(stored);
            if (consent.clientId().equals(access.clientId())
                    && consent.accountsUrl().equals(access.accountsUrl().toString())) {
                return new Caller(access, RefreshToken.of(store(profile)), profile, stored);
            }
            if (chosen || !settings.hasSecret()) {
                throw new Failure(
                        ExitCode.SIGN_IN,
                        "Profile " + profile + " signed in at " + consent.accountsUrl() + " with the app "
                                + consent.clientId() + ", but now it is " + access.accountsUrl() + " with the app "
                                + access.clientId() + ". Correct SPOTIFY_CLIENT_ID and SPOTIFY_ACCOUNTS_URL, or sign in"
                                + " again: " + login(profile));
            }
        }
        return new Caller(checked(this::app), new ClientCredentials(), DEFAULT, Optional.empty());
    }

    private SpotifyAccess app() {
        if (!settings.hasId()) {
            throw new IllegalArgumentException("SPOTIFY_CLIENT_ID is not set. Create an app on"
                    + " https://developer.spotify.com/dashboard, then: export SPOTIFY_CLIENT_ID=… Then sign in as a user,"
                    + " ./chartlake login, or as the app: export SPOTIFY_CLIENT_SECRET=…");
        }
        if (!settings.hasSecret()) {
            throw new IllegalArgumentException(
                    "No user is signed in, and SPOTIFY_CLIENT_SECRET is not set. Sign in as a"
                            + " user: ./chartlake login. Or sign in as the app: export SPOTIFY_CLIENT_SECRET=…, which is on the"
                            + " app's page on https://developer.spotify.com/dashboard. Apps made since 11 February 2026 can read"
                            + " lists only for a user.");
        }
        return settings.access();
    }

    private Optional<Consent> read(String profile) throws IOException {
        try {
            return store(profile).read();
        } catch (IOException e) {
            throw new Failure(ExitCode.SIGN_IN, ErrorText.of(e));
        }
    }

    private String others() throws IOException {
        List<String> all = all();
        return all.isEmpty() ? "" : ". Signed in are: " + String.join(", ", all) + ".";
    }

    private static <T> T checked(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }
}
