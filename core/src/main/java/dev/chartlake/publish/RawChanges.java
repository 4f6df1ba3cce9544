package dev.chartlake.publish;

/** What a transform does with a day of which raw objects are missing or changed since it was committed. */
public enum RawChanges {
    /** Fails the day, which keeps its tables: rows would be lost without a word. */
    REFUSE,
    /** Computes the day from what is there: its raw objects were deleted or edited on purpose. */
    ACCEPT
}
