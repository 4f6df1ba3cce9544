package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {

    @TempDir
    Path folder;

    @Test
    void whatCannotBeTakenCountsAsFailedAndKeepsNothingWaiting() throws Exception {
        Lake lake = new Lake(folder.resolve("lake"));
        try (Simulator spotify = Simulator.start(SimulatorOptions.defaults())) {
            Map<String, String> environment = new HashMap<>(Lake.spotify(spotify));
            environment.put("CHARTLAKE_METRICS", folder.toString());
            Ended mistyped = lake.run(environment, "run", "top fifty", WorldLists.TOP_NORWAY);
            assertThat(mistyped.with(2).err()).contains("'top fifty'", "1 of 2 lists archived, 1 failed");
            assertThat(mistyped.out()).contains("Transformed 1 day, ");
            assertThat(Files.readString(folder.resolve("chartlake_extract.prom")))
                    .containsPattern("(?m)^chartlake_lists_failed\\{.*} 1$");

            Ended refused = lake.run(environment, "run", WorldLists.REFUSED, WorldLists.TOP_WORLD);
            assertThat(refused.with(1).err())
                    .contains(WorldLists.REFUSED + ": failed. ", "1 of 2 lists archived, 1 failed");
            assertThat(refused.out()).contains("Transformed 1 day, ");

            spotify.clearRequests();
            assertThat(lake.run(environment, "run", "top fifty", "spotify:track:x")
                            .with(2)
                            .err())
                    .contains("'top fifty'", "'spotify:track:x'");
            assertThat(spotify.requests()).isEmpty();
        }
    }
}
