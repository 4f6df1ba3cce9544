package dev.chartlake.lake;

import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Request;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Manifests, read again only when the lake lists another version than the one read before. Used by any number of threads.
 */
public final class KnownManifests {

    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(String stamp, Optional<Manifest> manifest) {}

    /** Those that can be read, in the order of {@code listed}. All others are forgotten. */
    List<Manifest> read(ObjectStore store, List<ObjectInfo> listed) throws IOException {
        known.keySet().retainAll(listed.stream().map(ObjectInfo::key).toList());
        List<Request<Optional<Manifest>>> requests = new ArrayList<>();
        listed.forEach(info -> requests.add(() -> read(store, info)));
        return store.all(requests).stream().flatMap(Optional::stream).toList();
    }

    private Optional<Manifest> read(ObjectStore store, ObjectInfo info) throws IOException {
        Known before = known.get(info.key());
        if (before != null && before.stamp().equals(info.stamp())) {
            return before.manifest();
        }
        Optional<Manifest> manifest = store.read(info.key()).flatMap(KnownManifests::parse);
        known.put(info.key(), new Known(info.stamp(), manifest));
        return manifest;
    }

    private static Optional<Manifest> parse(Versioned stored) {
        try {
            return Optional.of(ManifestFile.read(stored.bytes()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty(); // status says so
        }
    }
}
