package dev.chartlake.app;

import static dev.chartlake.app.DashboardLake.ARABIC;
import static dev.chartlake.app.DashboardLake.CHART;
import static dev.chartlake.app.DashboardLake.DAYS;
import static dev.chartlake.app.DashboardLake.EMOJI;
import static dev.chartlake.app.DashboardLake.LAST;
import static dev.chartlake.app.DashboardLake.LIST;
import static dev.chartlake.app.DashboardLake.OTHER;
import static dev.chartlake.app.DashboardLake.SCRIPT;
import static dev.chartlake.app.DashboardLake.SOURCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Every page of the dashboard in a real browser, against a lake with hostile names. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD) // The driver's objects belong to one thread.
@SuppressWarnings("NullAway.Init")
class DashboardPageTest {

    private static final String ON = "source=" + SOURCE + "&list=" + LIST + "&date=" + LAST;
    private static final String WIDE = "#chart?" + ON;
    private static final Map<String, String> PAGES = new LinkedHashMap<>();

    static {
        PAGES.put("chart", WIDE);
        PAGES.put("chart without popularity", "#chart?source=" + SOURCE + "&list=" + OTHER + "&date=" + LAST);
        PAGES.put("chart of a file", "#chart?source=spotify-charts&list=" + CHART + "&date=" + LAST);
        PAGES.put("first chart", "#chart?source=" + SOURCE + "&list=" + LIST + "&date=2024-03-01");
        PAGES.put("trends", "#trends?" + ON + "&span=all");
        PAGES.put("mix", "#mix?" + ON);
        PAGES.put("mix of a file", "#mix?source=spotify-charts&list=" + CHART + "&date=" + LAST);
        PAGES.put("lists", "#lists?" + ON);
        PAGES.put("compare", "#compare?" + ON);
        PAGES.put("sql", "#sql?" + ON + "&sql=SELECT+song_name%2C+duration_ms+FROM+songs+LIMIT+5");
        PAGES.put("song", "#song?" + ON + "&song=" + SCRIPT.id());
        PAGES.put("unknown song", "#song?" + ON + "&song=nothing");
        PAGES.put("artist", "#artist?" + ON + "&artist=" + Song.artistId("قمر حداد"));
    }

    @TempDir
    private static Path folder;

    private Lake lake;
    private DashboardServer server;
    private Chromium chromium;

