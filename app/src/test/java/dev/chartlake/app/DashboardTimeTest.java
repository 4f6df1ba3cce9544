package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Time on the page's charts, in a real browser: a missing snapshot is not a day off the chart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD) // The driver's objects belong to one thread.
class DashboardTimeTest {

    private static final String DAILY = Answers.list("days");
    private static final String WEEKLY = "regional-no-weekly";

    /** Days of March; the 5th to the 8th are missing. */
    private static final List<Integer> DAYS = List.of(1, 2, 3, 4, 9, 10);

    /** The chart of 25 January is missing, and the last one is a day late. */
    private static final List<String> WEEKS =
            List.of("2024-01-04", "2024-01-11", "2024-01-18", "2024-02-01", "2024-02-08", "2024-02-16");

    /** A song that is off the daily list on the 3rd, and off the weekly chart on 11 January. */
    private static final Song SONG = Song.of(1);

    @TempDir
    static Path folder;

    private static Lake lake;
    private static Chromium chromium;

    @BeforeAll
    static void start() throws IOException {
        lake = new Lake(folder.resolve("lake"));
        for (int day : DAYS) {
            String at = "raw_data/to_process/2024-03-%02d/spotify-web-api/%s/103000Z.json".formatted(day, DAILY);
            Files.createDirectories(lake.at(at).getParent());
            Files.writeString(lake.at(at), Answers.page(DAILY, rows(day)));
        }
        for (String week : WEEKS) {
            Path file = folder.resolve(WEEKLY + "-" + week + ".csv");
            Files.writeString(file, chart(week));
            lake.importing(file).with(0);
        }
        lake.transform().with(0);
        chromium = Chromium.start();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    private static List<String> rows(int day) {
        List<Song> songs =
                new ArrayList<>(IntStream.range(2, 12).mapToObj(Song::of).toList());
        if (day != 3) {
            songs.add(day % 4, SONG);
        }
        return songs.stream().map(song -> Answers.row(Dialect.LEGACY, song)).toList();
    }

    private static String chart(String week) {
        List<Song> songs =
                new ArrayList<>(IntStream.range(2, 8).mapToObj(Song::of).toList());
        if (!week.equals("2024-01-11")) {
            songs.add(2, SONG);
        }
        return "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                + IntStream.range(0, songs.size())
                        .mapToObj(i -> "%d,spotify:track:%s,Artist,%s,Label,1,1,9,%d\n"
                                .formatted(
                                        i + 1, songs.get(i).id(), songs.get(i).name(), 9000 - i))
                        .collect(Collectors.joining());
    }

    /** What a script says of a chart's option, called {@code option} there. */
    private static Object drawn(Page page, String title, String script) {
        return page.evaluate(
                "title => { const day = at => new Date(at).toISOString().slice(5, 10);"
                        + " const option = C.drawn.find(each => each.canvas.closest('section').querySelector('h2').innerText === title)"
                        + ".canvas.chart.getOption(); return " + script + "; }",
                title);
    }

    /** The x and y of a chart's points, as dates and values. */
    private static Object points(Page page, String title) {
        return drawn(page, title, "option.series[0].data.map(([x, y]) => day(x) + ' ' + (y == null ? '-' : y))");
    }

    /** What is grey, with times of the day where they are not midnight. */
    private static Object grey(Page page, String title) {
        return drawn(
                page,
                title,
                "option.series.flatMap(one => one.markArea ? one.markArea.data : []).map(area => area.map(({xAxis}) =>"
                        + " new Date(xAxis).toISOString().slice(5, 13)).join(' to '))");
    }

    /** The days of a calendar's dots, and those that are grey. */
    private static Object calendar(Page page) {
        return drawn(
                page, "Rank calendar", "option.series.slice(0, 2).map(one => one.data.map(([x]) => day(x)).join(' '))");
    }

    private static void onThePage(String base, int width, ColorScheme scheme) {
        try (DashboardBrowser browser = new DashboardBrowser(chromium, base, width, scheme)) {
            Page page = browser.page();
            List<String> unseen = List.of("03-04T12 to 03-08T12");
            browser.open("#song?list=" + DAILY + "&song=" + SONG.id());
            assertThat(points(page, "Position"))
                    .isEqualTo(List.of("03-01 2", "03-02 3", "03-03 -", "03-04 1", "03-09 2", "03-10 3"));
            assertThat(grey(page, "Position")).isEqualTo(unseen);
            assertThat(points(page, "Popularity").toString()).contains("03-03 ");
            assertThat(grey(page, "Popularity")).isEqualTo(unseen);
            assertThat(browser.texts(".hint")).contains("A gap in the line is a day off the chart. Grey: no snapshot");
            assertThat(calendar(page)).isEqualTo(List.of("03-03", "03-05 03-06 03-07 03-08"));
            browser.sound("a song with a gap").picture("daily song");
            browser.open("#trends?list=" + DAILY);
            assertThat(grey(page, "Bump chart")).isEqualTo(unseen);
            assertThat(grey(page, "Turnover")).isEqualTo(unseen);
            browser.sound("trends with a gap").picture("daily trends");
            browser.open("#chart?list=" + DAILY).sound("a list with a gap").picture("daily chart");
            browser.open("#lists?list=" + DAILY).sound("lists with gaps").picture("lists");
            browser.open("#artist?list=" + DAILY + "&artist="
                    + Song.artistId(Song.of(2).artists().get(0)));
            assertThat(grey(page, "Songs on the chart")).isEqualTo(unseen);
            browser.sound("an artist with a gap").picture("artist");

            List<String> week = List.of("01-21T12 to 01-28T12");
            browser.open("#song?list=" + WEEKLY + "&song=" + SONG.id());
            assertThat(points(page, "Streams"))
                    .isEqualTo(
                            List.of("01-04 8998", "01-11 -", "01-18 8998", "02-01 8998", "02-08 8998", "02-16 8998"));
            assertThat(grey(page, "Streams")).isEqualTo(week);
            assertThat(grey(page, "Position")).isEqualTo(week);
            assertThat(calendar(page)).isEqualTo(List.of("01-11", "01-22 01-23 01-24 01-25 01-26 01-27 01-28"));
            browser.picture("weekly song").open("#trends?span=13w&list=" + WEEKLY);
            assertThat(grey(page, "Bump chart")).isEqualTo(week);
            assertThat(grey(page, "Turnover")).isEqualTo(week);
            browser.sound("weekly trends").picture("weekly trends");
            page.waitForFunction("document.getElementById('health').innerText.includes('1 day missing')");
        }
    }

    private static DashboardServer server() throws IOException {
        return DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback());
    }

