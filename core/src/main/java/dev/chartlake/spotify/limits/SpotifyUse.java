package dev.chartlake.spotify.limits;

import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What all apps together have used of what Spotify allows, as a machine or a lake knows it.
 *
 * @param requests how many requests were sent to the Web API in the last 24 hours
 * @param cooldown the longest time in force for which Spotify wants no requests; empty if it takes some
 */
public record SpotifyUse(long requests, Optional<Cooldown> cooldown) {

    /** What {@code store}, a lake or the folder of a machine, knows of the Web API at {@code api}. */
    public static SpotifyUse of(ObjectStore store, URI api, Instant now) throws IOException {
        long requests = 0;
        Stream.Builder<Cooldown> cooldowns = Stream.builder();
        for (String prefix : new String[] {AppFolder.IN_LAKE, AppFolder.ON_MACHINE}) {
            for (ObjectInfo object : store.list(AppFolder.server(prefix, api))) {
                if (object.key().endsWith("/" + RequestCount.NAME)) {
                    requests += RequestCount.sum(RequestCount.read(store, object.key()), now);
                } else if (object.key().endsWith("/" + Cooldown.NAME)) {
                    Cooldown.read(store, object.key()).ifPresent(cooldowns);
                }
            }
        }
        return new SpotifyUse(requests, Cooldown.longest(cooldowns.build(), now));
    }
}
