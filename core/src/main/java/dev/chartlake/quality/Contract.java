package dev.chartlake.quality;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is expected of every day. This is the only place where contracts are declared; each is checked before the day is
 * committed. Data that breaks one is kept as it is and reported, unless its {@link ContractPolicy} is to fail.
 */
public enum Contract {
    /** No two rows of a table have the same key. */
    KEYS_UNIQUE(Severity.ERROR, "no two rows of a table have the same key"),
    /** Every song, album and artist that a row names has a row, and every entry's snapshot. */
    REFERENCES_WHOLE(Severity.ERROR, "every song, album, artist and snapshot that a row names has a row itself"),
    /** {@code observed_at} lies on the day, and of plays {@code played_at}. */
    OBSERVED_ON_DAY(Severity.ERROR, "observed_at lies on the day, and of plays played_at"),
    /** The positions of a snapshot are 1, 2, 3 and so on. */
    POSITIONS_CONTIGUOUS(Severity.WARNING, "the positions of a snapshot are 1, 2, 3 and so on"),
    /** No position of a snapshot was filled twice. */
    POSITIONS_ONCE(Severity.WARNING, "no position of a snapshot is filled twice; the first entry counts"),
    /** A snapshot has as many entries as it says. */
    ENTRIES_COMPLETE(Severity.WARNING, "a snapshot has as many entries as its total says"),
    /** Every value can be read. */
    VALUES_READABLE(
            Severity.WARNING, "every value has the type of its column, or can be read as one; else the column is null"),
    /** Ids are 22 letters and digits. */
    IDS_WELL_FORMED(Severity.WARNING, "ids of songs, albums, artists and playlists are 22 letters and digits"),
    /** Popularity is from 0 to 100. */
    POPULARITY_IN_BOUNDS(Severity.WARNING, "popularity is from 0 to 100"),
    /** Songs last longer than nothing and less than a day. */
    DURATION_IN_BOUNDS(Severity.WARNING, "duration_ms is above 0 and below 24 hours"),
    /** Release dates can be read and lie between 1860 and the end of next year. */
    RELEASE_IN_BOUNDS(Severity.WARNING, "a release date is a date from 1860 to the end of the year after the day"),
    /** Disc and track numbers and the size of an album count from 1. */
    NUMBERS_IN_BOUNDS(Severity.WARNING, "disc_number, track_number and total_tracks are 1 or more"),
    /** Streams, followers and totals are not negative. */
    COUNTS_IN_BOUNDS(Severity.WARNING, "streams, followers and total are 0 or more"),
    /** What a chart reports of the past agrees with itself. */
    REPORTED_IN_BOUNDS(
            Severity.WARNING,
            "reported_peak is from 1 to the position, reported_previous and reported_periods 1 or more"),
    /** Plays last no less than nothing and less than a day. */
    PLAYS_IN_BOUNDS(Severity.WARNING, "ms_played is 0 or more and below 24 hours"),
    /** A snapshot has about as many entries as its list usually has, or as many as the settings allow. */
    VOLUME_IN_RANGE(Severity.WARNING, "a snapshot has about as many entries as its list usually has"),
    /** The fields of the source are those that are known. */
    FIELDS_UNCHANGED(Severity.WARNING, "the source has no unknown field, and no field of old is gone");

    /** How bad it is when a contract is broken, unless a {@link ContractPolicy} says otherwise. */
    public enum Severity {
        /** The tables are wrong. */
        ERROR,
        /** The data is odd. */
        WARNING;

        /** As in manifests and reports, {@code error}. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Severity severity;
    private final String expects;

    Contract(Severity severity, String expects) {
        this.severity = severity;
        this.expects = expects;
    }

    /** As in manifests, reports and settings, {@code keys_unique}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The contract of this {@link #text()}. */
    public static Optional<Contract> of(String text) {
        return Stream.of(values())
                .filter(contract -> contract.text().equals(text))
                .findFirst();
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }

    /** What holds where it is kept, as half a sentence. */
    public String expects() {
        return expects;
    }

    /**
     * True if it looks at nothing but the day's raw objects, so that its findings belong into the manifest. The others
     * compare the day with other days or with settings.
     */
    public boolean isOfTheDayAlone() {
        return this != VOLUME_IN_RANGE && this != FIELDS_UNCHANGED;
    }
}
