package dev.chartlake.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search page in a real browser, opened from disk. */
class SiteSearchTest {

    private static final Pattern HIT = Pattern.compile("<li><a href=\"([^\"]+)\">");

    @TempDir
    static Path folder;

    @BeforeAll
    static void build() throws IOException {
        page("docs/README.md", "# List\n\n## Pages\n\n- [Fruit](fruit.md)\n- [Tools](tools.md)\n");
        page(
                "docs/fruit.md",
                "# Fruit\n\n## Apples\n\nRed, from Ålesund.\n\n## Pears\n\nGreen. Peel apples and pears.\n");
        page("docs/tools.md", "# Tools\n\nA knife <script>alert(1)</script> peels `apples`.\n");
        assertThat(Site.build(folder.resolve("repository"), folder.resolve("site")))
                .isEmpty();
    }

    @Test
    void theSectionWithTheWordInItsTitleComesFirst() throws Exception {
        assertThat(hits("apples"))
                .containsExactly("docs/fruit.html#apples", "docs/fruit.html#pears", "docs/tools.html#tools");
    }

    @Test
    void everyWordCountsAndTheBeginningOfOneIsEnough() throws Exception {
        assertThat(hits("pee kni")).containsExactly("docs/tools.html#tools");
    }

    @Test
    void accentsAndCapitalsDoNotMatter() throws Exception {
        assertThat(hits("ALESUND")).containsExactly("docs/fruit.html#apples");
    }

    @Test
    void wordsAreMarkedAndTextStaysText() throws Exception {
        assertThat(dom("knife"))
                .contains("<mark>knife</mark>")
                .contains("1 section:")
                .doesNotContain("<script>alert(1)</script> peels</p>");
    }

    @Test
    void nothingFoundIsSaidWithWhatToTry() throws Exception {
        assertThat(dom("bananas")).contains("Nothing has all of these words. Try fewer of them");
        assertThat(hits("bananas")).isEmpty();
    }

    private static List<String> hits(String words) throws Exception {
        String dom = dom(words);
        return HIT.matcher(dom.substring(dom.indexOf("<ol id=\"sections\">")))
                .results()
                .map(hit -> hit.group(1))
                .toList();
    }

    /** The page as the browser has it once its script has run. */
    private static String dom(String words) throws Exception {
        String address =
                folder.resolve("site/search.html").toUri() + "?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        Process browser = new ProcessBuilder(
                        browser(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--user-data-dir=" + folder.resolve("browser"),
                        "--dump-dom",
                        address)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(browser.waitFor()).isZero();
        return dom;
    }

    /** Skips the tests, and says so loudly, without a browser; with CHARTLAKE_BROWSER=required they fail instead. */
    private static String browser() {
        Optional<String> found = Stream.of(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
        if (found.isEmpty()) {
            String message = "NO BROWSER: the search of the documentation was NOT tested. Install chromium.";
            if ("required".equals(System.getenv("CHARTLAKE_BROWSER"))) {
                throw new AssertionError(message);
            }
            System.err.println("\n*** " + message + " ***\n");
            Assumptions.abort(message);
        }
        return found.orElseThrow();
    }

    private static void page(String path, String text) throws IOException {
        Path file = folder.resolve("repository").resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }
}
