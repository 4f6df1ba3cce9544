package dev.chartlake.intake;

import dev.chartlake.raw.Quarantine;
import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;

/** Imports files and folders of this machine. They are copied; the originals stay as they are. */
public final class FileImport {

    private final Intake intake;
    private int passedOver;

    /** Imports into {@code store}. */
    public FileImport(ObjectStore store) {
        this.intake = new Intake(store);
    }

    /** Hears of each file. */
    public interface Progress {
        /** A file has been looked at. */
        void file(Path file, int done, int of);
    }

    /** How many files in folders were passed over because they are neither {@code .json} nor {@code .csv}. */
    public int passedOver() {
        return passedOver;
    }

    /**
     * Imports each file, and each {@code .json} and {@code .csv} file below each folder, in the order of their names. One
     * that cannot be read does not stop the others.
     *
     * @throws IOException if the lake cannot be written
     */
    public IntakeReport run(List<Path> filesAndFolders, Progress progress) throws IOException {
        List<Path> files = new ArrayList<>();
        for (Path path : filesAndFolders) {
            if (Files.isDirectory(path)) {
                files.addAll(below(path));
            } else {
                files.add(path);
            }
        }
        IntakeReport report = new IntakeReport();
        for (Path file : files) {
            take(file, report);
            progress.file(file, report.files(), files.size());
        }
        return report;
    }

    private void take(Path file, IntakeReport report) throws IOException {
        InputStream in;
        Intake.File named;
        try {
            in = Files.newInputStream(file);
            named = new Intake.File(
                    file.toString(),
                    names(file),
                    Files.getLastModifiedTime(file).toInstant());
        } catch (IOException e) {
            report.failed(file.toString(), "cannot be read: " + e + ". Check the path and its permissions.");
            return;
        }
        try (in) {
            report.taken(file.toString(), intake.take(named, in));
        }
    }

    private static List<String> names(Path file) {
        return StreamSupport.stream(file.toAbsolutePath().normalize().spliterator(), false)
                .map(Path::toString)
                .toList();
    }

    private List<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
                boolean wanted = (name.endsWith(".json") || name.endsWith(".csv"))
                        && !name.startsWith(".")
                        && !Quarantine.isExplanation(name);
                if (wanted) {
                    found.add(file);
                } else {
                    passedOver++;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }
}
