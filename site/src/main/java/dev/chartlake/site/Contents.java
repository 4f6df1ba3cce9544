package dev.chartlake.site;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;

/** The list of all pages, as {@code docs/README.md} has it: the site's navigation follows it. */
final class Contents {

    /** The page with the list. */
    static final String PAGE = "docs/README.md";

    private final List<Group> groups;

    /** A heading of the list, and the pages below it. */
    record Group(String title, List<Entry> entries) {}

    /** A page: what the list calls it, and its path in the repository. */
    record Entry(String title, String path) {}

    private Contents(List<Group> groups) {
        this.groups = List.copyOf(groups);
    }

    static Contents of(MarkdownPage list) {
        List<Group> groups = new ArrayList<>();
        for (Node node = list.document().getFirstChild(); node != null; node = node.getNext()) {
            if (node instanceof Heading heading && heading.getLevel() == 2) {
                groups.add(new Group(MarkdownPage.plainText(heading), new ArrayList<>()));
            } else if (!groups.isEmpty()) {
                groups.get(groups.size() - 1).entries().addAll(entries(node));
            }
        }
        return new Contents(groups);
    }

    /** The first link of each list item. */
    private static List<Entry> entries(Node list) {
        List<Entry> entries = new ArrayList<>();
        list.accept(new AbstractVisitor() {
            @Override
            public void visit(ListItem item) {
                Node first = item.getFirstChild();
                if (first != null && first.getFirstChild() instanceof Link link) {
                    entries.add(new Entry(MarkdownPage.plainText(link), Links.target(PAGE, link.getDestination())));
                }
            }
        });
        return entries;
    }

    List<Group> groups() {
        return groups;
    }

    /** A sentence for each page that a reader of the list would not find. */
    List<String> unlisted(Collection<MarkdownPage> pages) {
        Set<String> listed = new TreeSet<>();
        groups.forEach(group -> group.entries().forEach(entry -> listed.add(entry.path())));
        listed.add(PAGE);
        return pages.stream()
                .map(MarkdownPage::path)
                .filter(path -> !listed.contains(path))
                .map(path -> path + " is not listed in " + PAGE + ". Add it there.")
                .toList();
    }
}
