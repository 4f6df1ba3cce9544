package dev.chartlake.spotify;

import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.UnreadableException;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;

/** Keeps bodies that cannot be read, and why, for whoever has to find out. */
final class UnreadableAnswers {

    private UnreadableAnswers() {}

    /** Writes the body in quarantine, at {@code wanted} or the next free second, and returns its key in the lake. */
    static String keep(ObjectStore store, RawKey wanted, UnreadableException e) throws IOException {
        RawKey key = wanted;
        while (store.find(key.in(RawState.QUARANTINE)).isPresent()) {
            key = new RawKey(key.source(), key.list(), key.observedAt().plusSeconds(1), key.extension());
        }
        String file = key.in(RawState.QUARANTINE);
        Quarantine.explain(store, file, new Quarantine.Reason(file, e.reason(), e.offset(), RefusalCures.AGAIN));
        store.put(file, e.answer().body());
        return file;
    }
}
