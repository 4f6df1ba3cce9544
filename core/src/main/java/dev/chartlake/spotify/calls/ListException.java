package dev.chartlake.spotify.calls;

/** This list cannot be had; others may. The message says what happened and holds no secret. */
public abstract class ListException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public ListException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What happened. */
    public String reason() {
        return reason;
    }
}
