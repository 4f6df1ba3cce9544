package dev.chartlake.load;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A warehouse cannot be loaded; the message says why and what to do about it, and holds no secret. */
public final class WarehouseException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Who can do something about it. */
    public enum Kind {
        /** Settings are missing or wrong: no region, no such table. */
        CONFIGURATION,
        /** Credentials are missing or refused. */
        SIGN_IN,
        /** It does not answer, or wants less to do: a later load may succeed. */
        UNAVAILABLE
    }

    private final Kind kind;

    public WarehouseException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** What kind of failure it is, which decides the exit code. */
    public Kind kind() {
        return kind;
    }
}
