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
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Loads into warehouses what is new in a lake: the days that were committed since the last load, or committed again. What
 * it costs follows the new days; of the others it only sees the listing of their manifests.
 */
public final class Loader {

    private static final Duration SAVE_EVERY = Duration.ofSeconds(5);
    private static final int TRIES = 3;

    /** So few that loading each of them by itself, after one of them has failed, does not take long. */
    private static final int DAYS_TOGETHER = 31;

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
     * @param gone what becomes of those that the lake has no more
     */
    public record Days(@Nullable LocalDate since, @Nullable LocalDate until, boolean all, Gone gone) {

        /** Whatever is new. */
        public static final Days NEW = new Days(null, null, false);

        /** The same, which keeps rows of days that the lake has no more. */
        public Days(@Nullable LocalDate since, @Nullable LocalDate until, boolean all) {
            this(since, until, all, Gone.KEEP);
        }

        boolean has(LocalDate date) {
            return (since == null || !date.isBefore(since)) && (until == null || !date.isAfter(until));
        }
    }

    /** What a load does with rows of days that the lake has no more. */
    public enum Gone {
        /** Leaves them: a lake may hold the last days only, and the warehouse all. */
        KEEP,
        /** Deletes them, as far as the warehouse knows which they are. */
        DELETE
    }

    /**
     * What a load did.
     *
     * @param days the days loaded, in order
     * @param deleted the days whose rows were deleted because the lake has them no more
     * @param rows how many rows the warehouse took
     * @param failures the days that could not be loaded, with the reason
     * @param countsBroke true if rows got lost or came from nowhere
     */
    public record Result(
            List<LocalDate> days, List<LocalDate> deleted, long rows, List<String> failures, boolean countsBroke) {

        /** The same, where no rows were deleted. */
        public Result(List<LocalDate> days, long rows, List<String> failures, boolean countsBroke) {
            this(days, List.of(), rows, failures, countsBroke);
        }
    }

    /**
     * A day to load.
     *
     * @param date the day
     * @param rows how many rows it has in all tables
     */
    public record Planned(LocalDate date, long rows) {}

    /**
     * Loads a warehouse, whose cursor has the name {@code name}, with several days at once if it takes them. A day that
     * fails does not stop the others; a failure of the warehouse does, and the days before it are done.
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

    /** The warehouses that this lake was ever loaded into, sorted. */
    public static List<String> loaded(ObjectStore store) throws IOException {
        return store.files(LoadCursor.ROOT).stream()
                .map(info -> info.key().substring(LoadCursor.ROOT.length()))
                .filter(name -> name.endsWith(".json"))
                .map(name -> name.substring(0, name.length() - ".json".length()))
                .toList();
    }

    /** A day that is to be loaded, and its manifest in the listing. */
    private record Waiting(LoadDay day, ObjectInfo listed) {}

