package dev.chartlake.transform;

import dev.chartlake.day.DayTransform;
import dev.chartlake.day.DayTransform.Parts;
import dev.chartlake.day.LargeDayException;
import dev.chartlake.format.TableFormat;
import dev.chartlake.lake.ChangedDays;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.KnownManifests;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Progress;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.publish.Publisher;
import dev.chartlake.publish.QualityGate;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Exclusive;
import dev.chartlake.store.ObjectStore.Reply;
import dev.chartlake.store.ObjectStore.Request;
import java.io.Closeable;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Turns waiting raw objects into tables, day by day, several days at once. */
public final class Transformer implements DayRunner {

    /** A worker does not get along with less. */
    private static final long LEAST_MEMORY = 40 << 20;

    /** What a worker needs for a day that has more rows than fit into memory. */
    private static final long LARGE_DAY_MEMORY = 100 << 20;

    private final ObjectStore store;
    private final Publisher publisher;
    private final int threads;

    private final long memory;
    private final QualityRules rules;
    private final RawChanges rawChanges;
    private final KnownManifests known = new KnownManifests();

    /** The same, with the usual rules for contracts. */
    public Transformer(ObjectStore store, TableFormat format, int threads, long memory) {
        this(store, format, threads, memory, QualityRules.DEFAULT);
    }

    /** As below, and refuses days whose raw objects are missing or changed. */
    public Transformer(ObjectStore store, TableFormat format, int threads, long memory, QualityRules rules) {
        this(store, new FilePublisher(store, format), threads, memory, rules, RawChanges.REFUSE);
    }

    /**
     * Takes raw objects from {@code store}, and has {@code publisher} publish their days. Computes up to {@code threads} days at the same time, and together they use about {@code memory} bytes whatever the
     * sizes of the days; with little memory it is fewer days, and large ones wait for the others to be done. {@code rules}
     * say which days may be committed, {@code rawChanges} what becomes of days whose raw objects are no longer those that
     * were committed.
     */
    public Transformer(
            ObjectStore store,
            Publisher publisher,
            int threads,
            long memory,
            QualityRules rules,
            RawChanges rawChanges) {
        this.rules = rules;
        this.rawChanges = rawChanges;
        this.store = store;
        this.publisher = publisher;
        this.threads = (int) Math.max(1, Math.min(threads, memory / LEAST_MEMORY));
        this.memory = memory;
    }

    /** The days in which something waits, and those of which something was set aside since they were committed. */
    public List<LocalDate> waitingDays() throws IOException {
        TreeSet<LocalDate> days = days(RawState.TO_PROCESS);
        TreeSet<LocalDate> others = days(RawState.QUARANTINE);
        others.removeAll(days);
        List<Request<Optional<LocalDate>>> requests = new ArrayList<>();
        others.forEach(
                day -> requests.add(() -> DayObjects.setAsideSince(store, day) ? Optional.of(day) : Optional.empty()));
        store.all(requests).forEach(day -> day.ifPresent(days::add));
        return List.copyOf(days);
    }

    /**
     * The days whose tables are not what their manifest says, by names and sizes, or whose manifest is missing or cannot be
     * read, as far as there are raw objects to compute them from or a manifest that names some.
     */
    public List<LocalDate> changedDays() throws IOException {
        TreeSet<LocalDate> withRaw = days(RawState.PROCESSED);
        withRaw.addAll(days(RawState.TO_PROCESS));
        return ChangedDays.of(store, withRaw, days(RawState.PROCESSED));
    }

    /** All days that have raw objects, or a manifest that names some. */
    public List<LocalDate> allDays() throws IOException {
        TreeSet<LocalDate> days = days(RawState.TO_PROCESS);
        days.addAll(days(RawState.PROCESSED));
        days.addAll(ChangedDays.withoutRaw(store, days));
        return List.copyOf(days);
    }

    private TreeSet<LocalDate> days(RawState state) throws IOException {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (String folder : store.folders(state.prefix())) {
            try {
                days.add(LocalDate.parse(folder));
            } catch (DateTimeException e) {
                // Not a day: loose files, which are adopted elsewhere.
            }
        }
        return days;
    }

    /** Computes the days and commits each. One that fails does not stop the others. */
    @Override
    public TransformResult run(List<LocalDate> days, Progress progress) throws IOException {
        try (Closeable alone = store.exclusive("transform")) {
            LocalDate last = days.isEmpty() ? LocalDate.EPOCH : Collections.max(days);
            QualityGate gate = new QualityGate(store, rules, last, known, rawChanges);
            return compute(days, day -> DayObjects.list(store, day), UnaryOperator.identity(), gate, progress);
        }
    }

