package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no longer as it was committed is told with its cure, and the transform mends what it can without losing rows. */
class VerifyCommandTest {

    private static final String LIST = Answers.list("verified");
    private static final String DAY = "2024-03-02";
    private static final String MANIFEST = "transformed_data/_days/" + DAY + ".json";
    private static final String AGAIN = "Run transform --since " + DAY + " --until " + DAY + " --all.";

    @TempDir
    Path folder;

    private Lake filled(String format) throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        for (String time :
                List.of("2024-03-01T10-00-00", DAY + "T10-00-00", DAY + "T12-00-00", "2024-03-03T10-00-00")) {
            Path page = folder.resolve(LIST + "_" + time + ".json");
            Files.writeString(page, Answers.page(LIST, Answers.rows(Dialect.LEGACY, 0, 5 + time.charAt(12) - '0')));
            lake.importing(page).with(0);
        }
        lake.transform("--format", format).with(0);
        assertThat(lake.run("verify").with(0).out()).matches("Verified 3 days: .* files, .* bytes, 0 problems\\.\n");
        return lake;
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv"})
    void oneFlippedBitOfAnyFileIsFound(String format) throws IOException {
        Lake lake = filled(format);
        long seed = new Random().nextLong();
        System.out.println("VerifyCommandTest: bits of seed " + seed);
        Random random = new Random(seed);
        List<String> files = Stream.concat(
                        lake.keys("raw_data/processed").stream(),
                        lake.keys("transformed_data").stream().filter(key -> key.contains("/part-")))
                .toList();
        for (String file : files) {
            byte[] whole = Files.readAllBytes(lake.at(file));
            byte[] flipped = whole.clone();
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(lake.at(file), flipped);
            assertThat(lake.run("verify").with(1).out())
                    .as(file + ", seed " + seed)
                    .contains(file + " is damaged: its checksum is ")
                    .endsWith(", 1 problem.\n");
            Files.write(lake.at(file), whole);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv"})
    void aPartitionThatIsGoneCutOrDoubledIsComputedAgain(String format) throws IOException {
        Lake lake = filled(format);
        Map<String, String> data = lake.data();
        String part = "transformed_data/song_data/snapshot_date=" + DAY + "/part-0.";
        Path file = lake.at(part + format);
        for (String fault : List.of("gone", "cut", "doubled")) {
            switch (fault) {
                case "gone" -> Files.delete(file);
                case "cut" -> Files.writeString(file, "x");
                default -> Files.copy(file, lake.at(part + (format.equals("csv") ? "parquet" : "csv")));
            }
            assertThat(lake.run("verify", "--output", "csv").with(1).out()).contains("2024-03-02," + part);
            assertThat(lake.run("verify", "--since", "2024-03-03").with(0).out())
                    .startsWith("Verified 1 day: ");
            Ended ended = lake.transform("--format", format).with(0);
            assertThat(ended.err()).as(fault).contains("computed again: 1 day, " + DAY + ".");
            assertThat(ended.out()).startsWith("Transformed 1 day, " + DAY);
            assertThat(lake.sound().data()).as(fault).isEqualTo(data);
        }
        assertThat(lake.transform("--format", format).with(0)).isEqualTo(new Ended(0, "Nothing to transform.\n", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "{}",
                "\0\0\0",
                "[1]",
                "{\"date\":\"soon\"}",
                "{\"date\":\"2024-03-02\",\"tables\":[]}"
            })
    void aManifestThatIsGarbageIsNamedAndMadeAgain(String garbage) throws IOException {
        Lake lake = filled("parquet");
        Map<String, String> data = lake.data();
        Files.writeString(lake.at(MANIFEST), garbage);
        assertThat(lake.run("verify").with(1).out())
                .contains(MANIFEST + " cannot be read: ")
                .contains(AGAIN);
        assertThat(lake.run("status").with(0).out())
                .contains("Problems: 1\n", MANIFEST + " cannot be read: ", AGAIN)
                .doesNotContain("is in no manifest");
        lake.transform().with(0);
        assertThat(lake.sound().data()).isEqualTo(data);
    }

    @Test
    void aManifestThatIsGoneIsNamedAndMadeAgain() throws IOException {
        Lake lake = filled("parquet");
        Map<String, String> data = lake.data();
        Files.delete(lake.at(MANIFEST));
        assertThat(lake.run("verify").with(1).out()).contains(MANIFEST + " is missing", AGAIN);
        assertThat(lake.run("status").with(0).out()).contains(MANIFEST + " is missing", AGAIN);
        assertThat(lake.transform().with(0).err()).contains("1 day, " + DAY);
        assertThat(lake.sound().data()).isEqualTo(data);
    }

    @Test
    void rowsOfRawObjectsThatAreGoneAreKeptUnlessTheyMayGo() throws IOException {
        Lake lake = filled("parquet");
        String raw = "raw_data/processed/" + DAY + "/spotify-web-api/" + LIST + "/120000Z.json";
        Files.delete(lake.at(raw));
        Map<String, String> data = lake.data();
        assertThat(lake.run("verify").with(1).out()).contains(raw + " is missing. Restore it from a backup");
        assertThat(lake.run("status").with(0).out())
                .contains(raw + " is missing. Restore it from a backup")
                .doesNotContain("Next: ");
        Ended refused = lake.transform("--all").with(1);
        assertThat(refused.out()).startsWith("Transformed 2 days");
        assertThat(refused.err()).contains("Day " + DAY + ": 1 of 2 raw objects", raw, "--accept-raw-changes");
        assertThat(lake.data()).isEqualTo(data);
        lake.transform("--all", "--accept-raw-changes").with(0);
        assertThat(lake.sound().rows("SELECT count(*) FROM playlist_entries WHERE snapshot_date = '" + DAY + "'"))
                .isEqualTo(List.of("5"));
        assertThat(lake.run("verify").with(0).err()).isEmpty();
    }

    @Test
    void aDayWithoutAnyRawObjectKeepsItsTables() throws IOException {
        Lake lake = filled("parquet");
        for (String key : lake.keys("raw_data/processed/" + DAY)) {
            Files.delete(lake.at(key));
        }
        Map<String, String> tables = lake.contents("transformed_data");
        assertThat(lake.transform("--all").with(1).err()).contains("Day " + DAY + ": 2 of 2 raw objects");
        assertThat(lake.contents("transformed_data")).isEqualTo(tables);
    }

    @Test
    void aRawObjectThatHasChangedIsNotTakenForTheOneThatWasCommitted() throws IOException {
        Lake lake = filled("parquet");
        String raw = "raw_data/processed/" + DAY + "/spotify-web-api/" + LIST + "/120000Z.json";
        Map<String, String> tables = lake.contents("transformed_data");
        for (String changed : List.of(Answers.page(LIST, Answers.rows(Dialect.LEGACY, 3, 9)), "no JSON")) {
            Files.writeString(lake.at(raw), changed);
            assertThat(lake.transform("--all").with(1).err()).contains(raw + " is not what its manifest says");
            assertThat(lake.contents("transformed_data")).isEqualTo(tables);
            assertThat(lake.keys("raw_data/quarantine")).isEmpty();
        }
    }
}
