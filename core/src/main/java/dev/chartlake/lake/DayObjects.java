package dev.chartlake.lake;

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
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The raw objects of one day, wherever they are.
 *
 * @param version that of the day's manifest before they were listed; null if there was none
 * @param committed the raw objects that this manifest names; none if there was none, or it cannot be read
 * @param objects all that can be read, in merge order
 * @param waiting how many of them are not in a committed day yet
 * @param quarantined what was set aside before
 * @param misnamed keys below the day's folder that are not a {@link RawKey}
 */
public record DayObjects(
        @Nullable String version,
        List<Manifest.RawObject> committed,
        List<DayObject> objects,
        int waiting,
        List<ObjectInfo> quarantined,
        List<String> misnamed)
        implements Serializable {

    /** A raw object, its key as a path, and the state it is in. */
    public record DayObject(RawKey key, String path, RawState state, long size) implements Serializable {
        /** Opens it, also if somebody who has committed the day meanwhile has moved it on. */
        public InputStream open(ObjectStore store) throws IOException {
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
    public static DayObjects list(ObjectStore store, LocalDate date) throws IOException {
        Optional<Versioned> manifest = store.read(Manifest.key(date));
        List<ObjectInfo> waiting = store.list(RawState.TO_PROCESS.prefix() + date + "/");
        Reply<List<ObjectInfo>> processed = store.begin(() -> store.list(RawState.PROCESSED.prefix() + date + "/"));
        List<ObjectInfo> quarantined = store.list(RawState.QUARANTINE.prefix() + date + "/");
        return of(date, manifest, waiting, processed.get(), quarantined);
    }

    /**
     * Lists them in one step. What was moved meanwhile can be missed then, but an object is only moved when a manifest names
     * it: either the one that was read here, and they are listed again, or a newer one, and a commit fails.
     */
    public static DayObjects look(ObjectStore store, LocalDate date) throws IOException {
        Reply<Optional<Versioned>> manifest = store.begin(() -> store.read(Manifest.key(date)));
        Reply<List<ObjectInfo>> waiting = store.begin(() -> store.list(RawState.TO_PROCESS.prefix() + date + "/"));
        Reply<List<ObjectInfo>> processed = store.begin(() -> store.list(RawState.PROCESSED.prefix() + date + "/"));
        List<ObjectInfo> quarantined = store.list(RawState.QUARANTINE.prefix() + date + "/");
        Optional<Versioned> committed = manifest.get();
        DayObjects found = of(date, committed, waiting.get(), processed.get(), quarantined);
        return committed.isEmpty() || found.hasAllOf(committed.get()) ? found : list(store, date);
    }

    /**
     * True if the day is committed, and other objects are set aside by now than its manifest names. Never if raw objects
     * that were committed are gone: computed again, the day would lose their rows.
     */
    public static boolean setAsideSince(ObjectStore store, LocalDate date) throws IOException {
        Optional<Versioned> committed = store.read(Manifest.key(date));
        if (committed.isEmpty()) {
            return false;
        }
        DayObjects found = list(store, date);
        try {
            Manifest manifest = ManifestFile.read(committed.get().bytes());
            Set<String> named = new HashSet<>();
            manifest.quarantined().forEach(object -> named.add(object.key()));
            return found.objects().size() >= manifest.raw().size() && !named.equals(found.quarantinedPaths());
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return false; // status says so
        }
    }

    /** The same without the raw objects that {@code goes} names, as if they had never been in the lake. */
    public DayObjects without(Predicate<RawKey> goes) {
        Predicate<String> stays = path -> RawKey.parse(path).filter(goes).isEmpty();
        List<DayObject> left =
                objects.stream().filter(object -> !goes.test(object.key())).toList();
        return new DayObjects(
                version,
                committed.stream().filter(object -> stays.test(object.key())).toList(),
                left,
                (int) left.stream()
                        .filter(object -> object.state() == RawState.TO_PROCESS)
                        .count(),
                quarantined.stream()
                        .filter(info -> stays.test(info.key()
                                .substring(RawState.QUARANTINE.prefix().length())))
                        .toList(),
                misnamed);
    }

    /** The object with this key, which must be one of {@link #objects}. */
    public DayObject of(RawKey key) {
        return objects.stream()
                .filter(object -> object.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No raw object " + key + " was found"));
    }

    private Set<String> quarantinedPaths() {
        Set<String> paths = new HashSet<>();
        quarantined.forEach(info ->
                paths.add(info.key().substring(RawState.QUARANTINE.prefix().length())));
        return paths;
    }

    private boolean hasAllOf(Versioned committed) {
        Set<String> paths = quarantinedPaths();
        objects.forEach(object -> paths.add(object.path()));
        try {
            Manifest manifest = ManifestFile.read(committed.bytes());
            return manifest.raw().stream().allMatch(object -> paths.contains(object.key()))
                    && manifest.quarantined().stream().allMatch(object -> paths.contains(object.key()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return false; // not a manifest of ours: the commit replaces it
        }
    }

    private static DayObjects of(
            LocalDate date,
            Optional<Versioned> manifest,
            List<ObjectInfo> waiting,
            List<ObjectInfo> processed,
            List<ObjectInfo> quarantined) {
        TreeMap<RawKey, DayObject> objects = new TreeMap<>();
        List<String> misnamed = new ArrayList<>();
        add(RawState.TO_PROCESS, waiting, objects, misnamed);
        int waits = objects.size();
        // One that an interrupted copy left in both states still waits.
        add(RawState.PROCESSED, processed, objects, misnamed);
        return new DayObjects(
                manifest.map(Versioned::version).orElse(null),
                manifest.map(stored -> raw(stored, date)).orElse(List.of()),
                List.copyOf(objects.values()),
                waits,
                quarantined.stream()
                        .filter(info -> !Quarantine.isExplanation(info.key()))
                        .toList(),
                misnamed);
    }

    private static List<Manifest.RawObject> raw(Versioned stored, LocalDate date) {
        try {
            Manifest manifest = ManifestFile.read(stored.bytes());
            return manifest.date().equals(date) ? manifest.raw() : List.of();
        } catch (IOException e) {
            return List.of(); // not a manifest: the commit replaces it
        }
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