    private final class Run {
        private final Warehouse warehouse;
        private final LoadCursor cursor;
        private final @Nullable Map<LocalDate, String> held;
        private final Days which;
        private final Instant listedAt = clock.instant();
        private final List<LocalDate> loaded = new ArrayList<>();
        private final List<LocalDate> deleted = new ArrayList<>();
        private final TreeMap<LocalDate, String> failures = new TreeMap<>();
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
                    failures.put(
                            gone,
                            Manifest.key(gone) + " is missing, although the day has tables. "
                                    + DayCure.again(store, gone));
                }
            }
            if (which.gone() == Gone.DELETE && held != null) {
                deleteGone(new TreeSet<>(held.keySet()), manifests.keySet());
            }
            TreeMap<LocalDate, ObjectInfo> waiting = waiting(manifests);
            List<Waiting> together = new ArrayList<>();
            int done = 0;
            for (Map.Entry<LocalDate, ObjectInfo> each : waiting.entrySet()) {
                Optional<Waiting> day = read(each.getKey(), each.getValue());
                if (day.isPresent()) {
                    if (size(together) + day.get().day().rows() > warehouse.rowsTogether()) {
                        load(together);
                    }
                    together.add(day.get());
                    if (together.size() == DAYS_TOGETHER || size(together) >= warehouse.rowsTogether()) {
                        load(together);
                    }
                }
                progress.at(++done - together.size(), waiting.size());
                if (System.nanoTime() - saved > SAVE_EVERY.toNanos()) {
                    cursor.save();
                    saved = System.nanoTime();
                }
            }
            if (!together.isEmpty()) {
                load(together);
                progress.at(done, done);
            }
        }

        private void deleteGone(Collection<LocalDate> held, Set<LocalDate> existing) throws IOException {
            for (LocalDate day : held) {
                if (which.has(day) && !existing.contains(day) && !hasTables(day) && warehouse.delete(day)) {
                    deleted.add(day);
                }
            }
        }

        private static long size(List<Waiting> days) {
            return days.stream().mapToLong(each -> each.day().rows()).sum();
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

        /** The day as it is committed now; empty if that is loaded, or cannot be read. */
        private Optional<Waiting> read(LocalDate date, ObjectInfo listed) throws IOException {
            try {
                Optional<LoadDay> day = LoadDay.read(days, tables, date);
                if (day.isPresent() && !isNew(day.get())) {
                    cursor.loaded(day.get(), listed, listedAt);
                    return Optional.empty();
                }
                return day.map(found -> new Waiting(found, listed));
            } catch (DayException e) {
                failed(date, e);
                return Optional.empty();
            }
        }

        private void failed(LocalDate date, DayException e) {
            countsBroke |= e instanceof DayException.Counts;
            failures.put(date, String.valueOf(e.getMessage()));
        }

        /** Loads days together. If that fails, it loads each of them by itself, to find those that fail. */
        private void load(List<Waiting> together) throws IOException {
            try {
                if (!together.isEmpty()) {
                    take(together);
                }
            } catch (DayException e) {
                for (Waiting each : together) {
                    alone(each, together.size() == 1 ? e : null);
                }
            }
            together.clear();
        }

        /** Loads a day by itself. {@code failure} is that of its first try, or null if this is the first. */
        private void alone(Waiting day, @Nullable DayException failure) throws IOException {
            LocalDate date = day.day().date();
            DayException last = failure;
            int tries = failure == null ? 0 : 1;
            while (last == null || last instanceof DayException.Changed && tries < TRIES) {
                Optional<Waiting> again = read(date, day.listed());
                if (again.isEmpty()) {
                    return;
                }
                try {
                    take(List.of(again.get()));
                    return;
                } catch (DayException e) {
                    last = e;
                    tries++;
                }
            }
            failed(date, last);
        }

        private void take(List<Waiting> together) throws IOException {
            List<LoadDay> wanted = together.stream().map(Waiting::day).toList();
            long taken = 0;
            for (Map.Entry<Table, Long> table : warehouse.load(wanted).entrySet()) {
                long expected = wanted.stream()
                        .mapToLong(day -> day.part(table.getKey()).rows())
                        .sum();
                if (table.getValue() != expected) {
                    throw new DayException.Counts("The warehouse took " + table.getValue() + " rows of "
                            + table.getKey().sqlName() + ", the day's manifest says " + expected + ".");
                }
                taken += expected;
            }
            for (LoadDay day : wanted) {
                day.requireUnchanged(); // else rows of an older state could count as the newest
            }
            rows += taken;
            for (Waiting each : together) {
                loaded.add(each.day().date());
                cursor.loaded(each.day(), each.listed(), listedAt);
            }
        }

        Result result() {
            List<String> told = new ArrayList<>();
            failures.forEach((day, failure) -> told.add("Day " + day + ": " + failure));
            return new Result(List.copyOf(loaded), List.copyOf(deleted), rows, List.copyOf(told), countsBroke);
        }
    }
}
