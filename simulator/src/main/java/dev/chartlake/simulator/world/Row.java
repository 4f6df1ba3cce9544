package dev.chartlake.simulator.world;

import org.jspecify.annotations.Nullable;

/**
 * One entry of a generated playlist.
 *
 * @param addedAt in ISO 8601; null in very old lists
 * @param addedBy a user id, "" in charts; null when nobody knows
 * @param item what was added; null when it is gone
 */
public record Row(
        @Nullable String addedAt,
        @Nullable String addedBy,
        @Nullable Item item) {

    /** What an entry can hold. */
    public sealed interface Item permits Track, Episode, LocalFile {}

    /**
     * A song on a day.
     *
     * @param popularity 0 to 100
     */
    public record Track(Song song, int popularity) implements Item {}

    /** An episode of a podcast; lengths in milliseconds, dates as {@code YYYY-MM-DD}. */
    public record Episode(
            String id, String name, String description, int millis, String released, String image, Show show)
            implements Item {}

    /** A podcast. */
    public record Show(String id, String name, String description, String publisher, int episodes) {}

    /** A file from somebody's own disk; any text may be "". */
    public record LocalFile(String artist, String album, String title, int seconds) implements Item {}
}
