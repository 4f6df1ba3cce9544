package dev.chartlake.transform;

import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.QualityGate;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Commits days while the next ones are computed: forcing files to the disk is waiting, and several can wait at once.
 * Days are added by any number of threads.
 */
final class Committer {

    private static final int THREADS = 4;
    private static final int MAX_WAITING = 12;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final DayOutcomes outcomes;
    private final SingleDay.Again again;
    private final QualityGate gate;

    /** {@code gate} decides which days are committed; {@code again} computes a day that another process has changed. */
    Committer(DayOutcomes outcomes, QualityGate gate, SingleDay.Again again) {
        this.gate = gate;
        this.outcomes = outcomes;
        this.again = again;
        threads.execute(gate::prepare);
    }

    /** Takes a day; waits while too many are waiting. */
    void add(DayCommit day) {
        room.acquireUninterruptibly();
        threads.execute(() -> {
            try {
                outcomes.done(SingleDay.commit(day, gate, again));
            } catch (IOException | RuntimeException | Error e) {
                outcomes.failed(day.date(), e);
            } finally {
                room.release();
            }
        });
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
