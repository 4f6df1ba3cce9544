package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the report tells of a lake with two lists over ten days, of which a few are odd. */
class QualityReportTest {

    private static final String A = Answers.list("report a");
    private static final String B = Answers.list("report b");
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);

    @TempDir
    Path folder;

    private Lake lake() {
        return new Lake(folder.resolve("lake"));
    }

    @BeforeEach
    void makeLake() throws IOException {
        for (int day = 0; day < 10; day++) {
            put(A, day, Answers.page(A, Answers.rows(Dialect.LEGACY, 0, day == 7 ? 3 : 20)));
            String page = Answers.page(B, Answers.rows(Dialect.LEGACY, 0, 20));
            put(B, day, day == 3 ? page.replace("\"total\":20", "\"total\":25") : page);
        }
        put("broken", 5, "[{\"items\":");
        lake().transform().with(1);
    }

    private void put(String list, int day, String content) throws IOException {
        Path file =
                lake().at("raw_data/to_process/" + FIRST.plusDays(day) + "/spotify-web-api/" + list + "/103000Z.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private List<String> lines(String... arguments) {
        return lake().report("quality", arguments).with(0).out().lines().skip(1).toList();
    }

    private static final String COMPLETE =
            "2026-11-04,warning,entries_complete,spotify-web-api," + B + ",1,at 2026-11-04T10:30:00Z: 20 of 25 entries";
    private static final String BROKEN = "2026-11-06,warning,quarantined,spotify-web-api,broken,1,"
            + "103000Z.json: the document ends inside a value: it is truncated";
    private static final String VOLUME = "2026-11-08,warning,volume_in_range,spotify-web-api," + A
            + ",1,103000Z.json has 3 entries; 15 to 25 are usual";

    private static String usual(String list) {
        return "2026-11-10,info,volume_in_range,spotify-web-api," + list
                + ",20,newest snapshot: 20 entries; 15 to 25 are usual";
    }

    /** The run that made the lake knew no day before; the report goes through them one after the other. */
    @Test
    void goesThroughTheDays() {
        List<String> lines = lines("--output", "csv");
        assertThat(lines).filteredOn(line -> line.startsWith("2026-11-0")).allMatch(line -> line.contains(",warning,"));
        assertThat(lines).contains(COMPLETE, VOLUME, usual(A), usual(B)).anyMatch(line -> line.startsWith(BROKEN));
        assertThat(lines).hasSize(5);
    }

    @Test
    void canBeNarrowed() {
        assertThat(lines("--output", "csv", "--list", A)).containsExactly(VOLUME, usual(A));
        assertThat(lines("--output", "csv", "--since", "2026-11-07"))
                .containsExactlyInAnyOrder(VOLUME, usual(A), usual(B));
        assertThat(lines("--output", "csv", "--until", "2026-11-04", "--list", B))
                .containsExactly(
                        COMPLETE,
                        "2026-11-04,info,volume_in_range,spotify-web-api," + B
                                + ",20,newest snapshot: 20 entries; too few snapshots to say what is usual");
    }

    @Test
    void raisesAnAlarmWhereItIsAskedTo() throws Exception {
        lake().report("quality", "--fail-on", "error").with(0);
        lake().report("quality", "--fail-on", "warning").with(5);
        lake().report("quality", "--fail-on", "warning", "--list", B, "--since", "2026-11-05")
                .with(0);
        String strict = Files.writeString(folder.resolve("c.yaml"), "quality: {contracts: {entries_complete: fail}}")
                .toString();
        assertThat(lake().report("quality", "--config", strict, "--fail-on", "error")
                        .with(5)
                        .err())
                .contains("10 days: 1 error, 2 warnings.");
        String off = Files.writeString(
                        folder.resolve("c.yaml"), "quality: {contracts: {entries_complete: off, volume_in_range: off}}")
                .toString();
        assertThat(lake().report("quality", "--config", off).with(0).err()).contains("10 days: 0 errors, 1 warning.");
        assertThat(lake().report("quality", "--fail-on", "info").with(2).err()).contains("There are: error, warning");
    }

    @Test
    void jsonHasARowForEach() {
        JsonNode rows = JsonMapper.shared()
                .readTree(lake().report("quality", "--output", "json", "--list", A)
                        .with(0)
                        .out());
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).propertyNames())
                .containsExactly("date", "level", "check", "source", "list", "count", "message");
    }

    @Test
    void aManifestThatCannotBeReadIsAnError() throws Exception {
        Files.writeString(lake().at("transformed_data/_days/2026-11-02.json"), "{");
        assertThat(lake().report("quality", "--output", "csv", "--fail-on", "error")
                        .with(5)
                        .out())
                .contains("2026-11-02,error,manifest,,,1,cannot be read: ")
                .contains("Run ./chartlake transform --since 2026-11-02 --until 2026-11-02 --all");
    }

    @Test
    void statusCountsWhatTheManifestsSay() {
        assertThat(lake().run("status").with(0).out()).contains("Quality: 1 finding on 1 day; ");
        assertThat(lake().run("status", "--output", "json").with(0).out())
                .contains("\"quality\":{\"findings\":1,\"days\":1}");
    }

    @Test
    void anEmptyLakeHasNothingToReport() throws Exception {
        Lake empty = new Lake(Files.createDirectory(folder.resolve("empty")));
        assertThat(empty.report("quality", "--fail-on", "warning").with(0).err())
                .contains("0 days: 0 errors, 0 warnings.");
        assertThat(Console.run(() -> Main.run("report")).with(2).err()).contains("quality");
        assertThat(Console.run(() -> Main.run("report", "quality", "--help"))
                        .with(0)
                        .out())
                .startsWith("Usage: chartlake report quality");
    }
}
