package dev.chartlake.site;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;

/**
 * The links between pages and files of the repository: those in Markdown, and the images in HTML. Links to other sites are
 * not followed.
 */
final class Links {

    private static final Pattern ELSEWHERE = Pattern.compile("[a-z][a-z+.-]*:.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern HTML = Pattern.compile("\\b(?:src|srcset)=\"([^\"]*)\"");

    private final Path root;
    private final Map<String, MarkdownPage> pages;

    /** A destination as it is written, and the line of the page where it is. */
    private record Found(String destination, int line) {}

    Links(Path root, Map<String, MarkdownPage> pages) {
        this.root = root;
        this.pages = pages;
    }

    /** What is wrong with a page's links, a sentence each. */
    List<String> problems(MarkdownPage page) {
        return found(page).stream()
                .flatMap(link -> problem(page, link.destination())
                        .map(text ->
                                page.path() + ":" + link.line() + ": the link '" + link.destination() + "' " + text))
                .toList();
    }

    private Stream<String> problem(MarkdownPage page, String destination) {
        String path = target(page.path(), destination);
        if (path.startsWith("..") || !Files.exists(root.resolve(path))) {
            return Stream.of("leads to no file. Correct it, or add " + path + ".");
        }
        int hash = destination.indexOf('#');
        if (hash < 0) {
            return Stream.empty();
        }
        String anchor = destination.substring(hash + 1);
        MarkdownPage target = pages.get(path);
        if (target != null && target.anchors().containsValue(anchor)) {
            return Stream.empty();
        }
        return Stream.of("leads to no heading. Headings of " + path + ": "
                + (target == null ? "none" : String.join(", ", target.anchors().values())) + ".");
    }

    /** The files and folders, other than Markdown pages, that a page links to: paths in the repository. */
    List<String> files(MarkdownPage page) {
        return found(page).stream()
                .map(link -> target(page.path(), link.destination()))
                .filter(path -> !pages.containsKey(path))
                .filter(path -> !isPageOfFolder(path))
                .distinct()
                .toList();
    }

    /** Folders with a README are that page. */
    private boolean isPageOfFolder(String path) {
        return pages.containsKey(path + "/README.md");
    }

    /** The path in the repository that a link of a page leads to, without its anchor. */
    static String target(String page, String destination) {
        String path = URLDecoder.decode(destination.replaceFirst("#.*", ""), StandardCharsets.UTF_8);
        if (path.isEmpty()) {
            return page;
        }
        Path folder = Path.of(page).resolveSibling(".");
        return folder.resolve(path).normalize().toString().replace('\\', '/');
    }

    static boolean leadsElsewhere(String destination) {
        return ELSEWHERE.matcher(destination).matches();
    }

    /** A link of a page as it is in the site: {@code lake.md#quarantine} becomes {@code lake.html#quarantine}. */
    String inSite(MarkdownPage page, String destination) {
        if (leadsElsewhere(destination) || destination.startsWith("#")) {
            return destination;
        }
        int hash = destination.indexOf('#');
        Path folder = Path.of("/" + page.address()).resolveSibling(".").normalize();
        Path target = Path.of("/" + addressOf(target(page.path(), destination)));
        return folder.relativize(target).toString().replace('\\', '/') + (hash < 0 ? "" : destination.substring(hash));
    }

    /** Where a page, file or folder of the repository is in the site. */
    String addressOf(String path) {
        if (path.endsWith(".md")) {
            return MarkdownPage.addressOf(path);
        }
        if (Files.isDirectory(root.resolve(path))) {
            return path + "/index.html";
        }
        return Site.isImage(path) ? path : path + ".html";
    }

    private static List<Found> found(MarkdownPage page) {
        List<Found> found = new ArrayList<>();
        page.document().accept(new AbstractVisitor() {
            @Override
            public void visit(Link link) {
                add(link, link.getDestination());
                visitChildren(link);
            }

            @Override
            public void visit(Image image) {
                add(image, image.getDestination());
                visitChildren(image);
            }

            @Override
            public void visit(HtmlBlock html) {
                HTML.matcher(html.getLiteral()).results().forEach(match -> add(html, match.group(1)));
            }

            @Override
            public void visit(HtmlInline html) {
                HTML.matcher(html.getLiteral()).results().forEach(match -> add(html, match.group(1)));
            }

            private void add(Node node, String destination) {
                if (!leadsElsewhere(destination)) {
                    found.add(new Found(destination, line(node)));
                }
            }
        });
        return found;
    }

    /** The line of a node in its file, from 1. */
    private static int line(Node node) {
        return node.getSourceSpans().isEmpty()
                ? 1
                : node.getSourceSpans().get(0).getLineIndex() + 1;
    }
}
