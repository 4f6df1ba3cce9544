package dev.chartlake.copy;

import dev.chartlake.http.Pause;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Progress;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The committed days of a lake elsewhere, in a folder of this machine that can be deleted at any time. Each day is there
 * as one manifest says, checked by its sizes and checksums. One listing tells what is new. Any number of processes may
 * use the same folder; those that query see each day before it is replaced or after.
 */
public final class LakeCopy {

    private static final int THREADS = 8;

    private final ObjectStore lake;
    private final LocalStore copy;
    private final Pause pause;

    /** A copy of {@code lake} in {@code folder}, which need not be there yet. */
    public LakeCopy(ObjectStore lake, Path folder) {
        this(lake, folder, Pause.REAL);
    }

    LakeCopy(ObjectStore lake, Path folder, Pause pause) {
        this.lake = lake;
        this.copy = new LocalStore(folder);
        this.pause = pause;
    }

    /** The copy, to be read. */
    public LocalStore store() {
        return copy;
    }

    /**
     * What was new.
     *
     * @param copied days that were added or replaced
     * @param removed days that are no longer in the lake
     * @param bytes how much of tables was fetched
     * @param stale days that could not be copied: their files in the lake are not what their manifest says, or the manifest
     *     is missing
     */
    public record Refreshed(int copied, int removed, long bytes, List<Stale> stale) {}

    /**
     * A day that is not in the copy as it is in the lake.
     *
     * @param problem what is wrong with it in the lake
     * @param older true if the copy has it as it was before; false if it has nothing of it
     */
    public record Stale(LocalDate date, String problem, boolean older) {}

    /**
     * Copies what is new. Waits while another process does the same.
     *
     * @throws IOException if the lake or the folder cannot be used; what was copied before stays
     */
    public Refreshed refresh(Progress progress) throws IOException {
        try (Closeable alone = copy.exclusive("transform")) { // compaction of the copy waits, too
            List<String> processed = lake.folders(RawState.PROCESSED.prefix()); // first: they follow their manifest
            Map<String, String> there = listing();
            Map<String, String> have = CopiedDays.read(copy, lake.name());
            Set<String> lost = lost(processed, there);
            if (there.equals(have) && lost.isEmpty()) {
                return new Refreshed(0, 0, 0, List.of());
            }
            DayCopy days = new DayCopy(lake, copy, pause);
            List<String> changed = new ArrayList<>();
            there.forEach((key, stamp) -> {
                if (!stamp.equals(have.get(key))) {
                    changed.add(key);
                }
            });
            int removed = removeAllBut(there, lost, days);
            List<Stale> stale = Collections.synchronizedList(new ArrayList<>());
            for (String key : lost) {
                String problem = "its manifest is missing, although it has processed raw objects";
                stale.add(new Stale(date(key), problem, days.has(date(key))));
            }
            try {
                copy(changed, days, stale, have, there, progress);
            } finally {
                have.keySet().retainAll(there.keySet());
                CopiedDays.write(copy, lake.name(), have);
            }
            stale.sort((one, other) -> one.date().compareTo(other.date()));
            return new Refreshed(
                    changed.size() - stale.size() + lost.size(), removed, days.bytes(), List.copyOf(stale));
        }
    }

    /** The manifests in the lake, by key. */
    private Map<String, String> listing() throws IOException {
        Map<String, String> stamps = new TreeMap<>();
        for (ObjectInfo info : lake.files(Manifest.ROOT)) {
            if (isDay(info.key())) {
                stamps.put(info.key(), info.stamp());
            }
        }
        return stamps;
    }

    /** The manifests that are not there although the raw objects of their days are processed. */
    private Set<String> lost(List<String> processed, Map<String, String> there) throws IOException {
        Set<String> lost = new TreeSet<>();
        for (String folder : processed) {
            String key = Manifest.ROOT + folder + ".json";
            if (isDay(key)
                    && !there.containsKey(key)
                    && !lake.list(RawState.PROCESSED.prefix() + folder + "/").isEmpty()) {
                lost.add(key);
            }
        }
        return lost;
    }

    private static boolean isDay(String key) {
        try {
            return Manifest.key(date(key)).equals(key);
        } catch (DateTimeException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }

    private static LocalDate date(String key) {
        return LocalDate.parse(key.substring(Manifest.ROOT.length(), key.length() - ".json".length()));
    }

    private int removeAllBut(Map<String, String> there, Set<String> lost, DayCopy days) throws IOException {
        int removed = 0;
        for (ObjectInfo info : copy.files(Manifest.ROOT)) {
            if (isDay(info.key()) && !there.containsKey(info.key()) && !lost.contains(info.key())) {
                days.remove(date(info.key()));
                removed++;
            }
        }
        return removed;
    }

    private void copy(
            List<String> changed,
            DayCopy days,
            List<Stale> stale,
            Map<String, String> have,
            Map<String, String> there,
            Progress progress)
            throws IOException {
        ExecutorService threads = Executors.newFixedThreadPool(Math.max(1, Math.min(THREADS, changed.size())));
        AtomicInteger done = new AtomicInteger();
        try {
            List<Future<?>> running = new ArrayList<>();
            for (String key : changed) {
                running.add(threads.submit(() -> {
                    LocalDate date = date(key);
                    String problem = days.copy(date);
                    if (problem == null) {
                        synchronized (have) {
                            have.put(key, there.getOrDefault(key, ""));
                        }
                    } else {
                        stale.add(new Stale(date, problem, days.has(date)));
                    }
                    progress.at(done.incrementAndGet(), changed.size());
                    return null;
                }));
            }
            for (Future<?> one : running) {
                await(one);
            }
        } finally {
            threads.shutdownNow();
            awaitEnd(threads);
        }
    }

    private static void awaitEnd(ExecutorService threads) throws InterruptedIOException {
        try {
            if (!threads.awaitTermination(1, java.util.concurrent.TimeUnit.MINUTES)) {
                throw new InterruptedIOException("The copy does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(Future<?> one) throws IOException {
        try {
            one.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IOException("Copying failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while the lake was copied");
        }
    }
}
