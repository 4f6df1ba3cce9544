package dev.chartlake.store;

import java.io.IOException;

/** A store that will not work until its user changes something. The message says what, and holds no secret. */
public class StoreException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What has to be changed. */
    public enum Kind {
        /** The address of the lake or another setting. */
        CONFIGURATION,
        /** Credentials are missing, wrong or expired, or they do not allow it. */
        SIGN_IN
    }

    private final Kind kind;

    /** With what happened, where, and the cure. */
    public StoreException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What has to be changed. */
    public Kind kind() {
        return kind;
    }
}
