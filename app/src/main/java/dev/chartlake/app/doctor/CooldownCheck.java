package dev.chartlake.app.doctor;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.spotify.SpotifyVisit;
import dev.chartlake.spotify.limits.Cooldown;
import java.util.List;
import java.util.Optional;

/** Whether Spotify wants no requests for now. */
final class CooldownCheck implements Check {

    private final SpotifyVisit visit;

    CooldownCheck(SpotifyVisit visit) {
        this.visit = visit;
    }

    @Override
    public String name() {
        return "limit";
    }

    @Override
    public List<Diagnosis> findings() {
        Optional<Cooldown> cooldown = visit.cooldown();
        if (cooldown.isEmpty()) {
            return List.of(Diagnosis.ok(name(), "No limit of Spotify's is in force."));
        }
        return List.of(Diagnosis.problem(
                name(),
                "Spotify wants no requests before " + cooldown.get().notBefore() + ": "
                        + cooldown.get().reason() + "."
                        + (visit.requests() == 0 ? " Nothing was asked." : ""),
                "Run the same command then. Requests before that only make the wait longer.",
                ExitCode.RATE_LIMITED));
    }
}
