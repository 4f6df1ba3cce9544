package dev.chartlake.extract;

import dev.chartlake.raw.RawKey;
import java.util.List;

/** What became of one list. */
public sealed interface ExtractResult {

    /**
     * The snapshot is in the lake.
     *
     * @param name the list's name; empty if the answer holds none
     * @param key where it is
     * @param entries rows in the snapshot, empty ones included
     * @param requests requests to the Web API that it took, retries included
     * @param added false if the very same snapshot was archived before
     * @param complete false if rows are missing: Spotify counts or announces more than it sent, also when asked again
     * @param warning what is odd about it, without a full stop; empty if nothing is
     */
    record Archived(String name, RawKey key, int entries, int requests, boolean added, boolean complete, String warning)
            implements ExtractResult {}

    /**
     * The plays since the last run are in the lake.
     *
     * @param keys where they are, an object for each UTC day, oldest first; empty if there are no new ones
     * @param plays how many there are
     * @param requests requests to the Web API that it took, retries included
     * @param warning what is odd about it, without a full stop; empty if nothing is
     */
    record Played(List<RawKey> keys, int plays, int requests, String warning) implements ExtractResult {}

    /**
     * There is no snapshot.
     *
     * @param why the kind of failure
     * @param reason what happened
     * @param cure what to do about it
     */
    record Failed(Why why, String reason, String cure) implements ExtractResult {}

    /** Why there is no snapshot. */
    enum Why {
        /** Spotify knows no such list, or the list is private. */
        UNKNOWN,
        /** Spotify has the list but does not give it to this app. */
        REFUSED,
        /** There was no usable answer; later there may be. */
        UNAVAILABLE,
        /** Nothing answered: no connection, a time-out, or no access token because the accounts service fails. */
        NO_ANSWER
    }
}
