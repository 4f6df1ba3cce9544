package dev.chartlake.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written for a small repository, what stops the build, and that this repository's own pages are whole. */
class SiteTest {

    private static final Pattern LINK = Pattern.compile("\\b(?:href|src)=\"([^\"]*)\"");

    @TempDir
    Path folder;

    @Test
    void everyPageAndEveryLinkedFileIsWritten() throws IOException {
        page(
                "README.md",
                "# Home\n\n[page](docs/a.md#two-words) ![picture](docs/images/p.svg) [code](src/Main.java)\n");
        page("docs/a.md", "# A\n\n## Two words\n\n[home](../README.md) [folder](../src) [licence](../LICENSE)\n");
        page("docs/images/p.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
        page("src/Main.java", "class Main<T> {}\n");
        page("LICENSE", "Free\n");
        list("[Home](../README.md)", "[A](a.md)");
        assertThat(Site.build(root(), site())).isEmpty();
        assertThat(html("index.html"))
                .contains("href=\"docs/a.html#two-words\"", "src=\"docs/images/p.svg\"", "href=\"src/Main.java.html\"");
        assertThat(html("docs/a.html"))
                .contains("<h2 id=\"two-words\">", "href=\"../index.html\"", "href=\"../src/index.html\"");
        assertThat(html("src/Main.java.html")).contains("class Main&lt;T&gt; {}");
        assertThat(html("src/index.html")).contains("<a href=\"Main.java.html\">Main.java</a>");
        assertThat(html("LICENSE.html")).contains("Free");
        assertThat(brokenLinks()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "[x](missing.md); leads to no file",
                "[x](a.md#nowhere); leads to no heading. Headings of docs/a.md: a.",
                "[x](#nowhere); leads to no heading",
                "[x](../LICENSE#part); leads to no heading",
                "![x](images/missing.png); leads to no file",
                "<img src=\"missing.png\">; leads to no file",
                "<picture><source srcset=\"missing.svg\"></picture>; leads to no file",
                "[x](../../outside.md); leads to no file",
            })
    void aDeadLinkIsNamedWithPageAndLineAndNothingIsWritten(String link, String problem) throws IOException {
        page("docs/a.md", "# A\n");
        page("docs/b.md", "# B\n\nText.\n\n" + link + "\n");
        page("LICENSE", "Free\n");
        Files.writeString(folder.resolve("outside.md"), "# Outside\n");
        list("[A](a.md)", "[B](b.md)");
        assertThat(Site.build(root(), site()))
                .singleElement()
                .asString()
                .startsWith("docs/b.md:5: ")
                .contains(problem);
        assertThat(site()).doesNotExist();
    }

    @Test
    void theLastSiteStaysWhenALinkIsDead() throws IOException {
        page("docs/a.md", "# A\n");
        list("[A](a.md)");
        assertThat(Site.build(root(), site())).isEmpty();
        page("docs/a.md", "# Changed\n\n[x](missing.md)\n");
        assertThat(Site.build(root(), site())).hasSize(1);
        assertThat(html("docs/a.html")).contains("<h1 id=\"a\">");
    }

    @Test
    void linksToOtherSitesAreNotFollowed() throws IOException {
        page("docs/a.md", "# A\n\n[x](https://example.com/missing) <mailto:a@example.com>\n");
        list("[A](a.md)");
        assertThat(Site.build(root(), site())).isEmpty();
        assertThat(html("docs/a.html")).contains("href=\"https://example.com/missing\"");
    }

    @Test
    void aPageThatTheListLacksIsNamed() throws IOException {
        page("docs/a.md", "# A\n");
        page("docs/b.md", "# B\n");
        list("[A](a.md)");
        assertThat(Site.build(root(), site()))
                .containsExactly("docs/b.md is not listed in docs/README.md. Add it there.");
    }

    @Test
    void pagesThatAreBuiltOrHiddenAreLeftOut() throws IOException {
        page("docs/a.md", "# A\n");
        page("core/target/built.md", "# Built\n");
        page(".hidden/page.md", "# Hidden\n");
        list("[A](a.md)");
        assertThat(Site.build(root(), site())).isEmpty();
        assertThat(html("search.html")).contains(">A</a>").doesNotContain("Built", "Hidden");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Two words; two-words",
                "`--list LIST` and (more); --list-list-and-more",
                "What's new?; whats-new",
                "snapshot_date; snapshot_date",
                "Måneskinn; måneskinn",
                "[A link](a.md) here; a-link-here",
            })
    void headingsHaveTheIdsThatGitHubGives(String heading, String id) throws IOException {
        page("docs/a.md", "# A\n\n## " + heading + "\n\n## Twice\n\n## Twice\n\n[x](#" + id + ") [y](#twice-1)\n");
        list("[A](a.md)");
        assertThat(Site.build(root(), site())).isEmpty();
        assertThat(html("docs/a.html")).contains("<h2 id=\"" + id + "\">");
    }

    @Test
    void theNavigationFollowsTheListAndMarksThePage() throws IOException {
        page("docs/a.md", "# A <b>\n");
        page("docs/b.md", "# B\n");
        list("[Second & first](b.md)", "[A](a.md)");
        assertThat(Site.build(root(), site())).isEmpty();
        assertThat(html("docs/a.html"))
                .containsSubsequence(
                        "<p>Pages</p>",
                        "<a href=\"../docs/b.html\">Second &amp; first</a>",
                        "<li class=\"current\"><a href=\"../docs/a.html\">A</a>");
    }

    @Test
    void thePagesOfThisRepositoryAreWholeAndSoIsTheirSite() throws IOException {
        assertThat(Site.build(repository(), site())).isEmpty();
        assertThat(html("search.html")).contains("docs/reference/lake.html#quarantine");
        assertThat(brokenLinks()).isEmpty();
    }

    /** Links of the site as a browser follows them: independent of how the site was made. */
    private List<String> brokenLinks() throws IOException {
        try (Stream<Path> all = Files.walk(site())) {
            return all.filter(file -> file.toString().endsWith(".html"))
                    .flatMap(file -> LINK.matcher(read(file).replaceAll("(?s)<code.*?</code>", ""))
                            .results()
                            .map(link -> link.group(1))
                            .filter(link -> !link.matches("[a-z]+:.*"))
                            .filter(link -> !leadsSomewhere(file, link))
                            .map(link -> link + " in " + file))
                    .toList();
        }
    }

    private static boolean leadsSomewhere(Path file, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
        return Files.isRegularFile(target) && (parts.length == 1 || read(target).contains(" id=\"" + parts[1] + "\""));
    }

    private static Path repository() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.exists(at.resolve("mvnw"))) {
            at = Objects.requireNonNull(at.getParent(), "not in the repository");
        }
        return at;
    }

    private Path root() {
        return folder.resolve("repository");
    }

    private Path site() {
        return folder.resolve("site");
    }

    private void list(String... links) throws IOException {
        page("docs/README.md", "# List\n\n## Pages\n\n- " + String.join("\n- ", links) + "\n");
    }

    private void page(String path, String text) throws IOException {
        Path file = root().resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private String html(String address) {
        return read(site().resolve(address));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
