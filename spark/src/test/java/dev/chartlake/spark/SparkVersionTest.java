package dev.chartlake.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.outcome.Failure;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The job refuses a Spark that it was not tried with. */
class SparkVersionTest {

    @ParameterizedTest
    @ValueSource(strings = {"3.5.6", "3.5.9-amzn-0", "4.0.5", "4.1.4"})
    void aKnownOneIsTaken(String version) {
        assertThatCode(() -> SparkTransform.requireVersion(version)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.4.8", "3.4.4", "5.0.0", "unknown"})
    void anotherOneIsRefusedWithTheCure(String version) {
        assertThatThrownBy(() -> SparkTransform.requireVersion(version))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE))
                .hasMessageContaining("Spark " + version)
                .hasMessageContaining("SPARK_HOME");
    }
}
