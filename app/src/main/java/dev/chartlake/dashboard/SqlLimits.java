package dev.chartlake.dashboard;

import java.time.Duration;

/**
 * What SQL from the page may cost.
 *
 * @param time how long a query may take, in whole seconds
 * @param patience how long a query waits while others run, before it is refused
 * @param atATime how many queries run at the same time
 * @param waiting how many more may wait
 * @param rows how many rows of a result are shown
 */
public record SqlLimits(Duration time, Duration patience, int atATime, int waiting, long rows) {

    /** What a dashboard has unless it is told otherwise. */
    public static final SqlLimits USUAL = new SqlLimits(Duration.ofSeconds(30), Duration.ofSeconds(10), 2, 4, 10_000);
}
