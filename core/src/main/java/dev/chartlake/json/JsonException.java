package dev.chartlake.json;

import java.io.IOException;

/** A document is not well-formed, or not what it should be. The message says what is wrong, without the place. */
public final class JsonException extends IOException {
    private static final long serialVersionUID = 1L;

    private final long offset;

    /** {@code offset} is in bytes from the start of the document. */
    public JsonException(String message, long offset) {
        super(message);
        this.offset = offset;
    }

    /** Where, in bytes from the start of the document. */
    public long offset() {
        return offset;
    }
}
