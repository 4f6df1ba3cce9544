package dev.chartlake.lake;

import dev.chartlake.http.Pause;
import dev.chartlake.lake.LakeStatus.Problem;
import dev.chartlake.model.Progress;
import dev.chartlake.model.Table;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Reads every byte that manifests name, table files and raw objects, and compares sizes and checksums. Needs memory for a
 * few manifests only. Days that look wrong are looked at again at the end, because a commit may have been under way.
 */
public final class LakeVerification {

    private final ObjectStore store;
    private final int threads;
    private final Duration settling;
    private final Pause pause;
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    /**
     * Verifies with {@code threads} threads. {@code settling} is how long a commit may take in a store that cannot hold
     * commits off; {@code pause} waits for it.
     */
    public LakeVerification(ObjectStore store, int threads, Duration settling, Pause pause) {
        this.store = store;
        this.threads = threads;
        this.settling = settling;
        this.pause = pause;
    }

    /**
     * What was found.
     *
     * @param days how many days were verified
     * @param files how many table files and raw objects were read
     * @param bytes how many bytes they have
     * @param problems what differs, by day and key
     */
    public record Result(int days, long files, long bytes, List<Problem> problems) {

        /** The same with {@code more} problems. */
        public Result and(List<Problem> more) {
            List<Problem> all = new ArrayList<>(problems);
            all.addAll(more);
            return new Result(days, files, bytes, List.copyOf(all));
        }
    }

    /** Verifies the days that are {@code wanted}. */
    public Result run(Predicate<LocalDate> wanted, Progress progress) throws IOException {
        List<Problem> problems = Collections.synchronizedList(new ArrayList<>());
        Set<LocalDate> suspects = Collections.synchronizedSet(new TreeSet<>());
        List<LocalDate> days = days(wanted, problems);
        AtomicInteger done = new AtomicInteger();
        each(days, day -> {
            if (!look(day).isEmpty()) {
                suspects.add(day);
            }
            progress.at(done.incrementAndGet(), days.size());
        });
        long counted = files.get();
        long read = bytes.get();
        if (!suspects.isEmpty()) {
            settle();
        }
        each(List.copyOf(suspects), day -> {
            try (Closeable held = store.shared()) {
                problems.addAll(look(day));
            }
        });
        problems.sort(Comparator.comparing(Problem::date, Comparator.nullsLast(Comparator.<LocalDate>naturalOrder()))
                .thenComparing(Problem::key));
        return new Result(days.size(), counted, read, List.copyOf(problems));
    }

    private List<Problem> look(LocalDate day) throws IOException {
        return new DayVerification(store, day, this::read).look();
    }

    private void read(long size) {
        files.incrementAndGet();
        bytes.addAndGet(size);
    }

    private void settle() throws IOException {
        try {
            pause.of(settling);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the lake was verified");
        }
    }

    /** All days of which a manifest, a table file or a processed raw object is there. */
    private List<LocalDate> days(Predicate<LocalDate> wanted, List<Problem> problems) throws IOException {
        TreeSet<LocalDate> days = new TreeSet<>();
        for (ObjectInfo info : store.files(Manifest.ROOT)) {
            ChangedDays.day(info.key())
                    .ifPresentOrElse(
                            days::add,
                            () -> problems.add(
                                    new Problem(null, info.key(), "is not named after a day", "Delete it.")));
        }
        for (String folder : store.folders(RawState.PROCESSED.prefix())) {
            ChangedDays.day(Manifest.ROOT + folder + ".json").ifPresent(days::add);
        }
        for (Table table : Table.values()) {
            String prefix = Table.ROOT + table.folder() + "/";
            for (String folder : store.folders(prefix)) {
                ChangedDays.partition(prefix + folder + "/part-").ifPresent(days::add);
            }
        }
        days.removeIf(wanted.negate());
        return List.copyOf(days);
    }

    @FunctionalInterface
    private interface Task {
        void of(LocalDate day) throws IOException;
    }

    private void each(List<LocalDate> days, Task task) throws IOException {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (LocalDate day : days) {
                running.add(pool.submit(() -> {
                    task.of(day);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the lake was verified");
        } finally {
            pool.shutdownNow();
        }
    }
}
