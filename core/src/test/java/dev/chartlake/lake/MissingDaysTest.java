package dev.chartlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.LakeStatus.Days;
import dev.chartlake.lake.LakeStatus.Gap;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Which days of a list count as missing. */
class MissingDaysTest {

    private static Days days(String... days) {
        return Days.of(Arrays.stream(days).map(LocalDate::parse).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static Gap gap(String first, String last, long days) {
        return new Gap(LocalDate.parse(first), LocalDate.parse(last), days);
    }

    @Test
    void betweenDaysOfADailyListEachDayIsMissing() {
        assertThat(days("2024-03-01", "2024-03-02", "2024-03-03", "2024-03-06").gaps())
                .containsExactly(gap("2024-03-04", "2024-03-05", 2));
    }

    @Test
    void betweenWeeklyChartsAWeekIsMissingAndADayLateIsNot() {
        Days days = days("2024-01-04", "2024-01-11", "2024-01-19", "2024-01-26", "2024-02-09");
        assertThat(days.every()).isEqualTo(7);
        assertThat(days.gaps()).containsExactly(gap("2024-02-02", "2024-02-02", 1));
    }

    @Test
    void monthsOfDifferentLengthsHaveNoGap() {
        Days days = days("2024-02-01", "2024-03-01", "2024-04-01", "2024-05-01", "2024-06-01", "2024-07-01");
        assertThat(days.missing()).isZero();
    }
}
