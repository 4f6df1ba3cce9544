package dev.chartlake.transform;

import dev.chartlake.day.DayTransform;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one of several workers read its first day alone, and the others begin with what it has learned: they would read
 * the same songs again, and in a process that has just started they would take the processor from the compiler. Nobody
 * waits for long, nor where there is little to do.
 */
final class WarmStart {

    /** A switch for benchmarks: with {@code -Dchartlake.warmStart=off} each worker starts at once and knows nothing. */
    private static final boolean OFF = "off".equals(System.getProperty("chartlake.warmStart"));

    private static final long MOST_MILLIS = 500;
    private static final int LEAST_DAYS_EACH = 4;

    /** Nobody waits, and nobody learns. */
    static final WarmStart NONE = of(1, 1);

    private final long mostMillis;
    private final CountDownLatch read = new CountDownLatch(1);
    private int others;
    private @Nullable DayTransform first;
    private @Nullable DayTransform learned;

    private WarmStart(int others, long mostMillis) {
        this.others = others;
        this.mostMillis = mostMillis;
    }

    /** For so many workers and days. */
    static WarmStart of(int workers, int days) {
        return of(workers, days, MOST_MILLIS);
    }

    /** The same, where nobody waits longer than {@code mostMillis}. */
    static WarmStart of(int workers, int days, long mostMillis) {
        WarmStart start = new WarmStart(workers - 1, mostMillis);
        if (OFF || workers == 1 || days < workers * LEAST_DAYS_EACH) {
            start.read.countDown();
        }
        return start;
    }

    /** What the first worker works with. */
    DayTransform first(Supplier<DayTransform> fresh) {
        DayTransform transform = fresh.get();
        if (read.getCount() > 0) {
            first = transform;
        }
        return transform;
    }

    /** Says that {@code transform} has read a day, whose tables are not written yet. Called by the worker that uses it. */
    void hasRead(DayTransform transform) {
        if (transform == first) {
            first = null;
            give(transform);
        }
    }

    /** What another worker works with; waits for it. */
    DayTransform next(Supplier<DayTransform> fresh) {
        try {
            read.await(mostMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        DayTransform known = take();
        return known == null ? fresh.get() : known;
    }

    private void give(DayTransform transform) {
        synchronized (this) {
            learned = others > 0 ? transform.copy() : null;
        }
        read.countDown();
    }

    /** Each gets a copy of its own; the last one gets what the copies are made of. */
    private synchronized @Nullable DayTransform take() {
        DayTransform known = learned;
        others--;
        if (known != null && others > 0) {
            return known.copy();
        }
        learned = null;
        return known;
    }
}
