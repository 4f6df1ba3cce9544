package dev.chartlake.simulator.answer;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** A playlist on a day that can write itself, generated or recorded. Unchanging; used by one request. */
public interface Listing {

    /**
     * How a row is to be written.
     *
     * @param dialect which of {@code track} and {@code item} it has, and which fields
     * @param episodes whether the client can read episodes, or wants them disguised as tracks
     * @param market whether a market was named, so that songs say whether they are playable
     * @param blank whether to write the row without its song, as a fault
     */
    record Style(Dialect dialect, boolean episodes, boolean market, boolean blank) {}

    /** How many rows there are. */
    int total();

    /** Whether an app since February 2026 gets to see the rows. */
    boolean owned();

    /** Whether an app since February 2026 gets to see the rows when this user is signed in; null for nobody. */
    boolean isOf(@Nullable String user);

    /** Whether other people may know of it. */
    boolean isPublic();

    /** Writes the properties of the playlist object that come before its pages. */
    void head(JsonGenerator json, Dialect dialect, String href);

    /** Writes one row as an object. The index is 0-based and below {@link #total()}. */
    void row(JsonGenerator json, int index, Style style);
}
