package dev.chartlake.app.doctor;

import dev.chartlake.spotify.calls.SpotifyAccess;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Whether this machine's clock and Spotify's agree. */
final class ClockCheck implements Check {

    private static final Duration ALLOWED = Duration.ofSeconds(60);

    /** A wrong clock is off by minutes or hours; a difference of days is a simulated date. */
    private static final Duration ANOTHER_DAY = Duration.ofHours(12);

    private final URI server;
    private final Optional<Duration> ahead;

    /** {@code ahead} is how far the clock of {@code server} is ahead of this machine's; empty if it is not known. */
    ClockCheck(URI server, Optional<Duration> ahead) {
        this.server = server;
        this.ahead = ahead;
    }

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Diagnosis> findings() {
        if (ahead.isEmpty()) {
            return List.of(Diagnosis.skipped(name(), "There is no answer to compare this machine's clock with."));
        }
        Duration off = ahead.get().abs();
        if (off.compareTo(ALLOWED) <= 0) {
            return List.of(Diagnosis.ok(name(), "This machine's clock is right to a minute."));
        }
        boolean spotifys = SpotifyAccess.ACCOUNTS.getHost().equalsIgnoreCase(server.getHost());
        if (!spotifys && off.compareTo(ANOTHER_DAY) > 0) {
            return List.of(Diagnosis.ok(
                    name(),
                    server + " is not Spotify's and plays another day, " + text(off)
                            + (ahead.get().isNegative() ? " before" : " after")
                            + " this machine's time. That says nothing of this machine's clock."));
        }
        return List.of(Diagnosis.warning(
                name(),
                "This machine's clock is " + text(off) + (ahead.get().isNegative() ? " ahead of" : " behind")
                        + " that of " + server.getHost()
                        + ". Waits, the age of snapshots and the end of the sign-in are counted wrongly.",
                "Set the clock by the network: sudo timedatectl set-ntp true"));
    }

    private static String text(Duration time) {
        if (time.toDays() > 1) {
            return time.toDays() + " days";
        }
        if (time.toHours() > 1) {
            return time.toHours() + " hours";
        }
        return time.toSeconds() < 600 ? time.toSeconds() + " seconds" : time.toMinutes() + " minutes";
    }
}
