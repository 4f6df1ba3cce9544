package dev.chartlake.simulator.answer;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Which app the Web API takes the caller for: what it serves and what its answers look like depend on that. */
public enum Dialect {
    /**
     * An app with extended quota: both endpoints, rows with {@code track} (and {@code item} where {@code /items} is
     * asked), Spotify's own lists readable.
     */
    LEGACY("legacy"),
    /** A development app from before February 2026: both endpoints, rows with both {@code track} and {@code item}. */
    TRANSITION("transition"),
    /** A development app since February 2026: {@code /items} only, rows with {@code item}, fewer fields. */
    Y2026("2026");

    private final String label;

    Dialect(String label) {
        this.label = label;
    }

    /** How the command line spells it. */
    public String label() {
        return label;
    }

    /** Reads {@code legacy}, {@code transition} or {@code 2026}; anything else is an IllegalArgumentException. */
    public static Dialect parse(String text) {
        for (Dialect dialect : values()) {
            if (dialect.label.equals(text)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("Unknown dialect '" + text + "'. Valid: "
                + Arrays.stream(values()).map(Dialect::label).collect(Collectors.joining(", ")));
    }

    /** Whether answers carry what was there before February 2026. */
    public boolean old() {
        return this != Y2026;
    }

    /** Whether answers carry what came in February 2026. */
    public boolean modern() {
        return this != LEGACY;
    }
}
