package dev.chartlake.spotify.calls;

/** Nothing answers: neither the Web API nor, perhaps, the accounts service. */
public final class UnreachableException extends StopException {
    private static final long serialVersionUID = 1L;

    /** {@code reason} says what was tried and what to check, without a full stop. */
    public UnreachableException(String reason) {
        super(reason);
    }
}
