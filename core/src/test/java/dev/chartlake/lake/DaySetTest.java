package dev.chartlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.trials.Seeded;
import java.time.LocalDate;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class DaySetTest {

    @Test
    void itHoldsTheDaysInWhateverOrderTheyCome() {
        Seeded.run(50, random -> {
            DaySet days = new DaySet();
            TreeSet<LocalDate> expected = new TreeSet<>();
            for (int i = random.nextInt(30); i > 0; i--) {
                LocalDate day = LocalDate.of(2024, 3, 1).plusDays(random.nextInt(100) - 50);
                days.add(day);
                expected.add(day);
            }
            assertThat(days.dates()).isEqualTo(expected);
        });
    }
}
