package dev.chartlake.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is usual for a list. */
class RangeTest {

    @Test
    void fewObservationsSayNothing() {
        assertThat(Range.learn(List.of())).isEmpty();
        assertThat(Range.learn(Collections.nCopies(4, 50L))).isEmpty();
    }

    @Test
    void toleranceIsTheLargestOfThree() {
        assertThat(Range.learn(Collections.nCopies(5, 50L))).contains(new Range(40, 60));
        assertThat(Range.learn(Collections.nCopies(5, 3L))).contains(new Range(0, 8));
        assertThat(Range.learn(List.of(90L, 110L, 100L, 120L, 80L))).contains(new Range(50, 150));
        assertThat(Range.learn(List.of(50L, 50L, 50L, 50L, 50L, 0L, 9999L))).contains(new Range(40, 60));
    }

    @Test
    void saysWhatItIs() {
        assertThat(new Range(40, 60)).hasToString("40 to 60");
        assertThat(new Range(50, 50)).hasToString("50");
        assertThat(new Range(0, 60)).hasToString("at most 60");
        assertThat(new Range(40, Long.MAX_VALUE)).hasToString("at least 40");
    }
}
