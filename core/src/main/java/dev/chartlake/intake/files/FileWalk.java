package dev.chartlake.intake.files;

import dev.chartlake.raw.Quarantine;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Finds the files to import below folders. Links are followed, but not in a circle. */
public final class FileWalk {

    /** What files to import are named, for messages. */
    static final String NAMES = ".json, .jsonl, .ndjson, .csv or .tsv";

    private static final Set<String> TEXTS = Set.of("json", "jsonl", "ndjson", "csv", "tsv");
    private static final Set<String> PACKED = Set.of("gz", "gzip", "zip");

    /** A file, and what is compared of it so often that it is looked up once. */
    private record Placed(String folder, boolean isZip, Path file) {}

    private static final Comparator<Placed> ORDER =
            Comparator.comparing(Placed::folder).thenComparing(Placed::isZip).thenComparing(Placed::file);

    private final List<Path> files = new ArrayList<>();
    private final List<Path> skipped = new ArrayList<>();
    private final Map<Path, String> unreadable = new TreeMap<>();

    /** The files to import: those of one folder stand together, in the order of their names, zip files last. */
    public List<Path> files() {
        return files;
    }

    /** The files that were left out, in the order in which they were found. */
    public List<Path> skipped() {
        return skipped;
    }

    /** What could not be looked at, and why. */
    public Map<Path, String> unreadable() {
        return unreadable;
    }

    /** Adds a file, or all files below a folder. */
    public void add(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            List<Placed> found = below(path);
            found.sort(ORDER);
            found.forEach(placed -> files.add(placed.file()));
        } else {
            files.add(path);
        }
    }

    private List<Placed> below(Path folder) throws IOException {
        List<Placed> found = new ArrayList<>();
        Files.walkFileTree(folder, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (attributes.isRegularFile() && isWanted(file)) {
                    found.add(new Placed(String.valueOf(file.getParent()), isZip(file), file));
                } else {
                    skipped.add(file);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                if (e instanceof FileSystemLoopException) {
                    skipped.add(file);
                } else {
                    unreadable.put(
                            file, "cannot be read: " + FoundFile.cause(e) + ". Check the path and its permissions.");
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException e) {
                if (e != null) {
                    unreadable.put(visited, "cannot be read to its end: " + FoundFile.cause(e) + ". Try again.");
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return found;
    }

    private static boolean isWanted(Path file) {
        String name = String.valueOf(file.getFileName());
        return isText(name) || isPacked(name);
    }

    /** A zip file has folders of its own, so it comes after the files that belong together. */
    private static boolean isZip(Path file) {
        return extension(String.valueOf(file.getFileName())).equals("zip");
    }

    /** True if a file of this name may be one to import. */
    static boolean isText(String name) {
        return TEXTS.contains(extension(name)) && !name.startsWith(".") && !Quarantine.isExplanation(name);
    }

    /** True if a file of this name may hold files to import. */
    static boolean isPacked(String name) {
        return PACKED.contains(extension(name)) && !name.startsWith(".");
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
