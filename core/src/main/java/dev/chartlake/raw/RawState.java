package dev.chartlake.raw;

/** Where in the lake a raw object is, which says what has happened to it. */
public enum RawState {
    /** Waiting for a transform of its day. */
    TO_PROCESS("raw_data/to_process/"),
    /** Part of a committed day. */
    PROCESSED("raw_data/processed/"),
    /** Unreadable; an {@code .error.json} beside it says why. */
    QUARANTINE("raw_data/quarantine/");

    private final String prefix;

    RawState(String prefix) {
        this.prefix = prefix;
    }

    /** The key prefix, with a trailing slash. */
    public String prefix() {
        return prefix;
    }
}
