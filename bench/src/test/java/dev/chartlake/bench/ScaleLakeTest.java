package dev.chartlake.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.DayObjects;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.transform.Transformer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The simulated lake is a lake: the commands see in it what it is said to have. */
class ScaleLakeTest {

    private final ScaleLake lake = new ScaleLake(300, 4, 2, 7);

    @Test
    void statusFindsNothingWrong() throws Exception {
        LakeStatus status = LakeStatus.of(lake, QualityRules.DEFAULT);
        assertThat(status.problems()).isEmpty();
        assertThat(status.days().count()).isEqualTo(4);
        assertThat(status.lists())
                .hasSize(300)
                .allSatisfy(list -> assertThat(list.snapshots()).isEqualTo(4));
        assertThat(status.waiting().objects()).isEqualTo(14);
    }

    @Test
    void onlyTheDaysInWhichSomethingWaitsAreToBeTransformed() throws Exception {
        Transformer transformer = new Transformer(lake, new ParquetFormat(), 1, 1);
        assertThat(transformer.changedDays()).isEmpty();
        assertThat(transformer.waitingDays())
                .isEqualTo(List.of(lake.firstWaiting(), lake.firstWaiting().plusDays(1)));
        assertThat(DayObjects.list(lake, lake.firstWaiting()).waiting()).isEqualTo(7);
    }

    @Test
    void requestsAreCounted() throws Exception {
        lake.requests();
        new Transformer(lake, new ParquetFormat(), 1, 1).changedDays();
        ScaleLake.Requests requests = lake.requests();
        assertThat(requests.gets()).isEqualTo(4);
        assertThat(requests.bytes()).isBetween(4L * 10_000, 4L * 20_000);
        assertThat(requests.listings()).isBetween(2L, 5L);
        assertThat(lake.requests()).isEqualTo(new ScaleLake.Requests(0, 0, 0));
    }
}
