package dev.chartlake.extract;

/** This list cannot be had; others may. The message says what happened and holds no secret. */
abstract class ListException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ListException(String reason) {
        super(reason);
        this.reason = reason;
    }

    /** What happened. */
    String reason() {
        return reason;
    }
}
