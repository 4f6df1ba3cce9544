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
 * What manifests say of a usual day, read again only when the lake lists another version than the one read before. Used by any
 * number of threads. A manifest of 100,000 raw objects takes some 60 MB while it is read, and 2 MB here.
 */
public final class KnownManifests {

    private final Map<String, Known> known = new ConcurrentHashMap<>();
    private final Map<String, String> names = new ConcurrentHashMap<>();

    private record Known(String stamp, Optional<UsualDay> day) {}

    /** Those that can be read, in the order of {@code listed}. All others are forgotten. */
    List<UsualDay> read(ObjectStore store, List<ObjectInfo> listed) throws IOException {
        known.keySet().retainAll(listed.stream().map(ObjectInfo::key).toList());
        List<Request<Optional<UsualDay>>> small = new ArrayList<>();
        for (ObjectInfo info : listed) {
            if (info.size() <= ObjectStore.SMALL) {
                small.add(() -> read(store, info));
            } else {
                read(store, info); // one after the other, because several at once may not fit into memory
            }
        }
        store.all(small);
        List<UsualDay> days = new ArrayList<>();
        for (ObjectInfo info : listed) {
            read(store, info).ifPresent(days::add);
        }
        return days;
    }

    private Optional<UsualDay> read(ObjectStore store, ObjectInfo info) throws IOException {
        Known before = known.get(info.key());
        if (before != null && before.stamp().equals(info.stamp())) {
            return before.day();
        }
        Optional<UsualDay> day = store.read(info.key()).flatMap(this::parse);
        known.put(info.key(), new Known(info.stamp(), day));
        return day;
    }

    private Optional<UsualDay> parse(Versioned stored) {
        try {
            return Optional.of(UsualDay.of(ManifestFile.read(stored.bytes()), this::once));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty(); // status says so
        }
    }

    private String once(String list) {
        String before = names.putIfAbsent(list, list);
        return before == null ? list : before;
    }
}
