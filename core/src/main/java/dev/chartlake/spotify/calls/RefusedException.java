package dev.chartlake.spotify.calls;

/** Spotify said no, and would say so again. */
public final class RefusedException extends ListException {
    private static final long serialVersionUID = 1L;

    private final int status;

    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The HTTP status. */
    public int status() {
        return status;
    }
}
