package dev.chartlake.jobs;

import dev.chartlake.intake.Adoption;
import dev.chartlake.intake.IntakeReport;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.Progress;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.DayRunner;
import dev.chartlake.transform.TransformResult;
import dev.chartlake.transform.Transformer;
import java.io.Closeable;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Makes tables of raw objects: adopts what lies loose, and computes and commits days. Used by one thread. */
public final class TransformJob {

    private final ObjectStore store;
    private final Transformer transformer;
    private final DayRunner runner;
    private final Metrics metrics;
    private final Listener listener;

    /** Which days a run computes. */
    public enum Days {
        /** Those in which something waits, and those whose tables are not what their manifest says. */
        NEW,

        /** Every day that has raw objects. */
        ALL
    }

    /** Is told what a run does, in this order, by the thread that runs it; how far it is ({@link #at}) by any thread. */
    public interface Listener extends Progress {

        /** Loose files were adopted. */
        void adopted(IntakeReport report);

        /** These days, at least one, are computed again, because their tables are not what their manifest says. */
        default void changed(List<LocalDate> days) {}

        /** Days were computed. */
        void transformed(TransformResult result);
    }

    /**
     * What a run did.
     *
     * @param adopted what became of loose files
     * @param transformed what became of the days
     */
    public record Result(IntakeReport adopted, TransformResult transformed) {

        /** True if no day failed and no file was set aside. */
        public boolean clean() {
            return transformed.failures().isEmpty()
                    && transformed.unreadable().isEmpty()
                    && adopted.problems().isEmpty();
        }
    }

    /** Works on {@code store}, as {@code transformer} does. */
    public TransformJob(ObjectStore store, Transformer transformer, Metrics metrics, Listener listener) {
        this(store, transformer, transformer, metrics, listener);
    }

    /** The same, but {@code runner} computes the days that {@code transformer} finds. */
    public TransformJob(
            ObjectStore store, Transformer transformer, DayRunner runner, Metrics metrics, Listener listener) {
        this.runner = runner;
        this.store = store;
        this.transformer = transformer;
        this.metrics = metrics;
        this.listener = listener;
    }

    /**
     * Adopts loose files and computes days, as far as they are {@code wanted}. A day that fails does not stop the others.
     *
     * @throws IOException if the lake cannot be read, or loose files cannot be adopted
     */
    public Result run(Days which, Predicate<LocalDate> wanted) throws IOException {
        IntakeReport adopted = adoptLoose();
        Collection<LocalDate> found = which == Days.ALL ? transformer.allDays() : newDays();
        List<LocalDate> days = found.stream().filter(wanted).toList();
        TransformResult result = runner.run(days, listener);
        tell(result, days.size());
        return new Result(adopted, result);
    }

    /**
     * Adopts loose files, waiting for other processes that do so. Returns the days they belong to.
     *
     * @throws IOException if they cannot be adopted
     */
    public Set<LocalDate> adopt() throws IOException {
        try (Closeable alone = store.exclusive("adoption")) {
            return adoptLoose().days();
        }
    }

    /**
     * Computes a day if something waits in it. Returns false if it failed, with the reason in what the listener is told.
     *
     * @throws IOException if the lake cannot be read
     */
    public boolean runWaiting(LocalDate day) throws IOException {
        Optional<TransformResult> result;
        try {
            result = transformer.runWaiting(day);
        } catch (IOException | RuntimeException e) {
            metrics.add(Metric.DAYS_FAILED, 1);
            throw e;
        }
        result.ifPresent(done -> tell(done, 1));
        return result.isEmpty() || !result.get().days().isEmpty();
    }

    private IntakeReport adoptLoose() throws IOException {
        IntakeReport adopted = new Adoption(store).run();
        adopted.problems().forEach(problem -> metrics.add(Metric.OBJECTS_QUARANTINED, 1));
        listener.adopted(adopted);
        return adopted;
    }

    private Collection<LocalDate> newDays() throws IOException {
        TreeSet<LocalDate> days = new TreeSet<>(transformer.waitingDays());
        List<LocalDate> changed = transformer.changedDays().stream()
                .filter(day -> !days.contains(day))
                .toList();
        if (!changed.isEmpty()) {
            listener.changed(changed);
        }
        days.addAll(changed);
        return days;
    }

    private void tell(TransformResult result, int days) {
        metrics.add(result, days);
        listener.transformed(result);
    }
}