    @BeforeAll
    void start() throws IOException {
        chromium = Chromium.start();
        lake = DashboardLake.make(folder);
        server = DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback());
    }

    @AfterAll
    void stop() throws IOException {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Thorough
    void everyPageIsAccessibleSoundAndFitsInLightAndDarkOnPhoneAndDesktop() throws IOException {
        int form = 0;
        for (int width : new int[] {390, 1280}) {
            for (ColorScheme scheme : new ColorScheme[] {ColorScheme.LIGHT, ColorScheme.DARK}) {
                boolean withRules = (width == 390) == (scheme == ColorScheme.DARK);
                form++;
                try (DashboardBrowser browser = browser(width, scheme)) {
                    int page = 0;
                    for (Map.Entry<String, String> each : PAGES.entrySet()) {
                        if (page++ % Depth.of(4, 1) != form % Depth.of(4, 1)) {
                            continue; // in the short form, each page in one form
                        }
                        String what = each.getKey() + ", " + width + ", " + scheme;
                        browser.open(each.getValue());
                        if (each.getKey().equals("sql")) {
                            browser.page().waitForSelector("#result table");
                        }
                        if (withRules || !Depth.isThorough()) {
                            assertThat(browser.violations()).as(what).isEmpty();
                        }
                        browser.sound(what).picture(each.getKey());
                    }
                }
            }
        }
    }

    @Test
    void theChartSaysWhatTheViewSays() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            List<String> expected =
                    lake.rows("SELECT position, coalesce(CAST(previous_position AS VARCHAR), '–'), peak,"
                            + " periods, streak FROM chart_history_by_recording WHERE source = '" + SOURCE
                            + "' AND playlist_id = '"
                            + LIST
                            + "' AND snapshot_date = DATE '" + LAST + "' ORDER BY position");
            assertThat(rows(browser, "main > section.card table", 0, 3, 4, 5, 6))
                    .isEqualTo(expected)
                    .hasSize(14);
            List<String> gone = lake.rows(
                    "SELECT song_name, 'was #' || last_position FROM chart_exits_by_recording WHERE source = '"
                            + SOURCE + "' AND playlist_id = '" + LIST + "' AND snapshot_date = DATE '" + LAST
                            + "' ORDER BY last_position");
            assertThat(exits(browser)).isEqualTo(gone).isNotEmpty();
        }
    }

    @Test
    void theChartSaysWhatTheReportSays() {
        CommandLineRun report = CommandLineRun.of(
                "report",
                "chart",
                "--lake",
                lake.root().toString(),
                "--list",
                LIST,
                "--date",
                LAST.toString(),
                "--output",
                "csv");
        assertThat(report.code()).as(report.err()).isEqualTo(ExitCode.DONE);
        String csv = report.out();
        List<String> names = List.of(csv.lines().findFirst().orElseThrow().split(","));
        int position = names.indexOf("position");
        List<String> peaks = csv.lines()
                .skip(1)
                .map(line -> line.split(","))
                .map(cells ->
                        cells[position] + "|" + cells[names.indexOf("peak")] + "|" + cells[names.indexOf("periods")])
                .toList();
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            assertThat(rows(browser, "main > section.card table", 0, 4, 5)).isEqualTo(peaks);
        }
    }

    @Test
    void numbersThatTheChartItselfReportsAreMarked() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT)
                .open("#chart?source=spotify-charts&list=" + CHART + "&date=" + LAST.minusDays(DAYS - 1L))) {
            assertThat(browser.texts(".note"))
                    .containsExactly(
                            "* As the chart reports it: the snapshots of this list do" + " not go back far enough.");
            assertThat(rows(browser, "main > section.card table", 3))
                    .isEqualTo(lake.rows("SELECT coalesce(CAST(previous_position AS VARCHAR), '–') || '*'"
                            + " FROM chart_history_by_recording WHERE playlist_id = '" + CHART
                            + "' AND snapshot_number = 1 ORDER BY position"));
        }
    }

    @Test
    void theTurnoverSaysWhatTheViewSays() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(address("trends"))) {
            browser.page()
                    .locator("section:has(h2:text-is('Turnover')) summary")
                    .click();
            browser.page().waitForSelector("section:has(h2:text-is('Turnover')) tbody tr");
            assertThat(rows(browser, "section:has(h2:text-is('Turnover')) table", 0, 1, 2, 3, 4, 5, 6, 7))
                    .isEqualTo(lake.rows("SELECT snapshot_date, entries, new, re_entries, up, down, same, exits"
                            + " FROM chart_turnover_by_recording WHERE source = '" + SOURCE + "' AND playlist_id = '"
                            + LIST
                            + "' AND previous_snapshot_date IS NOT NULL ORDER BY snapshot_date"));
        }
    }

    @Test
    void namesAreTextWhateverTheyHold() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            assertThat(browser.texts("td a, th a")).contains(SCRIPT.name(), ARABIC.name(), EMOJI.name());
            assertThat(browser.text("h1")).contains("Topp 50 <b>Norge</b> & \"mer\"");
            browser.open(address("song"));
            assertThat(browser.text("h1")).contains(SCRIPT.name());
            browser.sound("hostile names");
        }
    }

    @Test
    void tilesAndPanelsOfTheDay() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(address("mix"))) {
            String where =
                    " FROM chart_entries JOIN song_days USING (song_id, snapshot_date) WHERE chart_entries.source = '"
                            + SOURCE + "' AND playlist_id = '" + LIST + "' AND snapshot_date = DATE '" + LAST + "'";
            String[] tiles = lake.value("SELECT count(*) || ' ' || printf('%.2f', avg(duration_ms) / 60000) || ' '"
                            + " || printf('%.2f', max(duration_ms) / 60000) || ' ' || printf('%.2f', min(duration_ms) / 60000)"
                            + where)
                    .split(" ");
            assertThat(browser.texts(".tiles dd"))
                    .containsExactly(tiles[0], tiles[1] + " min", tiles[2] + " min", tiles[3] + " min");
            assertThat(browser.texts("h2"))
                    .contains(
                            "Songs by artist",
                            "Average popularity by artist",
                            "Songs per album",
                            "Popularity against length",
                            "Top songs by popularity",
                            "Artists",
                            "Albums",
                            "Release years",
                            "Share of chart by artist");
            assertThat(rows(browser, "section:has(h2:text-is('Top songs by popularity')) table", 1))
                    .isEqualTo(lake.rows("SELECT popularity" + where + " ORDER BY popularity DESC"));
            browser.open("#mix?source=" + SOURCE + "&list=" + OTHER + "&date=" + LAST);
            assertThat(browser.text("#no-popularity")).contains("the rank takes its place");
            assertThat(browser.texts("h2")).contains("Average rank by artist", "Top songs by rank");
        }
    }

    @Test
    void keysStepAndTheAddressHoldsTheState() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            Page page = browser.page();
            page.keyboard().press("ArrowLeft");
            browser.at("date=" + LAST.minusDays(1));
            String address = page.url();
            String rows = browser.text("main > section.card table");
            page.keyboard().press("ArrowRight");
            browser.at("date=" + LAST);
            assertThat(browser.text("main > section.card table")).isNotEqualTo(rows);
            page.keyboard().press("ArrowRight");
            page.goBack();
            browser.at("date=" + LAST.minusDays(1));
            try (DashboardBrowser other = browser(1280, ColorScheme.LIGHT)) {
                other.open(address.substring(address.indexOf('#')));
                assertThat(other.text("main > section.card table")).isEqualTo(rows);
            }
            page.locator("header label:has-text('Dates') select").selectOption("local");
            browser.at("dates=local");
            assertThat(browser.text("h1 ~ .sub")).contains("12 Mar 2024");
            page.locator("#list").fill(CHART);
            page.keyboard().press("Enter");
            page.waitForFunction("list => !location.hash.includes('list=' + list)", LIST);
        }
    }

    @Test
    void searchAndDrillDown() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            Page page = browser.page();
            page.keyboard().press("/");
            page.keyboard().type("<SCRIPT>");
            page.waitForSelector("#found a");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("Enter");
            browser.at("song=" + SCRIPT.id());
            assertThat(browser.text("h1")).contains(SCRIPT.name());
            page.locator(".title .sub a").first().click();
            browser.at("#artist?");
            assertThat(browser.text("h1")).contains("<img src=x");
            page.locator("#search").fill("no such thing");
            page.waitForSelector("#found .empty");
            browser.open(address("chart of a file"));
            page.locator("td .by a, th .by a").first().click();
            browser.at("credit=");
            assertThat(browser.texts("h2")).contains("Songs");
            browser.sound("drilling down");
        }
    }

    @Test
    void aPageOfNoSongOrArtistSaysHowToChooseOne() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT)) {
            for (String kind : List.of("song", "artist")) {
                browser.open("#" + kind + "?" + ON);
                assertThat(browser.text("main"))
                        .contains("No " + kind + " is chosen", "search")
                        .doesNotContain("undefined");
                browser.open("#" + kind + "?" + ON + "&" + kind + "=nothing");
                assertThat(browser.text("main")).contains("No such " + kind, "the id nothing");
            }
        }
    }

    @Test
    void tablesAreSavedAsCsvAndChartsAsImages() throws IOException {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            Page page = browser.page();
            Download csv = page.waitForDownload(
                    () -> page.locator("[aria-label='Save Chart as CSV']").click());
            String text = Files.readString(csv.path());
            assertThat(text.lines()).hasSize(15);
            assertThat(text).contains(SCRIPT.name(), "'=HYPERLINK(\"\"x\"\")", SCRIPT.id());
            browser.open(address("trends"));
            Download image = page.waitForDownload(() ->
                    page.locator("[aria-label='Save Turnover as an image']").click());
            assertThat(Files.readAllBytes(image.path())).startsWith(0x89, 'P', 'N', 'G');
            browser.sound("saving");
        }
    }

    @Test
    void sortingByAHeading() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            browser.page().locator("thead button:text-is('On chart')").click();
            List<String> sorted = rows(browser, "main > section.card table", 5);
            assertThat(sorted.stream().map(Integer::valueOf)).isSortedAccordingTo(java.util.Comparator.reverseOrder());
            assertThat(browser.page().locator("th[aria-sort=descending]").count())
                    .isEqualTo(1);
        }
    }

    @Test
    void sqlIsRunRefusedAndExplained() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open("#sql?" + ON)) {
            Page page = browser.page();
            page.locator("#sql")
                    .fill("SELECT snapshot_date, entries FROM chart_turnover WHERE playlist_id = '" + LIST + "'");
            page.keyboard().press("Control+Enter");
            browser.at("sql=SELECT");
            page.waitForSelector("#result canvas");
            assertThat(browser.text("#result .hint")).startsWith("11 rows");
            page.locator("#sql").fill("DROP VIEW songs");
            page.locator("button.primary").click();
            page.waitForSelector("#result .failed");
            assertThat(browser.text("#result .failed")).contains("Only queries run here");
            page.locator("aside summary:text-is('songs')").click();
            page.locator("aside details[open] button:text-is('isrc')").click();
            assertThat(page.locator("#sql").inputValue()).contains("isrc");
        }
    }

    @Test
    void lightAndDarkAreRemembered() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(address("trends"))) {
            Page page = browser.page();
            Object light = page.evaluate("getComputedStyle(document.body).backgroundColor");
            page.locator("#theme").click();
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(light);
            page.reload();
            browser.ready(address("trends"));
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isNotEqualTo(light);
        }
    }

    @Test
    @Thorough
    void freshnessIsInSightOnEveryPage() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT)) {
            for (String page :
                    Depth.some(3, List.of("chart", "trends", "mix", "lists", "compare", "sql", "song", "artist"))) {
                browser.open(address(page));
                browser.page()
                        .waitForFunction(
                                "() => document.getElementById('health').textContent.includes('1 day missing')");
                assertThat(browser.text("#health")).contains("days old");
            }
        }
    }

    @Test
    void freshnessComesBeforeTheRestOfTheStatus() throws IOException {
        LocalStore store = new LocalStore(lake.root());
        CountDownLatch looked = new CountDownLatch(1);
        try (DashboardServer other =
                        DashboardServer.start(store, DashboardLake.looking(store, looked), Options.loopback());
                DashboardBrowser browser = new DashboardBrowser(chromium, other.url(), 1280, ColorScheme.LIGHT)) {
            browser.open(address("lists"));
            browser.page().waitForSelector("#health:has-text('looking for gaps')");
            assertThat(browser.text("#health")).contains("days old");
            assertThat(browser.text("main")).contains("Looking at all days").doesNotContain("entries read");
            looked.countDown();
            browser.page().waitForSelector("#health:has-text('1 day missing')");
            browser.page().waitForSelector("main:has-text('entries read are rows')");
            browser.sound("status that takes long");
        }
    }

    @Test
    void aStepBackAsksForNothingAgain() {
        try (DashboardBrowser browser = browser(1280, ColorScheme.LIGHT).open(WIDE)) {
            Object asked = browser.page()
                    .evaluate("async () => { const main = document.getElementById('main');"
                            + " const step = async by => { const before = main.dataset.ready; C.step(by);"
                            + " while (main.dataset.ready === before) await new Promise(r => setTimeout(r, 5)); };"
                            + " const charts = () => performance.getEntriesByType('resource')"
                            + ".filter(entry => entry.name.includes('/api/chart')).map(entry => entry.name);"
                            + " for (const by of [-1, -1, 1, -1, 1, 1]) await step(by);"
                            + " const all = charts(); return all.length - new Set(all).size; }");
            assertThat(((Number) asked).intValue()).isZero();
        }
    }

    @Test
    void whatIsMissingWaitsOrFailsIsSaid() throws Exception {
        Lake empty = new Lake(folder.resolve("empty"));
        try (DashboardServer nothing =
                        DashboardServer.start(new LocalStore(empty.root()), QualityRules.DEFAULT, Options.loopback());
                DashboardBrowser browser = new DashboardBrowser(chromium, nothing.url(), 1280, ColorScheme.LIGHT)) {
            browser.page().navigate(nothing.url());
            browser.page().waitForSelector(".notice");
            assertThat(browser.text(".notice")).contains("Nothing here yet", "./chartlake run");
            assertThat(browser.violations()).isEmpty();
            browser.sound("an empty lake");
        }
        DashboardServer gone =
                DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback());
        try (DashboardBrowser browser = new DashboardBrowser(chromium, gone.url(), 1280, ColorScheme.LIGHT)) {
            browser.open(WIDE);
            List<Route> held = new ArrayList<>();
            browser.page().route("**/api/overlap*", held::add);
            browser.page().evaluate("location.hash = '" + address("lists") + "'");
            browser.page().waitForSelector(".loading");
            browser.page().unroute("**/api/overlap*");
            held.forEach(Route::resume);
            browser.ready(address("lists"));
            gone.close();
            browser.page().evaluate("location.hash = '" + address("artist") + "'");
            browser.page().waitForSelector("main .failed");
            assertThat(browser.text("main .failed")).contains("server does not answer", "Try again");
            assertThat(browser.violations()).isEmpty();
        }
        try (DashboardBrowser browser = browser(390, ColorScheme.DARK)) {
            browser.page().navigate(server.url() + "#chart?list=nothing");
            browser.page().waitForSelector("main .failed");
            assertThat(browser.text("main .failed")).contains("There is no list nothing");
        }
    }

    @Test
    @Thorough
    void anExportWorksFromDisk() throws IOException {
        Path site = folder.resolve("site");
        lake.run("dashboard", "--export", site.toString(), "--days", String.valueOf(Depth.of(2, 6)))
                .with(ExitCode.DONE);
        String base = site.resolve("index.html").toUri().toString();
        try (DashboardBrowser browser = new DashboardBrowser(chromium, base, 1280, ColorScheme.LIGHT)) {
            for (String page :
                    List.of("chart", "trends", "mix", "lists", "compare", "song", "artist", "chart of a file")) {
                browser.open(address(page));
                if (page.equals("chart") || Depth.isThorough()) {
                    assertThat(browser.violations()).as(page).isEmpty();
                }
                browser.sound(page + " of an export");
            }
            browser.open("#sql?" + ON);
            assertThat(browser.text("main")).contains("SQL needs the lake");
            browser.open(WIDE);
            assertThat(browser.text("main > section.card table")).contains(SCRIPT.name());
            browser.page().locator("#search").fill("fête");
            browser.page().waitForSelector("#found a");
        }
    }

    private static String address(String page) {
        return java.util.Objects.requireNonNull(PAGES.get(page), page);
    }

    private DashboardBrowser browser(int width, ColorScheme scheme) {
        return new DashboardBrowser(chromium, server.url(), width, scheme);
    }

    private static List<String> exits(DashboardBrowser browser) {
        return browser.page().locator("section:has(h2:text-is('Exits')) li").all().stream()
                .map(item -> item.locator("a").first().textContent() + "|"
                        + item.locator(".at").textContent())
                .toList();
    }

    /** The cells of some columns, with {@code |} between them, of a table's rows. */
    private static List<String> rows(DashboardBrowser browser, String table, int... columns) {
        return browser.page().locator(table).first().locator("tbody tr").all().stream()
                .map(row -> {
                    List<String> cells = row.locator("th, td").allTextContents();
                    return java.util.Arrays.stream(columns)
                            .mapToObj(cells::get)
                            .collect(java.util.stream.Collectors.joining("|"));
                })
                .toList();
    }
}
