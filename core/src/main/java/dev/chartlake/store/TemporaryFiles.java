package dev.chartlake.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** The folder of a lake in which files are written before they get their place. Used by any number of threads. */
final class TemporaryFiles {

    /** Nothing is being written for so long: what is older was left by a process that died. */
    private static final Duration LEFT = Duration.ofDays(1);

    private static final AtomicLong COUNT = new AtomicLong();
    private static final String PROCESS = ProcessHandle.current().pid() + "-";

    private final Path folder;
    private final AtomicBoolean swept = new AtomicBoolean();
    private final AtomicBoolean made = new AtomicBoolean();

    /** The folder is made when it is needed first. */
    TemporaryFiles(Path folder) {
        this.folder = folder;
    }

    /** The folder. */
    Path folder() {
        return folder;
    }

    /** A path in the folder at which nothing is. The folder itself need not be there. */
    Path next() {
        if (!swept.getAndSet(true)) {
            sweep();
        }
        return folder.resolve(PROCESS + Long.toHexString(System.nanoTime()) + "-" + COUNT.getAndIncrement());
    }

    /** Makes the folder, unless this has done so before. */
    void make() throws IOException {
        if (!made.get()) {
            Files.createDirectories(folder);
            made.set(true);
        }
    }

    /** Removes what killed processes left, which would fill the disk in time. Failing to is no reason to do no work. */
    private void sweep() {
        Instant limit = Instant.now().minus(LEFT);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path path : left) {
                if (Files.getLastModifiedTime(path).toInstant().isBefore(limit)) {
                    delete(path);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // Another process sweeps too, or it is not ours to delete: the next one tries again.
        }
    }

    /** Deletes a file, or a folder with all that is in it; nothing happens if it is not there. */
    static void delete(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.deleteIfExists(path);
            return;
        }
        try (Stream<Path> below = Files.walk(path)) {
            List<Path> deepestFirst = below.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        }
    }
}
