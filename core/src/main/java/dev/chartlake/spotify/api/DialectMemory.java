package dev.chartlake.spotify.api;

import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which way of asking Spotify let an app in, kept in the lake with the time: another run begins with it. After a month it
 * is found out anew, because Spotify changes what an app may do.
 */
public final class DialectMemory {

    private static final Duration MONTH = Duration.ofDays(30);

    private final ObjectStore lake;
    private final String key;
    private final Clock clock;

    /** Keeps it in {@code lake} at {@code key}. */
    public DialectMemory(ObjectStore lake, String key, Clock clock) {
        this.lake = lake;
        this.key = key;
        this.clock = clock;
    }

    /** The name of the way; empty if none is known, or if it has been known for a month. */
    Optional<String> known() throws IOException {
        return lake.read(key).flatMap(stored -> {
            String[] words =
                    new String(stored.bytes(), StandardCharsets.UTF_8).strip().split(" ");
            return words.length == 2 && isFresh(words[1]) ? Optional.of(words[0]) : Optional.empty();
        });
    }

    private boolean isFresh(String since) {
        try {
            return Instant.parse(since).isAfter(clock.instant().minus(MONTH));
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Keeps a way that has just let the app in. */
    void keep(String way) throws IOException {
        lake.put(key, (way + " " + clock.instant() + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
