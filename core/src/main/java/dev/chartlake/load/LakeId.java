package dev.chartlake.load;

import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * What tells a lake from every other, wherever it is and however it is reached: a random id in a file of its own, which a
 * copy of the lake has too. Tables that hold one lake are not mixed with another's days.
 */
public final class LakeId {

    /** Where it is in a lake. */
    public static final String KEY = "_chartlake/lake_id.txt";

    private LakeId() {}

    /** Reads the lake's id; a lake that has none gets one. */
    public static String of(ObjectStore store) throws IOException {
        Optional<Versioned> known = store.read(KEY);
        if (known.isEmpty()) {
            byte[] id = (UUID.randomUUID() + "\n").getBytes(StandardCharsets.UTF_8);
            try (ObjectStore.Staged staged = store.stage(id)) {
                store.putNew(KEY, staged);
            }
            known = store.read(KEY);
        }
        return known.map(stored -> new String(stored.bytes(), StandardCharsets.UTF_8))
                .orElseThrow(() -> new IOException(KEY + " was deleted while it was written. Run the command again."))
                .strip();
    }
}
