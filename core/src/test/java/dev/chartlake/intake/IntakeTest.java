package dev.chartlake.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.raw.Quarantine;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of all kinds become raw objects with the right keys and the same bytes, or are set aside with a reason. */
class IntakeTest {

    private static final String LIST = "37i9dQZEVXbMDoHDwVN2tF";
    private static final String OTHER = "37i9dQZEVXbJvfa0Yxg7E7";
    private static final String ROWS = "\"items\":[{\"track\":{\"id\":\"s\"}}]";
    private static final String PLAYLIST = "{\"type\":\"playlist\",\"id\":\"" + LIST + "\",\"tracks\":{" + ROWS + "}}";
    private static final String CHART =
            "rank,uri,artist_names,track_name\n1,spotify:track:3n3Ppam7vgaVa1iaRUc9Lp,A,B\n";
    private static final Instant MODIFIED = Instant.parse("2023-05-20T01:02:03Z");

    @TempDir
    Path folder;

    private Path lake = Path.of("");
    private LocalStore store = new LocalStore(lake);

    @BeforeEach
    void open() {
        lake = folder.resolve("lake");
        store = new LocalStore(lake);
    }

    private void loose(String name, String text) throws Exception {
        Path file = lake.resolve("raw_data/to_process").resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.from(MODIFIED));
    }

    private List<String> keys() throws Exception {
        return store.list("raw_data/").stream()
                .map(ObjectInfo::key)
                .map(key -> key.substring("raw_data/".length()))
                .toList();
    }

    private String text(String key) throws Exception {
        return new String(store.read("raw_data/" + key).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    @Test
    void adoptsLooseFiles() throws Exception {
        loose("spotify_raw_2023-05-19 10:44:00.123456.json", PLAYLIST);
        loose("old/regional-no-weekly-2025-11-27.csv", CHART);
        loose(OTHER + ".json", "[{" + ROWS + "}]");
        IntakeReport report = new Adoption(store).run();
        assertThat(report.problems()).isEmpty();
        assertThat(report.added()).isEqualTo(3);
        assertThat(report.entries()).isEqualTo(3);
        assertThat(keys())
                .containsExactly(
                        "to_process/2023-05-19/spotify-web-api/" + LIST + "/104400Z.json",
                        "to_process/2023-05-20/spotify-web-api/" + OTHER + "/010203Z.json",
                        "to_process/2025-11-27/spotify-charts/regional-no-weekly/000000Z.csv");
        assertThat(text("to_process/2023-05-19/spotify-web-api/" + LIST + "/104400Z.json"))
                .isEqualTo(PLAYLIST);
        assertThat(new Adoption(store).run().files()).isZero();
    }

    @Test
    void splitsAnswersAboutSeveralLists() throws Exception {
        String other = PLAYLIST.replace(LIST, OTHER);
        loose("2023-05-19.json", "[" + PLAYLIST + ", " + other + "," + PLAYLIST + "]");
        IntakeReport report = new Adoption(store).run();
        assertThat(report.lists()).containsExactly(OTHER, LIST);
        assertThat(report.entries()).as("what is there twice counts once").isEqualTo(2);
        assertThat(text("to_process/2023-05-19/spotify-web-api/" + LIST + "/000000Z.json"))
                .isEqualTo("[" + PLAYLIST + "]");
        assertThat(text("to_process/2023-05-19/spotify-web-api/" + OTHER + "/000000Z.json"))
                .isEqualTo("[" + other + "]");
    }

    @Test
    void setsAsideWhatItCannotReadOrPlace() throws Exception {
        loose("2023-05-19 broken.json", "{\"items\":[{\"track\":");
        loose("2023-05-18 nameless.json", "{" + ROWS + "}");
        loose("2023-05-17 chart.csv", CHART);
        loose("2023-05-16 empty.json", "");
        IntakeReport report = new Adoption(store).run();
        assertThat(report.added()).isZero();
        assertThat(report.problems())
                .hasSize(4)
                .allSatisfy(problem -> assertThat(problem.file()).startsWith("raw_data/to_process/2023-05-1"));
        assertThat(report.problems())
                .extracting(IntakeReport.Problem::reason)
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("truncated (at byte 19)"),
                        reason -> assertThat(reason).contains("which playlist"),
                        reason -> assertThat(reason).contains("which chart"),
                        reason -> assertThat(reason).contains("empty"));
        assertThat(keys())
                .containsExactly(
                        "quarantine/2023-05-16/spotify-web-api/unknown/000000Z.json",
                        "quarantine/2023-05-16/spotify-web-api/unknown/000000Z.json.error.json",
                        "quarantine/2023-05-17/spotify-charts/unknown/000000Z.csv",
                        "quarantine/2023-05-17/spotify-charts/unknown/000000Z.csv.error.json",
                        "quarantine/2023-05-18/spotify-web-api/unknown/000000Z.json",
                        "quarantine/2023-05-18/spotify-web-api/unknown/000000Z.json.error.json",
                        "quarantine/2023-05-19/spotify-web-api/unknown/000000Z.json",
                        "quarantine/2023-05-19/spotify-web-api/unknown/000000Z.json.error.json");
        Quarantine.Reason reason = Quarantine.reason(
                        store, "raw_data/quarantine/2023-05-19/spotify-web-api/unknown/000000Z.json")
                .orElseThrow();
        assertThat(reason.offset()).isEqualTo(19);
        assertThat(reason.file()).isEqualTo("raw_data/to_process/2023-05-19 broken.json");
    }

    @Test
    void saysWhyACsvIsNoChartOfSongs() throws Exception {
        loose("artist-se-daily-2026-05-28.csv", "rank,uri,artist_name,peak_rank\n1,spotify:artist:a,A,1\n");
        loose("album-se-daily-2026-05-28.csv", "rank,uri,artist_names,album_name\n1,spotify:album:a,A,B\n");
        loose("regional-no-weekly-2026-05-28.csv", "name,age\nA,1\n");
        assertThat(new Adoption(store).run().problems())
                .extracting(IntakeReport.Problem::reason)
                .satisfiesExactlyInAnyOrder(
                        reason -> assertThat(reason).contains("a chart of albums", "only charts of songs"),
                        reason -> assertThat(reason).contains("a chart of artists", "only charts of songs"),
                        reason -> assertThat(reason).contains("line 1 is neither the header"));
        assertThat(keys())
                .hasSize(6)
                .allSatisfy(key -> assertThat(key).startsWith("quarantine/2026-05-28/spotify-charts/"));
    }

    @Test
    void takesChartsWithOtherSeparators() throws Exception {
        loose("regional-fr-weekly-2026-05-28.csv", CHART.replace(',', ';'));
        loose("regional-de-weekly-2026-05-28.csv", "\ufeff" + CHART.replace(',', '\t'));
        assertThat(new Adoption(store).run().problems()).isEmpty();
        assertThat(keys())
                .containsExactly(
                        "to_process/2026-05-28/spotify-charts/regional-de-weekly/000000Z.csv",
                        "to_process/2026-05-28/spotify-charts/regional-fr-weekly/000000Z.csv");
    }

    @Test
    void importsFilesAndFoldersOnce() throws Exception {
        Path files = Files.createDirectories(folder.resolve("export/" + OTHER));
        Files.writeString(files.resolve("2023-05-19.json"), "{" + ROWS + "}");
        Files.writeString(files.resolve("2023-05-20.JSON"), "{" + ROWS + "}");
        Files.writeString(files.resolve("readme.txt"), "no");
        Files.writeString(files.resolve(".hidden.json"), "no");
        for (boolean again : new boolean[] {false, true}) {
            FileImport job = new FileImport(store, ImportOptions.NONE, Clock.systemUTC());
            IntakeReport report = job.run(List.of(folder.resolve("export")), (done, of) -> {});
            assertThat(report.problems()).isEmpty();
            assertThat(report.added()).isEqualTo(again ? 0 : 2);
            assertThat(report.known()).isEqualTo(again ? 2 : 0);
            assertThat(job.skipped()).hasSize(2);
        }
        assertThat(keys())
                .containsExactly(
                        "to_process/2023-05-19/spotify-web-api/" + OTHER + "/000000Z.json",
                        "to_process/2023-05-20/spotify-web-api/" + OTHER + "/000000Z.json");
        assertThat(Files.exists(files.resolve("2023-05-19.json"))).isTrue();
    }

    /** Other bytes of the same list and second are another observation. */
    @Test
    void neverReplacesAnObservation() throws Exception {
        Path file = Files.writeString(folder.resolve(LIST + ".2023-05-19.json"), PLAYLIST);
        for (int i = 0; i < 3; i++) {
            Files.writeString(file, PLAYLIST + " ".repeat(i));
            IntakeReport report =
                    new FileImport(store, ImportOptions.NONE, Clock.systemUTC()).run(List.of(file), (done, of) -> {});
            assertThat(report.added()).isEqualTo(1);
        }
        for (int i = 0; i < 3; i++) {
            assertThat(text("to_process/2023-05-19/spotify-web-api/" + LIST + "/00000" + i + "Z.json"))
                    .isEqualTo(PLAYLIST + " ".repeat(i));
        }
    }

    /** Files are inspected on all cores and archived in groups, and placed in the order of their names all the same. */
    @Test
    void manyFilesAreInTheOrderOfTheirNames() throws Exception {
        int files = 1200; // more than a group
        Path in = Files.createDirectory(folder.resolve("in"));
        for (int i = 0; i < files; i++) {
            String name = LIST + " 2023-05-19T" + time(i / 4 * 10, "HH-mm-ss") + " " + (10_000 + i) + ".json";
            Files.writeString(in.resolve(name), PLAYLIST + " ".repeat(size(i)));
        }
        FileImport job = new FileImport(store, ImportOptions.NONE, Clock.systemUTC());
        IntakeReport report = job.run(List.of(in), (done, of) -> {});
        assertThat(report.problems()).isEmpty();
        assertThat(report.added()).isEqualTo(files);
        assertThat(report.entries()).isEqualTo(files);
        for (int i = 0; i < files; i++) {
            // Four files say the same second, and get this and the next three.
            String at = time(i / 4 * 10 + i % 4, "HHmmss");
            assertThat(text("to_process/2023-05-19/spotify-web-api/" + LIST + "/" + at + "Z.json"))
                    .as("file " + i)
                    .hasSize(PLAYLIST.length() + size(i));
        }
        assertThat(store.list("_chartlake/tmp/")).isEmpty();
        IntakeReport again = new FileImport(store).run(List.of(in), (done, of) -> {});
        assertThat(again.known()).isEqualTo(files);
        assertThat(again.added()).isZero();
    }

    private static String time(int seconds, String pattern) {
        return LocalTime.of(10, 0).plusSeconds(seconds).format(DateTimeFormatter.ofPattern(pattern));
    }

    /** Large and small ones in turn. */
    private static int size(int file) {
        return (file * 7919) % 4099 + file % 5 * 10_000;
    }

    @Test
    void aMissingFileDoesNotStopTheOthers() throws Exception {
        Path file = Files.writeString(folder.resolve(LIST + ".2023-05-19.json"), PLAYLIST);
        IntakeReport report = new FileImport(store, ImportOptions.NONE, Clock.systemUTC())
                .run(List.of(folder.resolve("none.json"), file), (done, of) -> {});
        assertThat(report.added()).isEqualTo(1);
        assertThat(report.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.reason()).startsWith("cannot be read"));
    }
}
