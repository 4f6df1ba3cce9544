package dev.chartlake.site;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.CustomNode;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;

/**
 * A Markdown page of the repository.
 *
 * @param path its path in the repository, with / between folders
 * @param document what it says
 * @param sections its parts, in order; the first one begins at the title
 * @param anchors the id of each heading
 */
record MarkdownPage(String path, Node document, List<Section> sections, Map<Node, String> anchors) {

    static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());
    private static final Parser PARSER = Parser.builder()
            .extensions(EXTENSIONS)
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();

    /**
     * What stands below a heading, up to the next one.
     *
     * @param anchor the heading's id, as GitHub makes it
     * @param level 1 for the title
     * @param title the heading's text
     * @param text the text below it, without marks
     */
    record Section(String anchor, int level, String title, String text) {}

    static MarkdownPage parse(String path, String markdown) {
        Node document = PARSER.parse(markdown);
        Anchors anchors = new Anchors();
        Map<Node, String> ids = new LinkedHashMap<>();
        List<Section> sections = new ArrayList<>();
        Heading heading = null;
        StringBuilder text = new StringBuilder();
        for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading next) {
                if (heading != null) {
                    sections.add(section(heading, ids, text));
                }
                heading = next;
                ids.put(next, anchors.next(plainText(next)));
                text.setLength(0);
            } else {
                text.append(plainText(node)).append(' ');
            }
        }
        if (heading != null) {
            sections.add(section(heading, ids, text));
        }
        return new MarkdownPage(path, document, List.copyOf(sections), ids);
    }

    private static Section section(Heading heading, Map<Node, String> ids, StringBuilder text) {
        return new Section(
                String.valueOf(ids.get(heading)),
                heading.getLevel(),
                plainText(heading),
                text.toString().strip().replaceAll("\\s+", " "));
    }

    /** The title; without one the path. */
    String title() {
        return sections.isEmpty() ? path : sections.get(0).title();
    }

    /** Where it is in the site: {@code docs/dashboard.html}; a README is its folder's {@code index.html}. */
    String address() {
        return addressOf(path);
    }

    static String addressOf(String path) {
        return path.replaceFirst("README\\.md$", "index.md").replaceFirst("\\.md$", ".html");
    }

    /** The text that a reader sees, without marks. */
    static String plainText(Node node) {
        StringBuilder text = new StringBuilder();
        node.accept(new AbstractVisitor() {
            @Override
            public void visit(Text part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(Code part) {
                text.append(part.getLiteral());
            }

            @Override
            public void visit(FencedCodeBlock part) {
                text.append(part.getLiteral()).append(' ');
            }

            @Override
            public void visit(SoftLineBreak part) {
                text.append(' ');
            }

            @Override
            public void visit(HardLineBreak part) {
                text.append(' ');
            }

            @Override
            public void visit(Paragraph part) {
                visitChildren(part);
                text.append(' ');
            }

            @Override
            public void visit(ListItem part) {
                visitChildren(part);
                text.append(' ');
            }

            @Override
            public void visit(BlockQuote part) {
                visitChildren(part);
                text.append(' ');
            }

            @Override
            public void visit(CustomNode part) {
                visitChildren(part);
                if (part instanceof TableCell || part instanceof TableRow) {
                    text.append(' ');
                }
            }
        });
        return text.toString();
    }
}
