package dev.chartlake.transform;

import dev.chartlake.publish.DayCommit;
import dev.chartlake.publish.DayCommit.Outcome;
import dev.chartlake.publish.QualityGate;
import dev.chartlake.transform.Transformer.Collector;
import java.io.IOException;
import java.time.LocalDate;
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
    private static final int TRIES = 5;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Semaphore room = new Semaphore(MAX_WAITING);
    private final Collector collector;
    private final Again again;
    private final QualityGate gate;

    /** Computes a day from what there is of it by now. */
    @FunctionalInterface
    interface Again {
        DayCommit of(LocalDate day) throws IOException;
    }

    /** {@code gate} decides which days are committed; {@code again} computes a day that another process has changed. */
    Committer(Collector collector, QualityGate gate, Again again) {
        this.gate = gate;
        this.collector = collector;
        this.again = again;
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
            day = again.of(computed.date());
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
