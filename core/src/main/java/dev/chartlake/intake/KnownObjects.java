package dev.chartlake.intake;

import dev.chartlake.raw.RawArchive;
import dev.chartlake.raw.RawArchive.Archived;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Staged;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The raw objects of a lake by list, to find bytes that are there already at another time. Lists them when first asked. */
final class KnownObjects {

    private final ObjectStore store;
    private final RawArchive archive;
    private @Nullable Map<String, List<RawKey>> byList;

    KnownObjects(ObjectStore store) {
        this.store = store;
        this.archive = new RawArchive(store);
    }

    /** The key of an object of the same list with the same bytes. */
    Optional<RawKey> same(RawKey key, Staged staged) throws IOException {
        for (RawKey candidate : listed().getOrDefault(name(key), List.of())) {
            if (archive.holds(candidate, staged)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    void add(Archived archived) {
        if (byList != null && archived.added()) {
            byList.computeIfAbsent(name(archived.key()), name -> new ArrayList<>())
                    .add(archived.key());
        }
    }

    private Map<String, List<RawKey>> listed() throws IOException {
        if (byList == null) {
            byList = new HashMap<>();
            for (RawState state : RawState.values()) {
                for (ObjectInfo info : store.list(state.prefix())) {
                    RawKey.parse(info.key().substring(state.prefix().length()))
                            .ifPresent(key -> add(new Archived(key, true)));
                }
            }
        }
        return byList;
    }

    private static String name(RawKey key) {
        return key.source() + "/" + key.list() + "." + key.extension();
    }
}
