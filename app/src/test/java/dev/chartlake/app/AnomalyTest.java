package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.lake.LakeStatus;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import dev.chartlake.views.ExcludedSnapshots;
import dev.chartlake.views.ExcludedSnapshots.Excluded;
import dev.chartlake.views.ViewSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot with songs of another month, whose debuts and exits are undone by the next one. */
class AnomalyTest {

    private static final String LIST = Answers.list("global");
    private static final int DAYS = 6;
    private static final int ODD = 3;
    private static final String WRONG = "The snapshot of Global on 2026-11-03 does not fit those around it: 6 of its 20"
            + " songs are in no snapshot next to it, and it lacks 6 songs that both have.";

    @TempDir
    static Path folder;

    private static Lake lake = new Lake(Path.of(""));

    @BeforeAll
    static void makeLake() throws IOException {
        lake = new Lake(folder.resolve("lake"));
        for (int day = 1; day <= DAYS; day++) {
            List<String> rows = LongStream.range(0, 20)
                    .map(song -> song < 6 ? song + 40 : song)
                    .mapToObj(Song::of)
                    .map(song -> Answers.row(Dialect.LEGACY, song))
                    .toList();
            if (day != ODD) {
                rows = LongStream.range(0, 20)
                        .mapToObj(Song::of)
                        .map(song -> Answers.row(Dialect.LEGACY, song))
                        .toList();
            }
            Path file = lake.at("raw_data/to_process/" + date(day) + "/spotify-web-api/" + LIST + "/103000Z.json");
            Files.createDirectories(file.getParent());
            Files.writeString(file, Answers.playlist(Dialect.LEGACY, LIST, "Global", Answers.page(LIST, rows)));
        }
        lake.transform().with(0);
    }

    private static String date(int day) {
        return "2026-11-0" + day;
    }

    @Test
    @Thorough
    void reportsOfTheDayAndOfTheNextOneSaySo() {
        for (int day = 1; day <= DAYS; day++) {
            for (String by : day == ODD ? List.of("song", "recording") : Depth.some(1, List.of("recording", "song"))) {
                String said = lake.report("chart", "--date", date(day), "--by", by)
                        .with(0)
                        .err();
                assertThat(said.contains(WRONG)).as(date(day)).isEqualTo(day == ODD || day == ODD + 1);
            }
        }
        for (String report : Depth.some(3, List.of("debuts", "exits", "records", "artists", "albums"))) {
            assertThat(lake.report(report).with(0).err()).as(report).contains(WRONG);
        }
        assertThat(lake.report("movers", "--until", date(ODD)).with(0).err()).contains(WRONG);
        assertThat(lake.report("debuts", "--since", date(ODD + 2)).with(0).err())
                .doesNotContain("does not fit");
    }

    @Test
    void itIsAFindingOfQuality() {
        assertThat(lake.report("quality", "--output", "csv").with(0).out())
                .contains("2026-11-03,warning,snapshot_fits,spotify-web-api," + LIST + ",6,\"6 of its 20 songs");
        assertThat(lake.report("quality", "--fail-on", "warning").with(5).out()).contains("snapshot_fits");
        assertThat(lake.report("quality", "--since", date(ODD + 1)).with(0).out())
                .doesNotContain("snapshot_fits");
        assertThat(lake.report("quality", "--until", date(ODD)).with(0).out()).contains("snapshot_fits");
    }

