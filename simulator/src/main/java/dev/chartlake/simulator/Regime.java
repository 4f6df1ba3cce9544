package dev.chartlake.simulator;

import dev.chartlake.simulator.answer.Dialect;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Which kind of app the caller is: what its answers look like, and what is refused to whom. */
public enum Regime {
    /** An app with extended quota, since before 27 November 2024. */
    EXTENDED("extended", Dialect.LEGACY),
    /** An app in development mode, made before 11 February 2026. */
    LEGACY_DEV("legacy-dev", Dialect.TRANSITION),
    /** An app in development mode, made since. */
    DEV("dev", Dialect.Y2026);

    private final String label;
    private final Dialect dialect;

    Regime(String label, Dialect dialect) {
        this.label = label;
        this.dialect = dialect;
    }

    /** How the command line spells it. */
    public String label() {
        return label;
    }

    /** What its answers look like. */
    public Dialect dialect() {
        return dialect;
    }

    /** The regime whose answers look so. */
    static Regime of(Dialect dialect) {
        return dialect == Dialect.LEGACY ? EXTENDED : dialect == Dialect.TRANSITION ? LEGACY_DEV : DEV;
    }

    /** Reads a {@link #label}; anything else is an IllegalArgumentException. */
    public static Regime parse(String text) {
        for (Regime regime : values()) {
            if (regime.label.equals(text)) {
                return regime;
            }
        }
        throw new IllegalArgumentException("Unknown regime '" + text + "'. Valid: "
                + Arrays.stream(values()).map(Regime::label).collect(Collectors.joining(", ")));
    }
}
