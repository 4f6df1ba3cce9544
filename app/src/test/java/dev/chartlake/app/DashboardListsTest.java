package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Lists on the page, in a real browser: how one is picked, found, opened and followed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Execution(ExecutionMode.SAME_THREAD) // The driver's objects belong to one thread.
@SuppressWarnings("NullAway.Init")
class DashboardListsTest {

    private static final String GLOBAL = "37i9dQZEVXbMDoHDwVN2tF";
    private static final String NORWAY = "37i9dQZEVXbJvfa0Yxg7E7";
    private static final String NORWAY_WEEKS = "37i9dQZEVXbLWYFZ5CkSvr";
    private static final String SWEDEN = "37i9dQZEVXbLoATJ81JYXz";
    private static final String TINY = Answers.list("a tiny test");
    private static final String CHART = "regional-dk-weekly";

    private static final Song DAKITI = Song.of(901).named("DÁKITI").by("Bad Bunny", "Jhayco");
    private static final Song PEACHES = Song.of(902).named("Peaches (feat. X)").by("Justin Bieber", "Giveon");
    private static final Song AGAIN = Song.of(904).named("Peaches (feat. X)").by("Justin Bieber", "Giveon");
    private static final Song OIL = Song.of(905).named("Øl & Æbler").by("Bjørn");

    @TempDir
    private static Path folder;

    private Lake lake;
    private DashboardServer server;
    private Chromium chromium;

