package dev.chartlake.load;

import dev.chartlake.lake.DayCure;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Progress;
import dev.chartlake.model.Table;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads into warehouses what is new in a lake: the days that were committed since the last load, or committed again. What
 * it costs follows the new days; of the others it only sees the listing of their manifests.
 */
public final class Loader {

    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    private final ObjectStore store;
    private final ObjectStore days;
    private final DayTables tables;
    private final Clock clock;

    /** Loads the days of the lake itself. {@code clock} tells how old a manifest is. */
    public Loader(ObjectStore store, DayTables tables, Clock clock) {
        this(store, store, tables, clock);
    }

    /**
     * {@code store} is the lake, which keeps the cursors; {@code days} has the days to load: the lake itself, or a copy of
     * it that {@code tables} reads. {@code clock} tells how old a manifest is.
     */
    public Loader(ObjectStore store, ObjectStore days, DayTables tables, Clock clock) {
        this.store = store;
        this.days = days;
        this.tables = tables;
        this.clock = clock;
    }

    /**
     * Which days.
     *
     * @param since the first, or null
     * @param until the last, or null
     * @param all also those that are loaded already
     */
    public record Days(@Nullable LocalDate since, @Nullable LocalDate until, boolean all) {

        /** Whatever is new. */
        public static final Days NEW = new Days(null, null, false);

        boolean has(LocalDate date) {
            return (since == null || !date.isBefore(since)) && (until == null || !date.isAfter(until));
        }
    }

    /**
     * What a load did.
     *
     * @param days the days loaded, in order
     * @param rows how many rows the warehouse took
     * @param failures the days that could not be loaded, with the reason
     * @param countsBroke true if rows got lost or came from nowhere
     */
    public record Result(List<LocalDate> days, long rows, List<String> failures, boolean countsBroke) {}

    /**
     * A day to load.
     *
     * @param date the day
     * @param rows how many rows it has in all tables
     */
    public record Planned(LocalDate date, long rows) {}

    /**
     * Loads a warehouse, whose cursor has the name {@code name}. A day that fails does not stop the others; a failure of
     * the warehouse does, and the days before it are done.
     */
    public Result run(String name, Warehouse warehouse, Days which, Progress progress) throws IOException {
        try (Closeable alone = store.exclusive("load-" + name)) {
            String target = warehouse.prepare();
            LoadCursor cursor = LoadCursor.read(store, name, target);
            if (cursor.otherTarget().isPresent()) {
                warehouse.follows(cursor.otherTarget().get(), target);
            }
            Run run = new Run(warehouse, cursor, warehouse.versions().orElse(null), which);
            try {
                run.days(progress);
            } finally {
                run.cursor.save();
            }
            return run.result();
        }
    }

    /**
     * The days that {@link #run} would load, in order; it changes nothing, in the lake or in the warehouse. Days whose
     * manifests cannot be read are not among them.
     */
    public List<Planned> plan(String name, Warehouse warehouse, Days which) throws IOException {
        LoadCursor cursor = LoadCursor.ofLastTarget(store, name);
        Run run = new Run(warehouse, cursor, warehouse.versions().orElse(null), which);
        List<Planned> planned = new ArrayList<>();
        for (Map.Entry<LocalDate, ObjectInfo> manifest :
                run.waiting(run.manifests()).entrySet()) {
            try {
                LoadDay.read(days, tables, manifest.getKey())
                        .filter(run::isNew)
                        .ifPresent(day -> planned.add(new Planned(day.date(), day.rows())));
            } catch (DayException e) {
                // A load tells of it.
            }
        }
        return planned;
    }

    private final class Run {
        private final Warehouse warehouse;
        private final LoadCursor cursor;
        private final @Nullable Map<LocalDate, String> held;
        private final Days which;
        private final Instant listedAt = clock.instant();
        private final List<LocalDate> loaded = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private long rows;
        private boolean countsBroke;
        private long saved = System.nanoTime();

        /** {@code held} are the versions that the warehouse keeps, or null if it keeps none. */
        Run(Warehouse warehouse, LoadCursor cursor, @Nullable Map<LocalDate, String> held, Days which) {
            this.warehouse = warehouse;
            this.cursor = cursor;
            this.held = held;
            this.which = which;
        }

