package dev.chartlake.extract;

/** Spotify said no, and would say so again. */
final class RefusedException extends ListException {
    private static final long serialVersionUID = 1L;

    private final int status;

    RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
