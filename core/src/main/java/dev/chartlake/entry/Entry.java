package dev.chartlake.entry;

import dev.chartlake.text.Strings;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a list. Texts are numbers of {@link Strings}; numbers that are not known are {@link #NO_INT} or
 * {@link #NO_LONG}. Reused: valid until the reader goes on.
 */
public final class Entry {

    /** No number, no truth value. */
    public static final int NO_INT = Integer.MIN_VALUE;

    /** No number, no time. */
    public static final long NO_LONG = Long.MIN_VALUE;

    /** 1-based place in the list. */
    public int position;

    public EntryKind kind = EntryKind.UNAVAILABLE;
    public Item item = Item.NONE;
    public int popularity;
    /** Microseconds since 1970, UTC. */
    public long addedAt;

    public int addedBy;
    public long streams;
    public int reportedPeak;
    public int reportedPrevious;
    public int reportedPeriods;

    /** Values beside the item's that could not be read, or null for none. */
    @Nullable public Unreadable unreadable;

    /** Forgets everything. */
    public void clear() {
        position = 0;
        unreadable = null;
        kind = EntryKind.UNAVAILABLE;
        item = Item.NONE;
        popularity = NO_INT;
        addedAt = NO_LONG;
        addedBy = Strings.NULL;
        streams = NO_LONG;
        reportedPeak = NO_INT;
        reportedPrevious = NO_INT;
        reportedPeriods = NO_INT;
    }
}
