package dev.chartlake.lake;

import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Request;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Days that are not as they were committed, found by listings and by the tables that manifests name. */
public final class ChangedDays {

    private static final String PARTITION = "/snapshot_date=";

    private ChangedDays() {}

    /** A manifest's tables; null if it cannot be read. */
    private record Committed(LocalDate date, Optional<List<TablePart>> tables) {}

    /**
     * Those that can be computed again.
     *
     * @param withRaw the days with raw objects, waiting or processed
     * @param processed the days with processed raw objects: each has been committed
     */
    public static List<LocalDate> of(ObjectStore store, Set<LocalDate> withRaw, Set<LocalDate> processed)
            throws IOException {
        TreeSet<LocalDate> changed = new TreeSet<>(processed);
        Map<String, Long> files = new TreeMap<>();
        try (Closeable held = store.shared()) {
            store.list(Table.ROOT).forEach(info -> files.put(info.key(), info.size()));
            List<Request<Committed>> requests = new ArrayList<>();
            for (String key : files.keySet()) {
                day(key).ifPresent(date -> requests.add(() -> new Committed(date, tables(store, date))));
            }
            for (Committed day : store.all(requests)) {
                changed.remove(day.date());
                if (day.tables().isEmpty()
                        ? withRaw.contains(day.date())
                        : differs(day.tables().get(), files)) {
                    changed.add(day.date());
                }
            }
        }
        for (String key : files.keySet()) {
            partition(key).filter(withRaw::contains).ifPresent(changed::add);
        }
        return List.copyOf(changed);
    }

    /** Takes the files of a day, and tells whether one is missing or has another size. */
    private static boolean differs(List<TablePart> tables, Map<String, Long> files) {
        boolean differs = false;
        for (TablePart part : tables) {
            if (!part.file().isEmpty()) {
                Long size = files.remove(part.file());
                differs |= size == null || size != part.size();
            }
        }
        return differs;
    }

    private static Optional<List<TablePart>> tables(ObjectStore store, LocalDate date) throws IOException {
        Optional<CommittedTables.Found> found = CommittedTables.find(store, date);
        try {
            return found.isEmpty() ? Optional.empty() : Optional.of(found.get().tables());
        } catch (IOException e) {
            return Optional.empty(); // computed again, or told by status
        }
    }

    /** The days whose manifest names raw objects, but which have no raw object left. */
    public static List<LocalDate> withoutRaw(ObjectStore store, Collection<LocalDate> withRaw) throws IOException {
        List<LocalDate> without = new ArrayList<>();
        for (ObjectInfo info : store.files(Manifest.ROOT)) {
            Optional<LocalDate> date = day(info.key()).filter(day -> !withRaw.contains(day));
            if (date.isPresent() && namesRaw(store, info.key())) {
                without.add(date.get());
            }
        }
        return without;
    }

    private static boolean namesRaw(ObjectStore store, String key) throws IOException {
        Optional<Versioned> stored = store.read(key);
        try {
            return stored.isPresent()
                    && !ManifestFile.read(stored.get().bytes()).raw().isEmpty();
        } catch (IOException e) {
            return false; // status says so
        }
    }

    /** The day of a manifest's key; empty for other keys. */
    static Optional<LocalDate> day(String key) {
        return key.startsWith(Manifest.ROOT) && key.endsWith(".json")
                ? date(key.substring(Manifest.ROOT.length(), key.length() - ".json".length()))
                : Optional.empty();
    }

    /** The day of a table file's key; empty for files that no query and no engine reads. */
    static Optional<LocalDate> partition(String key) {
        int from = key.indexOf(PARTITION) + PARTITION.length();
        int to = key.indexOf('/', Math.max(from, 0));
        return from < PARTITION.length() || to < 0 || !key.startsWith("part-", to + 1)
                ? Optional.empty()
                : date(key.substring(from, to));
    }

    private static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
