package dev.chartlake.spotify.calls;

import java.time.Instant;

/** The budget of requests that the user has set is used up. */
public final class BudgetException extends RateLimitException {
    private static final long serialVersionUID = 1L;

    /** {@code budget} is the number of requests in 24 hours. */
    public BudgetException(Instant notBefore, long budget) {
        super(
                notBefore,
                "The budget of " + budget + " requests in 24 hours, set by " + SpotifySettings.BUDGET + ", is used up",
                Whose.DEVELOPER);
    }
}
