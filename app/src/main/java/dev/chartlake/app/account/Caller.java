package dev.chartlake.app.account;

import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.Grant;
import dev.chartlake.spotify.calls.SpotifyAccess;
import java.time.Instant;
import java.util.Optional;

/**
 * Whom to ask, and as whom.
 *
 * @param profile the profile's name; {@link Profiles#DEFAULT} too if no profile is used
 * @param consent the sign-in that is stored; empty if none is used
 */
public record Caller(SpotifyAccess access, Grant grant, String profile, Optional<Consent> consent) {

    /** What to tell the user because the sign-in ends soon; empty if it does not. */
    public Optional<String> warning(Instant now) {
        return consent.filter(stored -> stored.endsSoon(now))
                .map(stored -> "The sign-in of profile " + profile
                        + (now.isBefore(stored.endsAt()) ? " ends on " : " has ended on ")
                        + stored.endsAt().toString().substring(0, 10)
                        + ", six months after the user agreed. Sign in again: " + Profiles.login(profile));
    }
}