    @BeforeAll
    void start() throws IOException {
        chromium = Chromium.start();
        lake = new Lake(folder.resolve("lake"));
        for (String list : List.of(GLOBAL, NORWAY, NORWAY_WEEKS, SWEDEN)) {
            page(lake, list, "2024-03-11", songs(list));
            page(lake, list, "2024-03-12", songs(list));
        }
        put(lake, TINY, "2024-03-12", "A test", Song.of(1), Song.of(2));
        Path chart = folder.resolve(CHART + "-2024-03-07.csv");
        Files.writeString(
                chart,
                ChartFiles.current(
                        true,
                        IntStream.range(1, 60)
                                .mapToObj(i -> ChartFiles.Row.of(i, Song.of(500 + i)))
                                .toList()));
        lake.importing(chart).with(0);
        lake.transform().with(0);
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

    private static List<Song> songs(String list) {
        List<Song> songs = new ArrayList<>(List.of(DAKITI, PEACHES, OIL));
        songs.set(1, list.equals(SWEDEN) ? AGAIN : PEACHES);
        IntStream.range(0, 22).mapToObj(i -> Song.of(10 + i)).forEach(songs::add);
        return songs;
    }

    private static void page(Lake lake, String list, String day, List<Song> songs) throws IOException {
        write(lake, list, day, Answers.page(list, rows(songs)));
    }

    private static void put(Lake lake, String list, String day, String name, Song... songs) throws IOException {
        write(lake, list, day, Answers.playlist(Dialect.LEGACY, list, name, Answers.page(list, rows(List.of(songs)))));
    }

    /** The songs of 901 and above have one length, so that two of one title are one recording. */
    private static List<String> rows(List<Song> songs) {
        return songs.stream()
                .map(song -> Answers.row(Dialect.LEGACY, song))
                .map(row -> row.replaceAll("\"external_ids\":\\{[^}]*\\},?", "")
                        .replaceAll("\"duration_ms\":\\d+", "\"duration_ms\":200000"))
                .toList();
    }

    private static void write(Lake lake, String list, String day, String answer) throws IOException {
        Path file = lake.at("raw_data/to_process/" + day + "/spotify-web-api/" + list + "/103000Z.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, answer);
    }

    private DashboardBrowser browser(int width) {
        return new DashboardBrowser(chromium, server.url(), width, ColorScheme.LIGHT);
    }

    /** Opens the page without saying anything. */
    private static DashboardBrowser bare(DashboardBrowser browser, String base) {
        browser.page().navigate("about:blank");
        browser.page().navigate(base);
        return browser.ready("#");
    }

    @Test
    void thePageOpensOnALargeListAndThenOnTheOneLastLookedAt() {
        try (DashboardBrowser browser = browser(1280)) {
            bare(browser, server.url());
            assertThat(browser.text("h1")).startsWith("Top 50 - Global");
            browser.open("#chart?list=" + TINY);
            assertThat(browser.text("h1")).startsWith("A test");
            bare(browser, server.url());
            assertThat(browser.text("h1")).startsWith("A test");
        }
    }

    @Test
    void thePickerFiltersAsOneTypesAndIsReachedByKeys() throws IOException {
        for (int width : new int[] {390, 1280}) {
            try (DashboardBrowser browser = browser(width).open("#chart?list=" + GLOBAL)) {
                Page page = browser.page();
                page.locator("#list").focus();
                page.keyboard().press("ArrowDown");
                assertThat(browser.texts("#list-options [role=option] strong"))
                        .contains("Top 50 - Norway", "A test", "Weekly Top Songs - Denmark")
                        .hasSize(6);
                page.keyboard().type("norw");
                assertThat(browser.texts("#list-options [role=option] strong"))
                        .containsExactly("Top 50 - Norway", "Top Songs - Norway");
                assertThat(browser.texts("#list-options .by"))
                        .anyMatch(text -> text.startsWith("Norway · daily · to 12 Mar 2024"))
                        .anyMatch(text -> text.startsWith("Norway · weekly"));
                browser.sound("the picker at " + width);
                assertThat(browser.violations()).isEmpty();
                screenshot(page, "picker-" + width);
                page.keyboard().press("ArrowDown");
                page.keyboard().press("Enter");
                browser.at("list=" + NORWAY_WEEKS);
                assertThat(page.locator("#list").inputValue()).isEqualTo("Top Songs - Norway");
                page.locator("#list").click();
                page.keyboard().type("no such list");
                assertThat(browser.text("#list-options")).contains("No list has this");
                page.keyboard().press("Escape");
                assertThat(page.locator("#list-options").isVisible()).isFalse();
                assertThat(page.locator("#list").inputValue()).isEqualTo("Top Songs - Norway");
                page.locator("#list").click();
                page.keyboard().type("weekly denmark");
                page.keyboard().press("Enter");
                browser.at("list=" + CHART);
                assertThat(browser.text("h1")).startsWith("Weekly Top Songs - Denmark");
            }
        }
    }

    private static void screenshot(Page page, String name) {
        String to = System.getProperty("chartlake.screenshots");
        if (to != null) {
            page.screenshot(new Page.ScreenshotOptions().setPath(Path.of(to, name + ".png")));
        }
    }

    @Test
    void addressesNameListsAsTheCommandLineDoes() {
        try (DashboardBrowser browser = browser(1280)) {
            for (String name :
                    List.of("norway daily", "sweden", "SE", "swe", "top 50 - sweden", "spotify:playlist:" + SWEDEN)) {
                browser.open(
                        "#chart?list=" + java.net.URLEncoder.encode(name, java.nio.charset.StandardCharsets.UTF_8));
                assertThat(browser.text("h1"))
                        .as(name)
                        .startsWith(name.startsWith("norway") ? "Top 50 - Norway" : "Top 50 - Sweden");
            }
            browser.page().navigate(server.url() + "#chart?list=norway");
            browser.page().waitForSelector("main .failed");
            assertThat(browser.text("main .failed"))
                    .contains("2 lists can be meant by norway")
                    .doesNotContain(NORWAY_WEEKS);
            assertThat(browser.texts("main .failed li"))
                    .containsExactly("norway daily for Top 50 - Norway", "norway weekly for Top Songs - Norway");
            browser.sound("several lists");
            browser.page().locator("main .failed li a").nth(1).click();
            browser.at("list=norway+weekly");
            assertThat(browser.text("h1")).startsWith("Top Songs - Norway");
            browser.page().navigate(server.url() + "#trends?list=norway&span=1y");
            browser.page().waitForSelector("main .failed li");
            browser.page().locator("#list").click();
            browser.page()
                    .locator("#list-options [role=option]:has-text('Top 50 - Sweden')")
                    .click();
            browser.at("span=1y");
            assertThat(browser.page().url()).contains("#trends?").contains(SWEDEN);
        }
    }

    @Test
    void searchGoesByWordsWithoutAccentsArtistsFirstAndFindsLists() {
        try (DashboardBrowser browser = browser(1280).open("#chart?list=" + GLOBAL)) {
            assertThat(found(browser, "dakiti")).containsExactly("DÁKITI");
            assertThat(found(browser, "bieber peaches")).containsExactly("Peaches (feat. X)");
            assertThat(browser.text("#found .by")).isEqualTo("Justin Bieber, Giveon · 2 editions");
            assertThat(found(browser, "BUNNY")).containsExactly("Bad Bunny", "DÁKITI");
            assertThat(found(browser, "ol aebler bjorn")).containsExactly("Øl & Æbler");
            assertThat(found(browser, "norway")).containsExactly("Top 50 - Norway", "Top Songs - Norway");
            screenshot(browser.page(), "search");
            browser.page().locator("#found a").last().click();
            browser.at("list=" + NORWAY_WEEKS);
            browser.sound("searching");
        }
    }

    private static List<String> found(DashboardBrowser browser, String text) {
        Page page = browser.page();
        page.evaluate("document.getElementById('found').replaceChildren()");
        page.locator("#search").fill(text);
        page.waitForSelector("#found a, #found .empty");
        return browser.texts("#found strong");
    }

    private static Object state(Page page) {
        return page.evaluate("async () => (await fetch('api/state')).headers.get('X-Lake-State')");
    }

    @Test
    void aNewDayIsThereAtTheNextClickUnlessTheAddressSaysADate() throws Exception {
        Lake growing = new Lake(folder.resolve("growing"));
        page(growing, GLOBAL, "2024-03-11", songs(GLOBAL));
        growing.transform().with(0);
        LocalStore store = new LocalStore(growing.root());
        try (DashboardServer other = DashboardServer.start(store, QualityRules.DEFAULT, Options.loopback());
                DashboardBrowser browser = new DashboardBrowser(chromium, other.url(), 1280, ColorScheme.LIGHT)) {
            bare(browser, other.url());
            Page page = browser.page();
            page.locator("nav a:text-is('Trends')").click();
            browser.at("#trends");
            page.locator("nav a:text-is('Chart')").click();
            browser.at("#chart");
            assertThat(page.url()).doesNotContain("date=");
            assertThat(browser.text("h1 ~ .sub")).contains("11 Mar 2024");
            page(growing, GLOBAL, "2024-03-12", songs(GLOBAL).subList(0, 24));
            growing.transform().with(0);
            String before = String.valueOf(page.evaluate("C.lakeState"));
            while (before.equals(state(page))) {
                page.waitForTimeout(200); // the server looks for new days every two seconds
            }
            page.locator("nav a:text-is('Chart')").click();
            page.waitForSelector("h1 ~ .sub:has-text('12 Mar 2024')");
            browser.open("#chart?list=" + GLOBAL + "&date=2024-03-11");
            assertThat(browser.text("h1 ~ .sub")).contains("11 Mar 2024");
            page.locator("nav a:text-is('Trends')").click();
            browser.at("#trends");
            assertThat(page.url()).contains("date=2024-03-11");
            page.locator(".dates select").selectOption("");
            page.waitForFunction("() => !location.hash.includes('date=')");
            browser.sound("a new day");
        }
    }
}
