package dev.chartlake.spotify.calls;

import java.time.Instant;

/** Spotify wants no more requests for longer than this run is willing to wait. */
public sealed class RateLimitException extends StopException permits CooldownException {
    private static final long serialVersionUID = 1L;

    private final Instant notBefore;

    /** {@code reason} says what Spotify answered. */
    public RateLimitException(Instant notBefore, String reason) {
        super(reason);
        this.notBefore = notBefore;
    }

    /** When to come back, by this machine's clock. */
    public Instant notBefore() {
        return notBefore;
    }
}