    @Test
    void excludedItIsOutOfHistoryAndNotOutOfTheTables() throws IOException, InterruptedException {
        Path config = Files.writeString(
                folder.resolve("exclude.yaml"),
                "exclude:\n  - {list: 'https://open.spotify.com/playlist/" + LIST + "', date: " + date(ODD) + "}\n");
        for (String report : List.of("debuts", "exits", "records", "movers")) {
            Ended ended = lake.report(report, "--config", config.toString(), "--output", "csv")
                    .with(0);
            assertThat(ended.err()).as(report).doesNotContain("does not fit");
            assertThat(ended.out().lines().anyMatch(row -> row.contains(date(ODD))))
                    .as(report)
                    .isFalse();
        }
        assertThat(lake.report("debuts", "--config", config.toString()).with(0).err())
                .contains("No song came into");
        Ended day = lake.report("chart", "--config", config.toString(), "--date", date(ODD))
                .with(0);
        assertThat(day.out()).startsWith("Global, " + date(ODD - 1));
        assertThat(lake.report("quality", "--config", config.toString()).with(0).out())
                .doesNotContain("snapshot_fits");
        String sql = "SELECT (SELECT count(*) FROM playlist_entries WHERE snapshot_date = '2026-11-03') AS kept,"
                + " (SELECT count(*) FROM chart_history WHERE snapshot_date = '2026-11-03') AS history,"
                + " (SELECT max(streak) FROM chart_history_by_recording) AS streak,"
                + " (SELECT count(*) FROM excluded_snapshots) AS excluded";
        assertThat(lake.run("query", "--config", config.toString(), "--output", "csv", sql)
                        .with(0)
                        .out())
                .endsWith("\n20,0,5,1\n");
        LocalStore store = new LocalStore(lake.root());
        ViewSettings excluded = new ViewSettings(
                ListLabels.BUILT_IN, new ExcludedSnapshots(List.of(new Excluded(LIST, LocalDate.parse(date(ODD))))));
        try (DashboardServer server = DashboardServer.start(
                store, () -> LakeStatus.of(store, QualityRules.DEFAULT), excluded, Options.loopback())) {
            String list = "source=spotify-web-api&list=" + LIST;
            assertThat(PageRows.of(server.url() + "api/dates?" + list, "dates", "snapshot_date"))
                    .containsExactly(date(1), date(2), date(4), date(5), date(6));
            String next = server.url() + "api/chart?" + list + "&date=" + date(ODD + 1);
            assertThat(PageRows.of(next, "chart", "status")).hasSize(20).containsOnly("same");
            assertThat(PageRows.of(next, "anomalies", "entries")).isEmpty();
            HttpRequest query = HttpRequest.newBuilder(URI.create(server.url() + "api/sql"))
                    .header("Content-Type", "application/sql")
                    .POST(HttpRequest.BodyPublishers.ofString("SELECT snapshots FROM lists"))
                    .build();
            assertThat(HttpClient.newHttpClient()
                            .send(query, HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("[[5]]");
        }
    }

    @Test
    void whatIsExcludedCanBeCalledByItsAlias() throws IOException {
        Path config = Files.writeString(
                folder.resolve("alias.yaml"),
                "names: {" + LIST + ": {aliases: the world}}\nexclude: [{list: The World, date: " + date(ODD) + "}]\n");
        assertThat(lake.run("query", "--config", config.toString(), "--output", "csv", "TABLE excluded_snapshots")
                        .with(0)
                        .out())
                .endsWith("\n" + LIST + "," + date(ODD) + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{list: x}]",
                "[{list: x, date: march}]",
                "x",
                "[{list: ' ', date: 2026-11-03}]",
                "[{list: x, date: 2026-11-03, day: 1}]",
                "[{list: top 50, date: 2026-11-03}]",
                "[{list: no such list, date: 2026-11-03}]"
            })
    void whatCannotBeExcludedIsRefused(String value) throws IOException {
        Path config = Files.writeString(
                Files.createTempDirectory(folder, "config").resolve("wrong.yaml"), "exclude: " + value + "\n");
        assertThat(lake.report("chart", "--config", config.toString()).with(2).err())
                .contains("wrong.yaml: exclude has");
    }

    @Test
    void thePageSaysSo() throws IOException, InterruptedException {
        try (DashboardServer server =
                DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback())) {
            List<String> found = IntStream.rangeClosed(1, DAYS)
                    .mapToObj(day -> anomalies(server, day))
                    .toList();
            assertThat(found).containsExactly("", "", "2026-11-03|20|6|6", "2026-11-03|20|6|6", "", "");
        }
    }

    private static String anomalies(DashboardServer server, int day) {
        try {
            return String.join(
                    " ",
                    PageRows.of(
                            server.url() + "api/chart?source=spotify-web-api&list=" + LIST + "&date=" + date(day),
                            "anomalies",
                            "snapshot_date, entries, strays, missing"));
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
