package dev.chartlake.transform;

import dev.chartlake.day.ComputedDay;
import dev.chartlake.day.DayTransform;
import dev.chartlake.day.DayTransform.Parts;
import dev.chartlake.day.LargeDayException;
import dev.chartlake.format.TableFormat;
import dev.chartlake.lake.ChangedDays;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.KnownManifests;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Progress;
import dev.chartlake.publish.ContractException;
import dev.chartlake.publish.CountsException;
import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.FilePublisher;
import dev.chartlake.publish.Publisher;
import dev.chartlake.publish.QualityGate;
import dev.chartlake.publish.RawChanges;
import dev.chartlake.publish.UnreadableObject;
import dev.chartlake.quality.Finding;
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

/** Turns waiting raw objects into tables, day by day, several days at once. */
public final class Transformer {

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

    /**
     * What a run did.
     *
     * @param days manifests of the days committed, by date
     * @param unreadable the objects that this run set aside
     * @param failures days or objects that could not be worked on, with the reason
     * @param findings what is to be said of the quality of the days committed, by date
     * @param contractBroke true if a day's counts did not add up, or it broke a contract that it must not
     */
    public record Result(
            List<Manifest> days,
            List<UnreadableObject> unreadable,
            List<String> failures,
            List<DayFinding> findings,
            boolean contractBroke) {}

    /** What was found on a day. */
    public record DayFinding(LocalDate date, Finding finding) {}

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
    public Result run(List<LocalDate> days, Progress progress) throws IOException {
        try (Closeable alone = store.exclusive("transform")) {
            LocalDate last = days.isEmpty() ? LocalDate.EPOCH : Collections.max(days);
            QualityGate gate = new QualityGate(store, rules, last, known, rawChanges);
            return compute(days, day -> DayObjects.list(store, day), gate, progress);
        }
    }

    /**
     * Computes one day and commits it if something waits in it; an empty result otherwise. Waits for others that do so
     * with the same day, and not for those with other days.
     */
    public Optional<Result> runWaiting(LocalDate day) throws IOException {
        Reply<DayObjects> looking = store.begin(() -> DayObjects.look(store, day));
        QualityGate gate = new QualityGate(store, rules, day, known, rawChanges);
        try (Exclusive alone = store.exclusive(ObjectStore.committing(Manifest.key(day)))) {
            DayObjects found = alone.waited() ? DayObjects.list(store, day) : looking.get();
            return found.waiting() > 0
                    ? Optional.of(compute(List.of(day), same -> found, gate, (done, of) -> {}))
                    : Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Finder {
        DayObjects of(LocalDate day) throws IOException;
    }

    private Result compute(List<LocalDate> days, Finder finder, QualityGate gate, Progress progress) {
        Collector collector = new Collector(progress, days.size());
        Committer committer = new Committer(collector, gate, this::again);
        Work work = new Work(finder, committer, collector);
        Collection<LocalDate> large = work.compute(days, threads);
        work.compute(large, Math.max(1, memory / LARGE_DAY_MEMORY));
        committer.finish();
        return collector.result();
    }

    private DayCommit prepare(DayTransform transform, LocalDate day, DayObjects found, WarmStart warmStart)
            throws IOException {
        // Begun before the day is computed, because a store may have to be asked what was published before.
        Publisher.Publication publication = publisher.begin(day);
        try (ComputedDay computed = transform.compute(day, new OpenAhead(store, found.objects()))) {
            warmStart.hasRead(transform);
            return DayCommit.prepare(store, publication, found, computed);
        } catch (IOException | RuntimeException | Error e) {
            publication.close(); // the second time changes nothing
            throw e;
        }
    }

    /** Computes a day from what there is of it by now. */
    private DayCommit again(LocalDate day) throws IOException {
        DayTransform transform = new DayTransform(LEAST_MEMORY, Parts.MANY);
        return prepare(transform, day, DayObjects.list(store, day), WarmStart.NONE);
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
        private final Collector collector;

        Work(Finder finder, Committer committer, Collector collector) {
            this.finder = finder;
            this.committer = committer;
            this.collector = collector;
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
                    committer.add(prepare(transform, day, finder.of(day), warmStart));
                } catch (LargeDayException e) {
                    large.add(day);
                } catch (IOException | RuntimeException | Error e) {
                    collector.failed(day, e);
                }
            }
        }
    }

    /** Collects what the workers did. */
    static final class Collector {
        private final Progress progress;
        private final int of;
        private int done;
        private final List<Manifest> manifests = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private final List<UnreadableObject> unreadable = new ArrayList<>();
        private final List<DayFinding> findings = new ArrayList<>();
        private boolean contractBroke;

        Collector(Progress progress, int of) {
            this.progress = progress;
            this.of = of;
        }

        synchronized void done(DayCommit.Outcome outcome) {
            Manifest manifest = outcome.manifest();
            manifests.add(manifest);
            unreadable.addAll(outcome.unreadable());
            outcome.findings().forEach(finding -> findings.add(new DayFinding(manifest.date(), finding)));
            outcome.misnamed()
                    .forEach(key -> failures.add(key
                            + " is not named <source>/<list>/<HHmmss>Z.json. Move it loose into raw_data/to_process/ and run"
                            + " transform again."));
            progress.at(++done, of);
        }

        synchronized void failed(LocalDate day, Throwable e) {
            contractBroke |= e instanceof CountsException || e instanceof ContractException;
            failures.add("Day " + day + ": " + (e.getMessage() == null ? e : e.getMessage()));
            progress.at(++done, of);
        }

        synchronized Result result() {
            manifests.sort((a, b) -> a.date().compareTo(b.date()));
            failures.sort(null);
            unreadable.sort((a, b) -> a.key().compareTo(b.key()));
            findings.sort((a, b) -> a.date().compareTo(b.date()));
            return new Result(
                    List.copyOf(manifests),
                    List.copyOf(unreadable),
                    List.copyOf(failures),
                    List.copyOf(findings),
                    contractBroke);
        }
    }
}
