package dev.chartlake.query;

import org.jspecify.annotations.Nullable;

/** A query was refused, is wrong or failed. The message is for the person who wrote it. */
public class QueryException extends RuntimeException {

    public QueryException(String message) {
        super(message);
    }

    public QueryException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
