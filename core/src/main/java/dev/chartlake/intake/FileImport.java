package dev.chartlake.intake;

import dev.chartlake.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Imports files and folders of this machine. They are copied; the originals stay as they are. */
public final class FileImport {

    private final IntakeReport report = new IntakeReport();
    private final Intake intake;
    private final FileContents contents;
    private final List<String> skipped = new ArrayList<>();
    private String folder = "";

    /** Imports into {@code store} what the files themselves say. */
    public FileImport(ObjectStore store) {
        this(store, ImportOptions.NONE, Clock.systemUTC());
    }

    /** Imports into {@code store}; {@code clock} tells which dates in names are in the future. */
    public FileImport(ObjectStore store, ImportOptions options, Clock clock) {
        this.intake = new Intake(store, options, Intake.Unplaced.STAYS, clock, report);
        this.contents = new FileContents(store, new FileContents.Sink() {
            @Override
            public void take(Intake.File file, InputStream in) throws IOException {
                enter(file.folder());
                intake.take(file, in);
            }

            @Override
            public void failed(String label, String reason) {
                report.failed(label, reason);
            }

            @Override
            public void skipped(String label) {
                skipped.add(label);
            }
        });
    }

    /** Hears of each file. */
    public interface Progress {
        /** A file has been looked at. */
        void file(Path file, int done, int of);
    }

    /** The files and folders that were skipped in folders and zip files, because they cannot be imported. */
    public List<String> skipped() {
        return skipped;
    }

    /**
     * Imports each file, and below each folder each file whose name says that it may be one, folder by folder. One that
     * cannot be read does not stop the others.
     *
     * @throws IOException if the lake cannot be written
     */
    public IntakeReport run(List<Path> filesAndFolders, Progress progress) throws IOException {
        FileWalk walk = new FileWalk();
        for (Path path : filesAndFolders) {
            walk.add(path);
        }
        walk.unreadable().forEach((path, reason) -> report.failed(path.toString(), reason));
        walk.skipped().forEach(path -> skipped.add(path.toString()));
        int done = 0;
        for (Path file : walk.files()) {
            take(file);
            progress.file(file, ++done, walk.files().size());
        }
        intake.finishFolder();
        return report;
    }

    /** The pages that wait belong to the folder before. */
    private void enter(String next) throws IOException {
        if (!next.equals(folder)) {
            intake.finishFolder();
        }
        folder = next;
    }

    private void take(Path file) throws IOException {
        String label = label(file);
        Instant modifiedAt;
        try {
            modifiedAt = Files.getLastModifiedTime(file).toInstant();
            if (!Files.isRegularFile(file)) {
                report.failed(label, "is not a regular file, but a pipe or a device. Write its data to a file first.");
                return;
            }
            Files.newInputStream(file).close();
        } catch (IOException e) {
            report.failed(label, "cannot be read: " + cause(e) + ". Check the path and its permissions.");
            return;
        }
        contents.read(file, new Intake.File(label, names(file), modifiedAt));
    }

    static String cause(IOException e) {
        if (e instanceof java.nio.file.NoSuchFileException) {
            return "it does not exist";
        }
        if (e instanceof java.nio.file.AccessDeniedException) {
            return "access denied";
        }
        @Nullable String message = e.getMessage();
        return message == null ? "the system gives no reason" : message;
    }

    private static String label(Path file) {
        return file.toString().replaceAll("\\p{Cntrl}", "?");
    }

    private static List<String> names(Path file) {
        return StreamSupport.stream(file.toAbsolutePath().normalize().spliterator(), false)
                .map(Path::toString)
                .toList();
    }
}
