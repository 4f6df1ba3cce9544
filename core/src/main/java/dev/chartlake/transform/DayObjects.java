package dev.chartlake.transform;

import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
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
        /** Where its bytes are now. */
        String location() {
            return state.prefix() + path;
        }
    }

    static DayObjects list(ObjectStore store, LocalDate date) throws IOException {
        TreeMap<RawKey, DayObject> objects = new TreeMap<>();
        List<String> misnamed = new ArrayList<>();
        int waiting = 0;
        // What is processed comes first: an object that an interrupted copy left in both states still waits.
        for (RawState state : List.of(RawState.PROCESSED, RawState.TO_PROCESS)) {
            for (ObjectInfo info : store.list(state.prefix() + date + "/")) {
                String path = info.key().substring(state.prefix().length());
                Optional<RawKey> key = RawKey.parse(path);
                if (key.isPresent()) {
                    objects.put(key.get(), new DayObject(key.get(), path, state, info.size()));
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
