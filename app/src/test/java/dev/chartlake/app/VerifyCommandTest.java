package dev.chartlake.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.trials.Seeded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.assertj.core.data.Index;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no longer as it was committed is told with its cure, and the transform mends what it can without losing rows. */
class VerifyCommandTest {

    private static final String LIST = Answers.list("verified");
    private static final String DAY = "2024-03-02";
    private static final String MANIFEST = "transformed_data/_days/" + DAY + ".json";
    private static final String AGAIN =
            "Run ./chartlake transform --since " + DAY + " --until " + DAY + " --all --lake ";

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
        Seeded.run(random -> flip(lake, random));
    }

    private static void flip(Lake lake, Random random) throws IOException {
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
                    .as(file)
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
                "cut off",
                "garbage",
                "{}",
                "\0\0\0",
                "[1]",
                "{\"date\":\"soon\"}",
                "{\"date\":\"2024-03-02\",\"tables\":[]}",
                "[[[[",
                "{\"date\":\"2024-03-02\",\"raw\":[{\"key\":\"../../../etc/passwd\"}]}"
            })
    void aManifestThatIsGarbageIsNamedAndMadeAgain(String garbage) throws IOException {
        Lake lake = filled("parquet");
        Map<String, String> data = lake.data();
        byte[] manifest = Files.readAllBytes(lake.at(MANIFEST));
        Files.write(
                lake.at(MANIFEST),
                garbage.equals("cut off") ? Arrays.copyOf(manifest, manifest.length - 9) : garbage.getBytes(UTF_8));
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
    void theManifestOfAnotherDayIsNamedAndMadeAgain() throws IOException {
        Lake lake = filled("parquet");
        Map<String, String> data = lake.data();
        Files.copy(
                lake.at("transformed_data/_days/2024-03-01.json"),
                lake.at(MANIFEST),
                StandardCopyOption.REPLACE_EXISTING);
        for (String command : List.of("verify", "status")) {
            assertThat(lake.run(command).out())
                    .contains(MANIFEST + " is the manifest of 2024-03-01. " + AGAIN)
                    .doesNotContain("Delete it");
        }
        assertThat(lake.transform().with(0).err()).contains("1 day, " + DAY + ".");
        assertThat(lake.sound().data()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parquet", "csv"})
    void aManifestThatNamesFilesOutsideItsDayIsNamedAndNoneOfThemIsRead(String format) throws IOException {
        Lake lake = filled(format);
        Map<String, String> data = lake.data();
        String manifest = Files.readString(lake.at(MANIFEST));
        for (String name : List.of("transformed_data/song_data/", "2024-03-02/spotify-web-api/")) {
            String away = name.substring(0, name.indexOf('/')) + "/../../../../../../etc/";
            Files.writeString(lake.at(MANIFEST), manifest.replace(name, away));
            for (String command : List.of("verify", "status")) {
                assertThat(lake.run(command).out())
                        .contains(MANIFEST + " cannot be read: not a manifest: it names the ", away, AGAIN);
            }
            lake.transform("--format", format, "--since", DAY, "--until", DAY, "--all")
                    .with(0);
            assertThat(lake.sound().data()).isEqualTo(data);
        }
    }

    @Test
    void aFileThatMayNotBeReadIsNamedAndTheOthersAreVerified() throws IOException {
        Lake lake = filled("parquet");
        String part = "transformed_data/song_data/snapshot_date=" + DAY + "/part-0.parquet";
        Files.delete(lake.at(part));
        Files.createDirectories(lake.at(part));
        String raw = lake.keys("raw_data/processed/2024-03-03").get(0);
        Files.delete(lake.at(raw));
        Files.createDirectories(lake.at(raw));
        assertThat(lake.run("verify").with(1).out())
                .contains(part + " cannot be read: ", AGAIN, raw + " cannot be read: ", "Restore it from a backup")
                .contains("2 problems.");
    }

    @Test
    void aRawObjectThatNoTransformHasSeenIsTold() throws IOException {
        Lake lake = filled("parquet");
        String raw = "raw_data/processed/" + DAY + "/spotify-web-api/" + LIST + "/";
        Files.copy(lake.at(raw + "100000Z.json"), lake.at(raw + "110000Z.json"));
        assertThat(lake.run("verify").with(1).out()).contains(raw + "110000Z.json is in no manifest. " + AGAIN);
        lake.transform("--all").with(0);
        lake.run("verify").with(0);
    }

    @Test
    void resultsArePrintedAsJsonAndCsvWithTheSummaryOnStderr() throws IOException {
        Lake lake = filled("parquet");
        Files.delete(lake.at(MANIFEST));
        assertThat(lake.run("verify", "--output", "csv").with(1))
                .extracting(Ended::out, Ended::err)
                .satisfies(
                        out -> assertThat((String) out)
                                .startsWith("date,key,problem,cure\n" + DAY + "," + MANIFEST + ",\"is missing, "),
                        Index.atIndex(0))
                .satisfies(
                        err -> assertThat((String) err).contains("Verified 3 days: ", "1 problem."), Index.atIndex(1));
        assertThat(lake.run("verify", "--output", "json").with(1).out())
                .startsWith("[")
                .contains("\"date\":\"" + DAY + "\"", "\"key\":\"" + MANIFEST + "\"", "\"cure\":\"Run ");
        assertThat(lake.run("verify", "--output", "json", "--since", "2024-03-03")
                        .with(0)
                        .out())
                .isEqualTo("[]\n");
        lake.run("verify", "--output", "yaml").with(2);
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