        void days(Progress progress) throws IOException {
            TreeMap<LocalDate, ObjectInfo> manifests = manifests();
            for (LocalDate gone : cursor.without(manifests.keySet())) {
                if (!hasTables(gone)) {
                    warehouse.gone(gone);
                    cursor.forget(gone);
                } else if (which.has(gone)) {
                    failures.add("Day " + gone + ": " + Manifest.key(gone)
                            + " is missing, although the day has tables. " + DayCure.again(store, gone));
                }
            }
            TreeMap<LocalDate, ObjectInfo> waiting = waiting(manifests);
            int done = 0;
            for (Map.Entry<LocalDate, ObjectInfo> day : waiting.entrySet()) {
                day(day.getKey(), day.getValue());
                progress.at(++done, waiting.size());
                if (System.nanoTime() - saved > SAVE_EVERY.toNanos()) {
                    cursor.save();
                    saved = System.nanoTime();
                }
            }
        }

        /** The days that may have something new, by the listing of their manifests. */
        private TreeMap<LocalDate, ObjectInfo> waiting(TreeMap<LocalDate, ObjectInfo> manifests) {
            TreeMap<LocalDate, ObjectInfo> waiting = new TreeMap<>(manifests);
            waiting.entrySet()
                    .removeIf(
                            day -> !which.has(day.getKey()) || !which.all() && isLoaded(day.getKey(), day.getValue()));
            return waiting;
        }

        private boolean isLoaded(LocalDate date, ObjectInfo listed) {
            return cursor.has(date, listed)
                    && (held == null || cursor.version(date).equals(held.get(date)));
        }

        private boolean isNew(LoadDay day) {
            return which.all()
                    || !(held == null ? cursor.has(day) : day.version().equals(held.get(day.date())));
        }

        private TreeMap<LocalDate, ObjectInfo> manifests() throws IOException {
            TreeMap<LocalDate, ObjectInfo> manifests = new TreeMap<>();
            for (ObjectInfo info : days.files(Manifest.ROOT)) {
                String name = info.key().substring(Manifest.ROOT.length());
                try {
                    manifests.put(LocalDate.parse(name.replaceFirst("\\.json$", "")), info);
                } catch (DateTimeException e) {
                    // No manifest of a day; status tells of it.
                }
            }
            return manifests;
        }

        /** Whether the files of a day are there: then its manifest was not deleted together with it. */
        private boolean hasTables(LocalDate date) throws IOException {
            for (Table table : Table.values()) {
                if (!days.files(table.partition(date)).isEmpty()) {
                    return true;
                }
            }
            return false;
        }

        private void day(LocalDate date, ObjectInfo listed) throws IOException {
            for (int attempt = 1; ; attempt++) {
                try {
                    Optional<LoadDay> day = LoadDay.read(days, tables, date);
                    if (day.isPresent()) {
                        if (isNew(day.get())) {
                            rows += load(day.get());
                            loaded.add(date);
                        }
                        cursor.loaded(day.get(), listed, listedAt);
                    }
                    return;
                } catch (DayException e) {
                    if (!(e instanceof DayException.Changed) || attempt == TRIES) {
                        countsBroke |= e instanceof DayException.Counts;
                        failures.add("Day " + date + ": " + e.getMessage());
                        return;
                    }
                }
            }
        }

        private long load(LoadDay day) throws IOException {
            long taken = 0;
            for (Map.Entry<Table, Long> table : warehouse.load(day).entrySet()) {
                long expected = day.part(table.getKey()).rows();
                if (table.getValue() != expected) {
                    throw new DayException.Counts("The warehouse took " + table.getValue() + " rows of "
                            + table.getKey().sqlName() + ", the day's manifest says " + expected + ".");
                }
                taken += expected;
            }
            day.requireUnchanged(); // else rows of a state that is no more could count as the newest
            return taken;
        }

        Result result() {
            return new Result(List.copyOf(loaded), rows, List.copyOf(failures), countsBroke);
        }
    }
}