    /**
     * Computes the days from those of their raw objects that {@code left} leaves, and commits each. The others stay where
     * they are. The caller holds the lock {@code transform}. One that fails does not stop the others.
     */
    public TransformResult runHeld(List<LocalDate> days, UnaryOperator<DayObjects> left, Progress progress) {
        LocalDate last = days.isEmpty() ? LocalDate.EPOCH : Collections.max(days);
        QualityGate gate = new QualityGate(store, rules, last, known, rawChanges);
        return compute(days, day -> left.apply(DayObjects.list(store, day)), left, gate, progress);
    }

    /**
     * Computes one day and commits it if something waits in it; an empty result otherwise. Waits for others that do so
     * with the same day, and not for those with other days.
     */
    public Optional<TransformResult> runWaiting(LocalDate day) throws IOException {
        Reply<DayObjects> looking = store.begin(() -> DayObjects.look(store, day));
        QualityGate gate = new QualityGate(store, rules, day, known, rawChanges);
        try (Exclusive alone = store.exclusive(ObjectStore.committing(Manifest.key(day)))) {
            DayObjects found = alone.waited() ? DayObjects.list(store, day) : looking.get();
            return found.waiting() > 0
                    ? Optional.of(
                            compute(List.of(day), same -> found, UnaryOperator.identity(), gate, (done, of) -> {}))
                    : Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Finder {
        DayObjects of(LocalDate day) throws IOException;
    }

    private TransformResult compute(
            List<LocalDate> days, Finder finder, UnaryOperator<DayObjects> left, QualityGate gate, Progress progress) {
        DayOutcomes outcomes = new DayOutcomes(progress, days.size());
        Committer committer = new Committer(outcomes, gate, day -> again(day, left));
        Work work = new Work(finder, committer, outcomes);
        Collection<LocalDate> large = work.compute(days, threads);
        work.compute(large, Math.max(1, memory / LARGE_DAY_MEMORY));
        committer.finish();
        return outcomes.result();
    }

    /** Computes a day from what there is of it by now. */
    private DayCommit again(LocalDate day, UnaryOperator<DayObjects> left) throws IOException {
        DayTransform transform = new DayTransform(LEAST_MEMORY, Parts.MANY);
        DayObjects found = left.apply(DayObjects.list(store, day));
        return SingleDay.prepare(store, publisher, transform, day, found, () -> {});
    }

    private static void join(Thread worker) {
        while (true) {
            try {
                worker.join();
                return;
            } catch (InterruptedException e) {
                // A day under way is finished: stopping in its middle would only mean to do it again.
            }
        }
    }

    /** Computes days side by side. */
    private final class Work {

        private final Finder finder;
        private final Committer committer;
        private final DayOutcomes outcomes;

        Work(Finder finder, Committer committer, DayOutcomes outcomes) {
            this.finder = finder;
            this.committer = committer;
            this.outcomes = outcomes;
        }

        /** Up to {@code most} share the memory. Returns the days that are too large for a share. */
        Collection<LocalDate> compute(Collection<LocalDate> days, long most) {
            long count = Math.min(Math.min(threads, most), days.size());
            long share = memory / Math.max(1, count);
            Parts parts = count == 1 || share >= LARGE_DAY_MEMORY ? Parts.MANY : Parts.ONE;
            Queue<LocalDate> queue = new ConcurrentLinkedQueue<>(days);
            Queue<LocalDate> large = new ConcurrentLinkedQueue<>();
            List<Thread> workers = new ArrayList<>();
            WarmStart warmStart = WarmStart.of((int) count, days.size());
            for (int i = 0; i < count; i++) {
                boolean first = i == 0;
                Supplier<DayTransform> fresh = () -> new DayTransform(share, parts);
                Thread worker = new Thread(
                        () -> compute(queue, first ? warmStart.first(fresh) : warmStart.next(fresh), warmStart, large),
                        "transform-" + i);
                worker.start();
                workers.add(worker);
            }
            workers.forEach(Transformer::join);
            return large;
        }

        private void compute(
                Queue<LocalDate> days, DayTransform transform, WarmStart warmStart, Queue<LocalDate> large) {
            for (LocalDate day = days.poll(); day != null; day = days.poll()) {
                try {
                    committer.add(SingleDay.prepare(
                            store, publisher, transform, day, finder.of(day), () -> warmStart.hasRead(transform)));
                } catch (LargeDayException e) {
                    large.add(day);
                } catch (IOException | RuntimeException | Error e) {
                    outcomes.failed(day, e);
                }
            }
        }
    }
}
