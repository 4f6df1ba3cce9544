package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.ObjectMapper;

/** What an export leaves in its folder and beside it, with ids that no file can be called by, and when it ends early. */
@Timeout(Hang.SECONDS)
class DashboardExportTest {

    private static final String LIST = "4ChartLakeOddIdsOnItA1";
    private static final List<String> ODD = List.of(
            "..",
            ".",
            "a/b",
            "../../../out",
            "CON",
            "nul.txt",
            "aB3",
            "Ab3",
            "ab3",
            "_",
            "%2e%2e",
            "~~1",
            "x".repeat(300),
            "X".repeat(300),
            "قمر حداد",
            "<b>&'\"?#");

    @TempDir
    Path folder;

    private Path site = Path.of("");
    private Lake lake = new Lake(Path.of(""));

    @BeforeEach
    void makeLake() throws IOException {
        site = folder.resolve("out").resolve("site");
        lake = new Lake(folder.resolve("lake"));
        Path files = Files.createDirectories(folder.resolve("in").resolve(LIST));
        for (int day = 1; day <= 3; day++) {
            Files.writeString(files.resolve("2024-03-0" + day + "T12-00-00Z.json"), page());
        }
        lake.importing(folder.resolve("in")).with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
    }

    private static String page() {
        ObjectMapper json = new ObjectMapper();
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < ODD.size(); i++) {
            Map<String, Object> artist = Map.of("id", ODD.get(i), "name", "By " + i, "type", "artist");
            items.add(Map.of(
                    "added_at",
                    "2024-01-01T00:00:00Z",
                    "track",
                    Map.of(
                            "id",
                            ODD.get(i),
                            "type",
                            "track",
                            "name",
                            "Odd " + i,
                            "duration_ms",
                            1000 + i,
                            "artists",
                            List.of(artist),
                            "album",
                            Map.of("id", ODD.get(i), "name", "Album " + i, "artists", List.of(artist)))));
        }
        return json.writeValueAsString(Map.of("items", items, "total", items.size(), "offset", 0, "limit", 100));
    }

    @Test
    @Thorough
    void everySongAndArtistHasAFileThatThePageFinds() throws IOException {
        lake.run("dashboard", "--export", site.toString()).with(ExitCode.DONE);
        assertThat(files(folder.resolve("out"))).allMatch(file -> file.startsWith("site/"));
        assertThat(files(site).stream().map(file -> file.toLowerCase(Locale.ROOT)))
                .doesNotHaveDuplicates()
                .allMatch(file -> file.matches("[a-z0-9_.~/-]+") && file.length() < 250);
        try (Chromium chromium = Chromium.start();
                DashboardBrowser browser = new DashboardBrowser(
                        chromium, site.resolve("index.html").toUri().toString(), 1280, ColorScheme.LIGHT)) {
            browser.open("#chart?source=spotify-web-api&list=" + LIST + "&date=2024-03-03");
            for (int i = 0; i < ODD.size(); i++) {
                String id = URLEncoder.encode(ODD.get(i), StandardCharsets.UTF_8);
                String on = "source=spotify-web-api&list=" + LIST + "&date=2024-03-03";
                if (i % 2 == 0 || Depth.isThorough()) { // in the short form, one of the two
                    browser.open("#song?" + on + "&song=" + id);
                    assertThat(browser.text("h1")).as(ODD.get(i)).contains("Odd " + i);
                }
                if (i % 2 == 1 || Depth.isThorough()) {
                    browser.open("#artist?" + on + "&artist=" + id);
                    assertThat(browser.text("h1")).as(ODD.get(i)).contains("By " + i);
                }
            }
        }
    }

    @Test
    void anEarlierExportIsReplacedAndWhatOthersPutThereStays() throws IOException {
        lake.run("dashboard", "--export", site.toString()).with(ExitCode.DONE);
        List<String> first = files(site);
        Files.createDirectories(site.resolve(".git"));
        Files.writeString(site.resolve(".git/HEAD"), "ref: x");
        Files.writeString(site.resolve("CNAME"), "charts.example");
        Files.writeString(site.resolve("data/old.js"), "old");
        lake.run("dashboard", "--export", site.toString()).with(ExitCode.DONE);
        assertThat(files(site))
                .containsExactlyInAnyOrderElementsOf(Stream.concat(first.stream(), Stream.of(".git/HEAD", "CNAME"))
                        .toList());
        assertThat(files(folder.resolve("out"))).allMatch(file -> file.startsWith("site/"));
    }

    @Test
    void whatIsNoExportIsRefusedAndStaysAsItIs() throws IOException {
        Path mine = Files.createDirectories(folder.resolve("mine"));
        Files.writeString(mine.resolve("index.html"), "<p>mine");
        List<String> asItWas = files(folder);
        Ended atAFile =
                lake.run("dashboard", "--export", mine.resolve("index.html").toString());
        assertThat(atAFile.with(ExitCode.USAGE).err()).contains("Not a folder: ");
        assertThat(files(folder)).isEqualTo(asItWas);
        for (Path other : List.of(mine, lake.root())) {
            List<String> before = files(folder);
            Ended ended = lake.run("dashboard", "--export", other.toString());
            assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
            assertThat(ended.err()).contains(other + " holds something that is no export of this dashboard");
            assertThat(files(folder)).isEqualTo(before);
        }
        Path unfinished = Files.createDirectories(folder.resolve("out/site.unfinished"));
        Files.writeString(unfinished.resolve("mine"), "");
        assertThat(lake.run("dashboard", "--export", site.toString()).err())
                .contains(unfinished + " is in the way and is not from an export");
        assertThat(unfinished.resolve("mine")).exists();
    }

    @Test
    void aKilledExportLeavesTheEarlierOneAndIsSweptByTheNext() throws Exception {
        lake.run("dashboard", "--export", site.toString()).with(ExitCode.DONE);
        String before = contents(site);
        Lake.Child child = Lake.Child.of(
                Main.class, List.of("-Xmx256m"), Map.of(), lake.words("dashboard", "--export", site.toString()));
        Path unfinished = folder.resolve("out/site.unfinished");
        while (child.process().isAlive() && !Files.exists(unfinished.resolve("data"))) {
            Thread.sleep(5);
        }
        child.process().destroyForcibly();
        child.end();
        if (Files.exists(unfinished)) {
            assertThat(unfinished.resolve("index.html")).doesNotExist();
            assertThat(contents(site)).isEqualTo(before);
        }
        Files.writeString(Files.createDirectories(unfinished).resolve("chartlake-export.lock"), "");
        Files.writeString(unfinished.resolve("left.js"), "");
        lake.run("dashboard", "--export", site.toString()).with(ExitCode.DONE);
        assertThat(site.resolve("left.js")).doesNotExist();
        assertThat(files(folder.resolve("out"))).allMatch(file -> file.startsWith("site/"));
    }

    /** As a process leaves it that is killed while it changes the folders. */
    @Test
    void anEarlierExportThatWasMovedAwayIsPutBackFirst() throws IOException {
        lake.run("dashboard", "--export", site.toString()).with(ExitCode.DONE);
        Files.writeString(site.resolve("CNAME"), "charts.example");
        Files.move(site, folder.resolve("out/site.replaced"));
        lake.run("dashboard", "--export", site.toString()).with(ExitCode.DONE);
        assertThat(site.resolve("CNAME")).exists();
        assertThat(files(folder.resolve("out"))).allMatch(file -> file.startsWith("site/"));
    }

    @Test
    void twoExportsIntoOneFolderDoNotMix() throws Exception {
        Path unfinished = Files.createDirectories(folder.resolve("out/site.unfinished"));
        try (FileChannel other = FileChannel.open(
                unfinished.resolve("chartlake-export.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            other.lock();
            Ended ended = lake.child(Map.of(), "dashboard", "--export", site.toString());
            assertThat(ended.code()).isEqualTo(ExitCode.SOME_FAILED);
            assertThat(ended.err()).contains("Another export writes into " + unfinished);
        }
    }

    private static List<String> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }

    private static String contents(Path root) throws IOException {
        List<String> all = new ArrayList<>();
        for (String file : files(root)) {
            all.add(file + " " + Arrays.hashCode(Files.readAllBytes(root.resolve(file))));
        }
        return String.join("\n", all);
    }
}
