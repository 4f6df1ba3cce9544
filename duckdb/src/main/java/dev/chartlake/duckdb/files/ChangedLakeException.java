package dev.chartlake.duckdb.files;

import java.io.IOException;

/** Files of the lake are not as they were committed, so an answer could be wrong. The message names one, and the cure. */
public final class ChangedLakeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** With the file, what is wrong with it, and the command that mends it. */
    public ChangedLakeException(String message) {
        super(message);
    }
}
