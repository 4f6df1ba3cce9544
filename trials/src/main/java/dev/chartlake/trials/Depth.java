package dev.chartlake.trials;

/** How many times a test repeats something that takes long: few times in each build, and many with {@code -Pthorough}. */
public final class Depth {

    private static final boolean THOROUGH = "thorough".equals(System.getProperty("chartlake.depth"));

    private Depth() {}

    /** {@code quick} in each build, {@code thorough} with {@code -Pthorough}. Mark the test {@link Thorough}. */
    public static int of(int quick, int thorough) {
        return THOROUGH ? thorough : quick;
    }
}
