package dev.chartlake.quality;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;

/** How many entries a snapshot may have, both ends included. */
public record Range(long min, long max) implements Serializable {

    /** Fewer observations say nothing about what is usual. */
    public static final int LEAST_OBSERVATIONS = 5;

    private static final int LEAST_TOLERANCE = 5;
    private static final int SPREADS = 5;

    /** True if it is inside. */
    public boolean contains(long value) {
        return value >= min && value <= max;
    }

    /**
     * What is usual for a list: the median, with a tolerance of five times the median distance from it, a fifth of the
     * median, or 5, whichever is largest. Empty for fewer than five observations.
     */
    public static Optional<Range> learn(Collection<Long> observed) {
        if (observed.size() < LEAST_OBSERVATIONS) {
            return Optional.empty();
        }
        long[] values = observed.stream().mapToLong(Long::longValue).toArray();
        long median = median(values);
        long spread = median(
                Arrays.stream(values).map(value -> Math.abs(value - median)).toArray());
        long tolerance = Math.max(LEAST_TOLERANCE, Math.max(SPREADS * spread, median / 5));
        return Optional.of(new Range(Math.max(0, median - tolerance), median + tolerance));
    }

    private static long median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    @Override
    public String toString() {
        if (max == Long.MAX_VALUE) {
            return "at least " + min;
        }
        return min == 0 ? "at most " + max : min == max ? String.valueOf(min) : min + " to " + max;
    }
}
