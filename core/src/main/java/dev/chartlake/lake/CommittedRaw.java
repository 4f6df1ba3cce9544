package dev.chartlake.lake;

import dev.chartlake.lake.DayObjects.DayObject;
import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the raw objects from which a day was computed with those that its manifest names. */
public final class CommittedRaw {

    private final ObjectStore store;
    private final LocalDate date;
    private final DayObjects found;
    private final Map<String, RawObject> unseen = new HashMap<>();
    private @Nullable String changed;

    public CommittedRaw(ObjectStore store, LocalDate date, DayObjects found) {
        this.store = store;
        this.date = date;
        this.found = found;
        found.committed().forEach(object -> unseen.put(object.key(), object));
    }

    /** Takes an object that was read. */
    public void read(RawObject object) {
        RawObject before = unseen.remove(object.key());
        if (before != null
                && (before.size() != object.size() || !before.crc32c().equals(object.crc32c()))) {
            changed = object.key();
        }
    }

    /** Takes an object that cannot be read. A stricter reader may set aside what a former one has read: the same bytes. */
    public void unreadable(DayObject object) throws IOException {
        RawObject before = unseen.remove(object.path());
        if (before != null
                && !Checksums.of(() -> object.open(store)).equals(new Checksums.Sum(before.size(), before.crc32c()))) {
            changed = object.path();
        }
    }

    /** Throws unless all objects that the manifest names were there with the bytes that it names. */
    public void requireUnchanged() throws IOException {
        if (!unseen.isEmpty()) {
            String example = unseen.keySet().stream().sorted().findFirst().orElseThrow();
            throw new IOException(unseen.size() + " of " + found.committed().size()
                    + " raw objects that its manifest names are missing, such as " + RawState.PROCESSED.prefix()
                    + example
                    + ". The day keeps its tables. Restore them from a backup; if they were deleted on purpose, run "
                    + accepting() + ", which drops their rows.");
        }
        if (changed != null) {
            throw new IOException(RawState.PROCESSED.prefix() + changed
                    + " is not what its manifest says: it was changed since the day was committed. The day keeps its tables."
                    + " Restore it from a backup; if it was edited on purpose, run " + accepting() + ".");
        }
    }

    private String accepting() {
        return DayCure.command(store, date) + " --accept-raw-changes";
    }

    /** The keys of raw objects that a manifest names and that are nowhere in the lake. */
    static List<String> missing(List<RawObject> named, ObjectStore.Existing processed, ObjectStore.Existing waiting)
            throws IOException {
        List<String> missing = new ArrayList<>();
        for (RawObject object : named) {
            // Waiting ones second, and processed ones again: an object may be moved meanwhile.
            if (!processed.has(RawState.PROCESSED.prefix() + object.key())
                    && !waiting.has(RawState.TO_PROCESS.prefix() + object.key())
                    && !processed.has(RawState.PROCESSED.prefix() + object.key())) {
                missing.add(RawState.PROCESSED.prefix() + object.key());
            }
        }
        return missing;
    }
}
