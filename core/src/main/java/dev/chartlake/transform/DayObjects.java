package dev.chartlake.transform;

import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Reply;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The raw objects of one day, wherever they are.
 *
 * @param version that of the day's manifest before they were listed; null if there was none
 * @param objects all that can be read, in merge order
 * @param waiting how many of them are not in a committed day yet
 * @param quarantined what was set aside before
 * @param misnamed keys below the day's folder that are not a {@link RawKey}
 */
record DayObjects(
        @Nullable String version,
        List<DayObject> objects,
        int waiting,
        List<ObjectInfo> quarantined,
        List<String> misnamed) {

    /** A raw object, its key as a path, and the state it is in. */
    record DayObject(RawKey key, String path, RawState state, long size) {
        /** Opens it, also if somebody who has committed the day meanwhile has moved it on. */
        InputStream open(ObjectStore store) throws IOException {
            try {
                return store.open(state.prefix() + path);
            } catch (MissingObjectException e) {
                if (state != RawState.TO_PROCESS) {
                    throw e;
                }
                return store.open(RawState.PROCESSED.prefix() + path);
            }
        }
    }

    /**
     * Lists them. The manifest is read first: if somebody commits the day from then on, a commit of what was found fails.
     * States are listed in the order in which objects pass through them, so that one that is moved meanwhile is seen.
     */
    static DayObjects list(ObjectStore store, LocalDate date) throws IOException {
        @Nullable String version = store.read(Manifest.key(date)).map(Versioned::version).orElse(null);
        List<ObjectInfo> waiting = store.list(RawState.TO_PROCESS.prefix() + date + "/");
        Reply<List<ObjectInfo>> processed = store.begin(() -> store.list(RawState.PROCESSED.prefix() + date + "/"));
        List<ObjectInfo> quarantined = store.list(RawState.QUARANTINE.prefix() + date + "/");
        TreeMap<RawKey, DayObject> objects = new TreeMap<>();
        List<String> misnamed = new ArrayList<>();
        add(RawState.TO_PROCESS, waiting, objects, misnamed);
        int waits = objects.size();
        // One that an interrupted copy left in both states still waits.
        add(RawState.PROCESSED, processed.get(), objects, misnamed);
        return new DayObjects(
                version,
                List.copyOf(objects.values()),
                waits,
                quarantined.stream()
                        .filter(info -> !Quarantine.isExplanation(info.key()))
                        .toList(),
                misnamed);
    }

    private static void add(
            RawState state, List<ObjectInfo> listed, TreeMap<RawKey, DayObject> objects, List<String> misnamed) {
        for (ObjectInfo info : listed) {
            String path = info.key().substring(state.prefix().length());
            Optional<RawKey> key = RawKey.parse(path);
            if (key.isPresent()) {
                objects.putIfAbsent(key.get(), new DayObject(key.get(), path, state, info.size()));
            } else {
                misnamed.add(info.key());
            }
        }
    }
}
