package dev.chartlake.simulator.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A song, as far as a playlist shows one.
 *
 * @param index its number in the catalogue; below 0 when it is not in it
 * @param id 22 base62 characters; null for a song that was taken down
 * @param name "" for a song that was taken down
 * @param artists who sings, the first one first
 * @param millis its length
 * @param isrc its recording code; null when it has none
 * @param preview the hexadecimal end of its preview's address; null when it has none
 * @param markets which of {@link Markets} it misses; below 0 when it can be played nowhere
 */
public record Song(
        long index,
        @Nullable String id,
        String name,
        Album album,
        List<Artist> artists,
        int disc,
        int number,
        int millis,
        boolean explicit,
        @Nullable String isrc,
        @Nullable String preview,
        int markets) {

    /** The same on another album. */
    Song on(Album other) {
        return new Song(index, id, name, other, artists, disc, number, millis, explicit, isrc, preview, markets);
    }
}
