package dev.chartlake.trials;

import java.util.Random;

/**
 * Runs tests on random input. A failure names the seed of its input:
 *
 * <ul>
 *   <li>{@code -Dchartlake.seed=S} runs each trial with the seed {@code S} alone;
 *   <li>{@code -Dchartlake.seeds=N} runs each trial with {@code N} seeds, one after the other.
 * </ul>
 */
public final class Seeded {

    private Seeded() {}

    /** A test on random input. */
    public interface Trial {
        /** Takes everything random from {@code random}, and fails by throwing. */
        void run(Random random) throws Exception;
    }

    /** Runs a trial once, in this thread. */
    public static void run(Trial trial) {
        run(1, trial);
    }

    /** Runs a trial so many times, each with a seed of its own, in this thread. */
    public static void run(int times, Trial trial) {
        Long seed = Long.getLong("chartlake.seed");
        int seeds = Integer.getInteger("chartlake.seeds", seed == null ? times : 1);
        run(trial, seeds, seed == null ? System.nanoTime() : seed);
    }

    static void run(Trial trial, int seeds, long first) {
        if (seeds < 1) {
            throw new IllegalArgumentException("chartlake.seeds is " + seeds + ", and should be 1 or more.");
        }
        Random next = new Random(first);
        long seed = first;
        for (int number = 1; number <= seeds; number++) {
            try {
                trial.run(new Random(seed));
            } catch (Exception | AssertionError e) {
                throw new AssertionError("with -Dchartlake.seed=" + seed + ": " + e.getMessage(), e);
            }
            seed = next.nextLong();
        }
    }
}
