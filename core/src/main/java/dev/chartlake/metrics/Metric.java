package dev.chartlake.metrics;

import java.util.Locale;

/** All that is measured, in the units it is measured in. */
public enum Metric {
    /** Snapshots archived that were not there before. */
    SNAPSHOTS_TAKEN(Unit.COUNT),
    /** Lists of which no snapshot could be had. */
    LISTS_FAILED(Unit.COUNT),
    /** 1 if Spotify wants to be left alone. */
    RATE_LIMITED(Unit.COUNT),
    /** How old the newest snapshot in the lake is. */
    SNAPSHOT_AGE(Unit.SECONDS),
    /** Days computed and committed. */
    DAYS_COMMITTED(Unit.COUNT),
    /** Days that could not be. */
    DAYS_FAILED(Unit.COUNT),
    /** Entries in the raw objects of the days committed. */
    ENTRIES_READ(Unit.COUNT),
    /** Rows of {@code playlist_entries} in these days. */
    ENTRIES_WRITTEN(Unit.COUNT),
    /** Entries set aside, because the same snapshot had filled their position. */
    ENTRIES_REPEATED(Unit.COUNT),
    /** Raw objects set aside as unreadable. */
    OBJECTS_QUARANTINED(Unit.COUNT),
    /** Contracts that these days break, warnings included. */
    CONTRACTS_BROKEN(Unit.COUNT);

    private final Unit unit;

    Metric(Unit unit) {
        this.unit = unit;
    }

    /** Its name in logs and dashboards: lower case, with underscores. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its values are. */
    public Unit unit() {
        return unit;
    }

    /** What values are. */
    public enum Unit {
        /** A number of things. */
        COUNT,
        /** A duration. */
        SECONDS
    }
}
