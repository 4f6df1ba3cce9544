package dev.chartlake.transform;

import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.DayCommit.Outcome;
import dev.chartlake.publish.QualityGate;
import dev.chartlake.transform.Transformer.Collector;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Commits days while the next ones are computed: forcing files to the disk is waiting, and several can wait at once.
 * Days are added by any number of threads.
 */
final class Committer {

    private static final int THREADS = 4;
    private static final int MAX_WAITING = 12;
    private static final int TRIES = 5;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final Collector collector;
    private final Supplier<DayTransform> transforms;
    private final QualityGate gate;

    /** {@code gate} decides which days are committed; {@code transforms} computes a day anew when somebody else has changed it. */
    Committer(Collector collector, QualityGate gate, Supplier<DayTransform> transforms) {
        this.gate = gate;
        this.collector = collector;
        this.transforms = transforms;
        threads.execute(gate::prepare);
    }

    /** Takes a day; waits while too many are waiting. */
    void add(DayCommit day) {
        room.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                collector.done(commit(day));
            } catch (IOException | RuntimeException | Error e) {
                collector.failed(day.date(), e);
            } finally {
                room.release();
            }
        });
    }

    private Outcome commit(DayCommit computed) throws IOException {
        DayCommit day = computed;
        for (int attempt = 1; attempt <= TRIES; attempt++) {
            try (DayCommit closing = day) {
                Outcome outcome = closing.commit(gate);
                if (outcome != null) {
                    return outcome;
                }
            }
            day = transforms.get().prepare(computed.date());
        }
        day.close();
        throw new IOException("Day " + computed.date() + " was changed by others " + TRIES
                + " times while it was computed. Run transform again.");
    }

    /** Waits until all days are committed or have failed. */
    void finish() {
        threads.shutdown();
        while (true) {
            try {
                if (threads.awaitTermination(1, TimeUnit.DAYS)) {
                    return;
                }
            } catch (InterruptedException e) {
                // What is under way is finished.
            }
        }
    }
}
