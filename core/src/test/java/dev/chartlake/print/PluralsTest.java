package dev.chartlake.print;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluralsTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 12, 999, 1000, 12_345, 123_456, 1_234_567, -1, -999, -1000, -123_456, Long.MIN_VALUE})
    void groupsDigitsAsTheJdkDoes(long n) {
        assertThat(Plurals.grouped(n)).isEqualTo(String.format(Locale.ROOT, "%,d", n));
    }

    @Test
    void oneIsNotMany() {
        assertThat(Plurals.count(1, "entry", "entries")).isEqualTo("1 entry");
        assertThat(Plurals.count(2_000, "file")).isEqualTo("2,000 files");
    }
}
