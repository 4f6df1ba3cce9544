package dev.chartlake.simulator.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An album, as far as a playlist shows one.
 *
 * @param id 22 base62 characters; null in a local file or a song that was taken down
 * @param name "" in a song that was taken down
 * @param type album, single or compilation; null in a local file
 * @param artists who it is by, which need not be who sings
 * @param released {@code YYYY}, {@code YYYY-MM}, {@code YYYY-MM-DD}, {@code 0000}; null in a local file
 * @param precision year, month or day; null in a local file
 * @param tracks how many songs it holds
 * @param image the hexadecimal end of its picture's address; null when it has none
 */
public record Album(
        @Nullable String id,
        String name,
        @Nullable String type,
        List<Artist> artists,
        @Nullable String released,
        @Nullable String precision,
        int tracks,
        @Nullable String image) {

    /** The same with another release date, as old or careless entries have it. */
    Album released(String text, String exactness) {
        return new Album(id, name, type, artists, text, exactness, tracks, image);
    }
}
