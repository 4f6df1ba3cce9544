package dev.chartlake.metrics;

import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When the newest snapshot was observed: found out from the names of days, and of the objects of the last one. */
public final class NewestSnapshot {

    private NewestSnapshot() {}

    /** Empty if there is none. */
    public static Optional<Instant> in(ObjectStore store) throws IOException {
        Optional<Instant> waiting = in(store, RawState.TO_PROCESS);
        Optional<Instant> processed = in(store, RawState.PROCESSED);
        return Stream.of(waiting, processed).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private static Optional<Instant> in(ObjectStore store, RawState state) throws IOException {
        List<String> days = store.folders(state.prefix()).stream()
                .filter(folder -> folder.matches("\\d{4}-\\d\\d-\\d\\d"))
                .toList();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        return store.list(state.prefix() + days.get(days.size() - 1) + "/").stream()
                .map(ObjectInfo::key)
                .flatMap(key -> RawKey.parse(key.substring(state.prefix().length())).stream())
                .map(RawKey::observedAt)
                .max(Comparator.naturalOrder());
    }
}
