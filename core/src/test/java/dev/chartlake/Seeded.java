package dev.chartlake;

import java.util.Random;

/** Random tests that can be repeated: a failure names its seed, and {@code -Dseed=…} runs with that one again. */
public final class Seeded {

    private Seeded() {}

    /** What is tried with random input. */
    public interface Trial {
        /** Draws all that is random from {@code random}. */
        void run(Random random) throws Exception;
    }

    /** Runs a trial; one thread, once. */
    public static void run(Trial trial) throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        try {
            trial.run(new Random(seed));
        } catch (Exception | AssertionError e) {
            throw new AssertionError("with -Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
