package dev.chartlake.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlRenderer;

/** The HTML around every page: search, navigation, and the outline of long pages. */
final class PageTemplate {

    private static final int SECTIONS_WORTH_AN_OUTLINE = 4;

    private final Contents contents;
    private final Links links;
    private final String html = resource("page.html");

    PageTemplate(Contents contents, Links links) {
        this.contents = contents;
        this.links = links;
    }

    String page(MarkdownPage page) {
        HtmlRenderer renderer = HtmlRenderer.builder()
                .extensions(MarkdownPage.EXTENSIONS)
                .attributeProviderFactory(context -> attributes(page))
                .build();
        String body = renderer.render(page.document());
        int title = body.indexOf("</h1>\n");
        return fill(
                page.address(),
                page.title(),
                title < 0
                        ? body
                        : new StringBuilder(body)
                                .insert(title + "</h1>\n".length(), outline(page))
                                .toString());
    }

    private AttributeProvider attributes(MarkdownPage page) {
        return (node, tag, attributes) -> {
            String id = page.anchors().get(node);
            if (node instanceof Heading && id != null) {
                attributes.put("id", id);
            } else if (node instanceof Link link) {
                attributes.put("href", links.inSite(page, link.getDestination()));
            } else if (node instanceof Image) {
                attributes.put("loading", "lazy");
            }
        };
    }

    private static String outline(MarkdownPage page) {
        List<MarkdownPage.Section> second =
                page.sections().stream().filter(section -> section.level() == 2).toList();
        if (second.size() < SECTIONS_WORTH_AN_OUTLINE) {
            return "";
        }
        StringBuilder list = new StringBuilder("<details class=\"outline\"><summary>On this page</summary><ul>");
        second.forEach(section -> list.append("<li>").append(link("#" + section.anchor(), section.title())));
        return list.append("</ul></details>\n").toString();
    }

    /** A text file of the repository, as it is. */
    String file(String path, String text) {
        return fill(
                path + ".html", path, "<h1>" + escape(path) + "</h1>\n<pre><code>" + escape(text) + "</code></pre>");
    }

    /** A folder of the repository: the names of its files, each a link. */
    String folder(String path, List<String> files) {
        StringBuilder list = new StringBuilder("<h1>" + escape(path) + "</h1>\n<ul>");
        files.forEach(name -> list.append("<li>").append(link(Site.isImage(name) ? name : name + ".html", name)));
        return fill(path + "/index.html", path, list.append("</ul>").toString());
    }

    /** All sections of all pages; the script on it leaves those that have the words that are asked for. */
    String searchPage(Collection<MarkdownPage> pages) {
        StringBuilder list = new StringBuilder(
                "<h1>Search</h1>\n<p id=\"found\">All sections of all pages:</p>\n<ol id=\"sections\">\n");
        for (MarkdownPage page : pages) {
            for (MarkdownPage.Section section : page.sections()) {
                list.append("<li>")
                        .append(link(page.address() + "#" + section.anchor(), section.title()))
                        .append(section.level() == 1 ? "" : " <span>" + escape(page.title()) + "</span>")
                        .append("<p>")
                        .append(escape(section.text()))
                        .append("</p>\n");
            }
        }
        return fill("search.html", "Search", list + "</ol>\n<script src=\"search.js\"></script>");
    }

    private String fill(String address, String title, String content) {
        String root = "../".repeat((int) address.chars().filter(c -> c == '/').count());
        Map<String, String> values = Map.of(
                "title", escape(title), "root", root, "navigation", navigation(address, root), "content", content);
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int at = html.indexOf("{{"); at >= 0; at = html.indexOf("{{", from)) {
            int end = html.indexOf("}}", at);
            filled.append(html, from, at).append(Objects.requireNonNull(values.get(html.substring(at + 2, end))));
            from = end + 2;
        }
        return filled.append(html, from, html.length()).toString();
    }

    private String navigation(String current, String root) {
        StringBuilder list = new StringBuilder();
        for (Contents.Group group : contents.groups()) {
            list.append("<p>").append(escape(group.title())).append("</p>\n<ul>");
            for (Contents.Entry entry : group.entries()) {
                String address = MarkdownPage.addressOf(entry.path());
                list.append(address.equals(current) ? "<li class=\"current\">" : "<li>")
                        .append(link(root + address, entry.title()));
            }
            list.append("</ul>\n");
        }
        return list.toString();
    }

    private static String link(String address, String text) {
        return "<a href=\"" + escape(address) + "\">" + escape(text) + "</a>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** The text of a file beside this class. */
    static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(PageTemplate.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("The build is incomplete: " + name + " cannot be read.", e);
        }
    }
}
