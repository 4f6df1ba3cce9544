package dev.chartlake.spotify.calls;

import java.time.Instant;

/** Spotify wants no more requests for longer than this run is willing to wait. */
public sealed class RateLimitException extends StopException permits CooldownException, BudgetException {
    private static final long serialVersionUID = 1L;

    private final Instant notBefore;
    private final Whose whose;

    /** Whose requests Spotify counts. */
    public enum Whose {
        /** Those of one app. */
        APP,
        /** Those of all apps of a developer account. */
        DEVELOPER
    }

    /** A limit of the app. {@code reason} says what Spotify answered. */
    public RateLimitException(Instant notBefore, String reason) {
        this(notBefore, reason, Whose.APP);
    }

    /** {@code reason} says what Spotify answered. */
    public RateLimitException(Instant notBefore, String reason, Whose whose) {
        super(reason);
        this.notBefore = notBefore;
        this.whose = whose;
    }

    /** Who has to wait. */
    public Whose whose() {
        return whose;
    }

    /** When to come back, by this machine's clock. */
    public Instant notBefore() {
        return notBefore;
    }
}
