package dev.chartlake.http;

import java.time.Duration;

/** Waits. Tests hand in one that only notes how long it should have waited. */
@FunctionalInterface
public interface Pause {

    /** Sleeps the calling thread. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    /** Returns after {@code duration}, which is zero or more. */
    void of(Duration duration) throws InterruptedException;
}
