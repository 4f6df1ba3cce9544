package dev.chartlake.purge;

import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.purge.PurgePlan.Match;
import dev.chartlake.raw.Quarantine;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Request;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds what a purge removes, by listings and manifests. Changes nothing. */
public final class PurgeSearch {

    private static final int TOGETHER = 32;
    private static final String EXPLANATION = Quarantine.explanation("");

    private final ObjectStore store;
    private final PurgeSelection selection;

    /** Looks in {@code store} for what {@code selection} names. */
    public PurgeSearch(ObjectStore store, PurgeSelection selection) {
        this.store = store;
        this.selection = selection;
    }

    /** Looks through all days that the selection reaches. */
    public PurgePlan find() throws IOException {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (RawState state : RawState.values()) {
            store.folders(state.prefix()).forEach(name -> date(name).ifPresent(days::add));
        }
        for (ObjectInfo info : store.files(Manifest.ROOT)) {
            date(info.key().substring(Manifest.ROOT.length()).replaceFirst("\\.json$", ""))
                    .ifPresent(days::add);
        }
        days.removeIf(day -> !selection.reaches(day));
        return find(days);
    }

    /** Looks through these days. */
    PurgePlan find(Collection<LocalDate> days) throws IOException {
        List<PurgePlan.Day> found = new ArrayList<>();
        List<Request<PurgePlan.Day>> requests = new ArrayList<>();
        for (LocalDate day : days) {
            requests.add(() -> look(day));
            if (requests.size() == TOGETHER) {
                found.addAll(store.all(requests));
                requests.clear();
            }
        }
        found.addAll(store.all(requests));
        found.removeIf(day -> day.objects().isEmpty());
        return new PurgePlan(List.copyOf(found));
    }

    private static Optional<LocalDate> date(String name) {
        try {
            return Optional.of(LocalDate.parse(name));
        } catch (DateTimeException e) {
            return Optional.empty(); // loose files, and what is not ours
        }
    }

    /** The files of one raw object. */
    private static final class Files {
        private final List<String> keys = new ArrayList<>();
        private long bytes;
        private long entries;
        private String name = "";
    }

    private PurgePlan.Day look(LocalDate date) throws IOException {
        TreeMap<RawKey, Files> found = new TreeMap<>();
        TreeSet<RawKey> left = new TreeSet<>();
        boolean wasCommitted = false;
        // In the order in which objects pass through the states, so that one that is moved meanwhile is seen.
        for (RawState state : RawState.values()) {
            for (ObjectInfo info : store.list(state.prefix() + date + "/")) {
                String path = info.key().substring(state.prefix().length());
                String object = state == RawState.QUARANTINE && Quarantine.isExplanation(path)
                        ? path.substring(0, path.length() - EXPLANATION.length())
                        : path;
                Optional<RawKey> key = selection.find(object);
                if (key.isPresent()) {
                    Files files = found.computeIfAbsent(key.get(), none -> new Files());
                    files.keys.add(info.key());
                    files.bytes += info.size();
                } else if (state != RawState.QUARANTINE) {
                    RawKey.parse(path).ifPresent(left::add);
                }
                wasCommitted |= state == RawState.PROCESSED;
            }
        }
        @Nullable Versioned stored = store.read(Manifest.key(date)).orElse(null);
        boolean committed = stored == null ? wasCommitted : isNamed(stored, found, left);
        List<Match> objects = new ArrayList<>();
        found.forEach((key, files) ->
                objects.add(new Match(key, files.name, List.copyOf(files.keys), files.bytes, files.entries)));
        return new PurgePlan.Day(date, List.copyOf(objects), committed, left.size());
    }

    /**
     * Whether the manifest names objects to remove, or cannot be read. Adds these to {@code found} with their entries, and
     * those that stay to {@code left}, although they are missing: a day must not lose them without a word.
     */
    private boolean isNamed(Versioned stored, Map<RawKey, Files> found, Set<RawKey> left) {
        Set<RawKey> named = new HashSet<>();
        try {
            Manifest manifest = ManifestFile.read(stored.bytes());
            for (Manifest.RawObject object : manifest.raw()) {
                Optional<RawKey> key = RawKey.parse(object.key());
                if (key.isPresent() && selection.has(key.get())) {
                    named.add(key.get());
                    Files files = found.computeIfAbsent(key.get(), none -> new Files());
                    files.entries = object.entries();
                    files.name = object.list();
                } else {
                    key.ifPresent(left::add);
                }
            }
            for (Manifest.Quarantined object : manifest.quarantined()) {
                Optional<RawKey> key = selection.find(object.key());
                key.ifPresent(named::add);
                key.ifPresent(one -> found.computeIfAbsent(one, none -> new Files()));
            }
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            return true;
        }
        return !named.isEmpty();
    }
}
