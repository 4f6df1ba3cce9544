package dev.chartlake.transform;

import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The raw objects of one day, wherever they are.
 *
 * @param objects all that can be read, in merge order
 * @param waiting how many of them are not in a committed day yet
 * @param quarantined what was set aside before
 * @param misnamed keys below the day's folder that are not a {@link RawKey}
 */
record DayObjects(List<DayObject> objects, int waiting, List<ObjectInfo> quarantined, List<String> misnamed) {

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

    static DayObjects list(ObjectStore store, LocalDate date) throws IOException {
        TreeMap<RawKey, DayObject> objects = new TreeMap<>();
        List<String> misnamed = new ArrayList<>();
        int waiting = 0;
        // In the order in which objects pass through the states: one that somebody moves meanwhile is seen at least
        // once.
        for (RawState state : List.of(RawState.TO_PROCESS, RawState.PROCESSED)) {
            for (ObjectInfo info : store.list(state.prefix() + date + "/")) {
                String path = info.key().substring(state.prefix().length());
                Optional<RawKey> key = RawKey.parse(path);
                if (key.isPresent()) {
                    // One that an interrupted copy left in both states still waits.
                    objects.putIfAbsent(key.get(), new DayObject(key.get(), path, state, info.size()));
                    waiting += state == RawState.TO_PROCESS ? 1 : 0;
                } else {
                    misnamed.add(info.key());
                }
            }
        }
        List<ObjectInfo> quarantined = store.list(RawState.QUARANTINE.prefix() + date + "/").stream()
                .filter(info -> !Quarantine.isExplanation(info.key()))
                .toList();
        return new DayObjects(List.copyOf(objects.values()), waiting, quarantined, misnamed);
    }
}
