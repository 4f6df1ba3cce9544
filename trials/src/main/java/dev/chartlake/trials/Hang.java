package dev.chartlake.trials;

import java.time.Duration;

/**
 * How long a test waits for something that must happen. A busy machine is slow, so the limit is for a program that hangs,
 * and no test measures time with it.
 */
public final class Hang {

    /** Ten minutes, in seconds, as annotations need it. */
    public static final long SECONDS = 600;

    /** Ten minutes. */
    public static final Duration LIMIT = Duration.ofSeconds(SECONDS);

    private Hang() {}
}
