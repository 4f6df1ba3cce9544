package dev.chartlake.app.doctor;

import dev.chartlake.app.account.Caller;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.api.Me;
import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.calls.AddressException;
import dev.chartlake.spotify.calls.StopException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Who asks Spotify, and whether Spotify accepts it. */
final class SignInCheck implements Check {

    private final Caller caller;
    private final SpotifyVisit visit;
    private final Instant now;

    SignInCheck(Caller caller, SpotifyVisit visit, Instant now) {
        this.caller = caller;
        this.visit = visit;
        this.now = now;
    }

    @Override
    public String name() {
        return "sign-in";
    }

    @Override
    public List<Diagnosis> findings() {
        List<Diagnosis> findings = new ArrayList<>();
        findings.add(answer(way()));
        caller.warning(now).ifPresent(text -> {
            int cure = text.indexOf(" Sign in again: ");
            findings.add(Diagnosis.warning(name(), text.substring(0, cure), text.substring(cure + 1)));
        });
        return findings;
    }

    private Diagnosis answer(String way) {
        Optional<StopException> stopped = visit.stopped();
        if (stopped.isPresent()) {
            int code = stopped.get() instanceof AddressException ? ExitCode.USAGE : ExitCode.SIGN_IN;
            String reason = stopped.get().reason();
            int cure = reason.indexOf(". ");
            return cure < 0
                    ? Diagnosis.problem(name(), way + " " + reason, "Sign in again: ./chartlake login", code)
                    : Diagnosis.problem(
                            name(), way + " " + reason.substring(0, cure + 1), reason.substring(cure + 2), code);
        }
        return visit.signedIn()
                ? Diagnosis.ok(name(), way)
                : Diagnosis.skipped(name(), way + " Spotify did not confirm it.");
    }

    private String way() {
        String app = caller.access().clientId();
        if (!caller.grant().isUser()) {
            return "As the app " + app + ", with its secret and without a user.";
        }
        String user = visit.user().map(SignInCheck::shown).orElse("");
        if (caller.consent().isEmpty()) {
            return "By the refresh token in SPOTIFY_REFRESH_TOKEN" + user + ", for the app " + app
                    + ". When the user agreed is not known.";
        }
        Consent consent = caller.consent().get();
        return "By profile " + caller.profile() + (user.isEmpty() ? stored(consent) : user) + ", for the app " + app
                + ". The user agreed on " + day(consent.at()) + ", and Spotify ends it on " + day(consent.endsAt())
                + ".";
    }

    private static String shown(Me me) {
        return shown(me.id(), me.name());
    }

    private static String stored(Consent consent) {
        return shown(consent.user(), consent.name());
    }

    private static String shown(String id, String name) {
        return id.isEmpty() ? "" : ", user " + (name.isEmpty() ? id : name + " (" + id + ")");
    }

    private static String day(Instant instant) {
        return instant.toString().substring(0, 10);
    }
}
