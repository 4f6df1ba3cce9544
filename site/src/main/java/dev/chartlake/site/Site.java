package dev.chartlake.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The documentation as a static site: each Markdown page of the repository, every file that a page links to, and a page
 * that searches them. It needs no server and loads nothing from elsewhere. A dead link stops it before it writes.
 */
public final class Site {

    private static final Set<String> IMAGES = Set.of("png", "svg");
    private static final List<String> ASSETS = List.of("site.css", "search.js");

    private final Path root;
    private final Map<String, MarkdownPage> pages = new TreeMap<>();
    private final Links links;
    private final Contents contents;
    private final PageTemplate template;

    private Site(Path root) throws IOException {
        this.root = root;
        for (String path : markdownFiles(root)) {
            pages.put(path, MarkdownPage.parse(path, Files.readString(root.resolve(path))));
        }
        MarkdownPage list = pages.get(Contents.PAGE);
        if (list == null) {
            throw new IOException(root + " has no " + Contents.PAGE + ", which lists the pages.");
        }
        links = new Links(root, pages);
        contents = Contents.of(list);
        template = new PageTemplate(contents, links);
    }

    /**
     * Writes the site.
     *
     * @param arguments the repository's folder, and the folder to write, which is replaced
     */
    public static void main(String[] arguments) throws IOException {
        List<String> problems = build(Path.of(arguments[0]), Path.of(arguments[1]));
        problems.forEach(System.err::println);
        if (!problems.isEmpty()) {
            System.err.println("The site was not written, because of " + problems.size()
                    + (problems.size() == 1 ? " problem." : " problems."));
            System.exit(1);
        }
    }

    /**
     * Writes the site, unless something is wrong with the pages.
     *
     * @param root the repository's folder
     * @param target the folder to write, which is replaced
     * @return what is wrong, one sentence each with page and line; empty if the site was written
     */
    public static List<String> build(Path root, Path target) throws IOException {
        Site site = new Site(root.toRealPath());
        List<String> problems = new ArrayList<>();
        site.pages.values().forEach(page -> problems.addAll(site.links.problems(page)));
        problems.addAll(site.contents.unlisted(site.pages.values()));
        if (problems.isEmpty()) {
            deleteTree(target);
            site.write(target);
        }
        return problems;
    }

    private void write(Path target) throws IOException {
        Set<String> linked = new LinkedHashSet<>();
        for (MarkdownPage page : pages.values()) {
            put(target, page.address(), template.page(page));
            linked.addAll(links.files(page));
        }
        put(target, "search.html", template.searchPage(pages.values()));
        for (String asset : ASSETS) {
            put(target, asset, PageTemplate.resource(asset));
        }
        writeLinked(target, linked);
    }

    /** Images as they are; texts and folders as pages that show them. A folder's files are linked from its page. */
    private void writeLinked(Path target, Set<String> linked) throws IOException {
        Deque<String> waiting = new ArrayDeque<>(linked);
        while (!waiting.isEmpty()) {
            String path = waiting.removeFirst();
            Path file = root.resolve(path);
            if (Files.isDirectory(file)) {
                List<String> inside = filesIn(file);
                put(target, links.addressOf(path), template.folder(path, inside));
                inside.stream()
                        .map(name -> path + "/" + name)
                        .filter(linked::add)
                        .forEach(waiting::add);
            } else if (IMAGES.contains(ending(path))) {
                Path copy = target.resolve(path);
                Files.createDirectories(copy.resolveSibling("."));
                Files.copy(file, copy);
            } else {
                put(target, links.addressOf(path), template.file(path, Files.readString(file)));
            }
        }
    }

    static boolean isImage(String path) {
        return IMAGES.contains(ending(path));
    }

    private static String ending(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }

    private static void put(Path target, String address, String text) throws IOException {
        Path file = target.resolve(address);
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
    }

    /** The names of the files in a folder that are no Markdown, sorted; folders in it are left out. */
    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.endsWith(".md") && !name.startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    /** Every Markdown file below the root, with / between folders; what is built or hidden is left out. */
    private static List<String> markdownFiles(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> path.endsWith(".md"))
                    .filter(path -> !path.matches("(.*/)?(target|[.][^/]+)/.*"))
                    .sorted()
                    .toList();
        }
    }

    private static void deleteTree(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
