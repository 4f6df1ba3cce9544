package dev.chartlake.trials;

import java.util.List;
import java.util.stream.IntStream;

/** How many times a test repeats something that takes long: few times in each build, and many with {@code -Pthorough}. */
public final class Depth {

    private static final boolean THOROUGH = "thorough".equals(System.getProperty("chartlake.depth"));

    private Depth() {}

    /** {@code quick} in each build, {@code thorough} with {@code -Pthorough}. Mark the test {@link Thorough}. */
    public static int of(int quick, int thorough) {
        return THOROUGH ? thorough : quick;
    }

    /** True with {@code -Pthorough}. */
    public static boolean isThorough() {
        return THOROUGH;
    }

    /** At most {@code quick} of these in each build, spread over them evenly, and all with {@code -Pthorough}. */
    public static <T> List<T> some(int quick, List<T> all) {
        if (THOROUGH || all.size() <= quick) {
            return all;
        }
        return IntStream.range(0, quick)
                .mapToObj(i -> all.get(i * all.size() / quick))
                .toList();
    }
}
