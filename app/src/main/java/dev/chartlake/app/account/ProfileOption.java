package dev.chartlake.app.account;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which signed-in user a command asks as. */
public final class ProfileOption {

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "The profile of the signed-in user. Default: SPOTIFY_PROFILE, then 'default'")
    private @Nullable String profile;

    /** The profile that is named; empty if none is. */
    public Optional<String> named() {
        return Optional.ofNullable(profile);
    }
}
