package dev.chartlake.trials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class SeededTest {

    @Test
    void eachSeedGivesOtherInputAndTheSameSeedTheSame() {
        List<Long> first = new ArrayList<>();
        List<Long> second = new ArrayList<>();
        Seeded.run(random -> first.add(random.nextLong()), 100, 7);
        Seeded.run(random -> second.add(random.nextLong()), 100, 7);
        assertThat(first).hasSize(100).isEqualTo(second);
        assertThat(new HashSet<>(first)).hasSize(100);
    }

    @Test
    void aFailureNamesTheSeedThatRepeatsIt() {
        List<Long> drawn = new ArrayList<>();
        Throwable failure = catchThrowable(() -> Seeded.run(
                random -> {
                    drawn.add(random.nextLong());
                    if (drawn.size() == 5) {
                        throw new AssertionError("too many");
                    }
                },
                9,
                7));
        assertThat(failure).hasMessageMatching("with -Dchartlake\\.seed=-?\\d+: too many");
        long seed = Long.parseLong(Objects.requireNonNull(failure.getMessage()).replaceAll(".*=(-?\\d+):.*", "$1"));
        Seeded.run(random -> assertThat(random.nextLong()).isEqualTo(drawn.get(4)), 1, seed);
        assertThat(drawn).hasSize(5);
    }

    @Test
    void noSeedsAreRejected() {
        assertThatThrownBy(() -> Seeded.run(random -> {}, 0, 7)).hasMessageContaining("chartlake.seeds is 0");
    }
}
