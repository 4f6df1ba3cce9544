package dev.chartlake.spotify.calls;

/** Ends all work with Spotify in this run, because every further request would meet the same answer. */
public abstract sealed class StopException extends RuntimeException
        permits SignInException, RateLimitException, UnreachableException, AddressException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    StopException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What happened; holds no secret. */
    public String reason() {
        return reason;
    }
}
