package dev.chartlake.quality;

import dev.chartlake.quality.Contract.Severity;
import java.util.Locale;

/** What to do when a contract is broken. */
public enum ContractPolicy {
    /** The day is not committed. */
    FAIL,
    /** The day is committed, and what was found is said. */
    WARN,
    /** Nothing is said. */
    OFF;

    /** As in settings, {@code fail}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is done unless the settings say otherwise. */
    static ContractPolicy of(Severity severity) {
        return severity == Severity.ERROR ? FAIL : WARN;
    }
}
