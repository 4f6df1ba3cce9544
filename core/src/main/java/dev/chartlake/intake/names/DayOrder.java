package dev.chartlake.intake.names;

/** How a date is read whose year comes last, such as {@code 04-01-2024}. */
public enum DayOrder {
    /** Not at all: it can be the 4th of January or the 1st of April. */
    UNKNOWN,
    /** The day comes first. */
    DAY_FIRST
}