    @Test
    void aMissingSnapshotIsGreyAndADayOffTheChartIsAGap() throws IOException {
        try (DashboardServer server = server()) {
            onThePage(server.url(), 1280, ColorScheme.LIGHT);
            onThePage(server.url(), 390, ColorScheme.DARK);
        }
    }

    @Test
    void soAreTheyInAnExport() {
        Path site = folder.resolve("site");
        lake.run("dashboard", "--export", site.toString()).with(0);
        onThePage(site.resolve("index.html").toUri().toString(), 1280, ColorScheme.DARK);
    }

    @Test
    void aResultOfSqlWithOneRowADayIsTrueToTime() throws IOException {
        try (DashboardServer server = server();
                DashboardBrowser browser = new DashboardBrowser(chromium, server.url(), 1280, ColorScheme.LIGHT)) {
            String sql = "SELECT snapshot_date, count(*) AS n FROM playlist_entries WHERE playlist_id = '" + DAILY
                    + "' GROUP BY snapshot_date ORDER BY snapshot_date DESC";
            browser.open("#sql?list=" + DAILY + "&sql=" + URLEncoder.encode(sql, StandardCharsets.UTF_8));
            Page page = browser.page();
            page.waitForSelector("#result canvas");
            assertThat(points(page, "Result as a chart"))
                    .isEqualTo(List.of("03-01 11", "03-02 11", "03-03 10", "03-04 11", "03-09 11", "03-10 11"));
            assertThat(drawn(page, "Result as a chart", "option.xAxis[0].type")).isEqualTo("time");
            browser.sound("a result by day");
        }
    }
}
