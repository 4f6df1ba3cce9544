package dev.chartlake.spotify.calls;

import java.time.Instant;

/** An earlier run was told to wait, and the time is not over. Nothing was asked. */
public final class CooldownException extends RateLimitException {
    private static final long serialVersionUID = 1L;

    /** {@code reason} says what Spotify answered then. */
    public CooldownException(Instant notBefore, String reason) {
        super(notBefore, reason);
    }
}
