package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.ChartFiles.Row;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Few files of a chart that ran for years before: what the chart reports of that time is told, and told as such. */
class ReportedChartTest {

    private static final String CHART = "regional-no-weekly";
    private static final Song OLD = Song.of(1).named("Old").by("Eldre");
    private static final Song FRESH = Song.of(2).named("Fresh").by("Ny");
    private static final Song BACK = Song.of(3).named("Back").by("Tilbake");
    private static final Song FALLING = Song.of(4).named("Falling").by("Ned");

    @TempDir
    Path folder;

    private Lake lake = new Lake(Path.of(""));

    @BeforeEach
    void importOneFile() throws IOException {
        lake = new Lake(folder.resolve("lake"));
        add(
                "2025-11-27",
                new Row(1, OLD, 1, 4, 75, 400),
                new Row(2, FRESH, 2, -1, 1, 300),
                new Row(3, BACK, 1, -1, 30, 200),
                new Row(4, FALLING, 2, 2, 9, 100));
    }

    private void add(String day, Row... rows) throws IOException {
        Path file = folder.resolve(CHART + "-" + day + ".csv");
        lake.importing(Files.writeString(file, ChartFiles.current(false, List.of(rows))))
                .with(0);
        lake.transform().with(0);
    }

    /** The rows of a report, each with these columns, and {@code -} for an empty one. */
    private List<String> report(String name, List<String> columns, String... options) {
        String[] all =
                Stream.concat(Stream.of(options), Stream.of("--output", "json")).toArray(String[]::new);
        JsonNode rows =
                JsonMapper.shared().readTree(lake.report(name, all).with(0).out());
        return rows.valueStream()
                .map(row -> String.join(
                        " ",
                        columns.stream()
                                .map(row::required)
                                .map(cell -> cell.isNull() ? "-" : cell.asString())
                                .toList()))
                .toList();
    }

    @Test
    void theChartOfOneFileHasItsPeaksPreviousPositionsAndWeeks() {
        assertThat(report(
                        "chart",
                        List.of("position", "previous_position", "status", "peak", "periods", "reported"),
                        "--list",
                        CHART))
                .containsExactly(
                        "1 4 up 1 75 previous, periods",
                        "2 - new 2 1 previous",
                        "3 - re-entry 1 30 peak, previous, periods",
                        "4 2 down 2 9 peak, previous, periods");
        assertThat(lake.report("chart", "--list", CHART).with(0).out())
                .contains("reported", "1  ▲3       4     1", "2  NEW            2", "3  RE             1");
    }

    @Test
    void otherReportsOfOneFileTellWhatItReports() {
        assertThat(report("debuts", List.of("song_name", "status", "peak", "periods"), "--list", CHART))
                .containsExactly("Fresh new 2 1", "Back re-entry 1 30");
        assertThat(report("movers", List.of("song_name", "previous_date", "change", "reported"), "--list", CHART))
                .containsExactly("Old 2025-11-20 3 previous", "Falling 2025-11-20 -2 previous");
        assertThat(lake.report("movers", "--list", CHART).with(0).err()).contains("the chart itself reports");
        assertThat(report("song", List.of("peak", "peak_date", "periods", "entries", "reported"), "Back"))
                .containsExactly("1 - 30 1 peak, periods");
        List<String> records = report("records", List.of("record", "value", "song_name", "reported"), "--list", CHART);
        assertThat(records)
                .contains(
                        "most periods 75 Old value",
                        "highest debut 2 Fresh value",
                        "biggest climb 3 Old value",
                        "biggest fall 2 Falling value",
                        "most periods at number one 1 Old -");
        assertThat(lake.rows("SELECT new, re_entries, up, down, same, exits FROM chart_turnover"))
                .containsExactly("1|1|1|1|0|0");
    }

    @Test
    void aWeekThatIsThereSaysWhereSongsWereAndAMissingOneDoesNot() throws IOException {
        add(
                "2025-12-04",
                new Row(1, FRESH, 1, 2, 2, 400),
                new Row(2, OLD, 1, 1, 76, 300),
                new Row(3, BACK, 1, 3, 31, 1));
        assertThat(report("chart", List.of("position", "previous_position", "status", "reported"), "--list", CHART))
                .containsExactly("1 2 up -", "2 1 down periods", "3 3 same peak, periods");
        assertThat(report("movers", List.of("song_name", "change", "reported"), "--list", CHART))
                .containsExactly("Fresh 1 -", "Old -1 -");
        add("2026-11-19", new Row(1, OLD, 1, 2, 120, 400), new Row(2, FRESH, 1, -1, 20, 300));
        assertThat(report(
                        "chart",
                        List.of("previous_position", "status", "peak", "peak_date", "periods", "reported"),
                        "--list",
                        CHART))
                .containsExactly(
                        "2 up 1 2025-11-27 120 previous, periods", "- re-entry 1 2025-12-04 20 previous, periods");
        assertThat(report("exits", List.of("song_name", "peak", "periods", "reported"), "--list", CHART))
                .containsExactly("Back 1 31 peak, periods");
    }

    @Test
    void thePageHasWhatTheViewsSay() throws IOException, InterruptedException {
        add("2025-12-04", new Row(1, FRESH, 1, 2, 2, 400), new Row(2, OLD, 1, 1, 76, 300));
        add(
                "2026-11-19",
                new Row(1, OLD, 1, 2, 120, 400),
                new Row(2, FRESH, 1, -1, 20, 300),
                new Row(3, BACK, 2, 9, 1, 1));
        try (DashboardServer server =
                DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback())) {
            String list = "source=spotify-charts&list=" + CHART;
            for (String date : List.of("2025-11-27", "2025-12-04", "2026-11-19")) {
                String columns = "position, previous_position, change, status, peak, peak_date, periods, streak,"
                        + " peak_from_report, previous_from_report, periods_from_report";
                assertThat(rows(server, "chart?" + list + "&date=" + date, "chart", columns))
                        .isEqualTo(lake.rows("SELECT " + columns + " FROM chart_history WHERE snapshot_date = '" + date
                                + "' ORDER BY position"));
            }
            String columns = "snapshot_date, entries, new, re_entries, up, down, same, exits, turnover";
            assertThat(rows(server, "span?" + list + "&since=2025-01-01&until=2027-01-01&top=9", "turnover", columns))
                    .isEqualTo(lake.rows("SELECT " + columns + " FROM chart_turnover ORDER BY snapshot_date"));
        }
    }

    private static List<String> rows(DashboardServer server, String view, String table, String columns)
            throws IOException, InterruptedException {
        return PageRows.of(server.url() + "api/" + view, table, columns);
    }
}
