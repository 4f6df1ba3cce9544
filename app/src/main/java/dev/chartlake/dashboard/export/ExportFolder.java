package dev.chartlake.dashboard.export;

import dev.chartlake.dashboard.PageFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The folder of an export. It is written beside its place, as {@code NAME.unfinished}, and renamed when it is whole; an earlier
 * export is kept until then, and for the moment of the change as {@code NAME.replaced}. What a process that was killed has left
 * is removed, or put back, by the next export into the same folder.
 */
final class ExportFolder implements Closeable {

    /** Says whose the unfinished folder is, and is locked while it is written. */
    private static final String LOCK = "chartlake-export.lock";

    private static final String INDEX = "index.html";

    private final Path target;
    private final Path unfinished;
    private final Path replaced;
    private final FileChannel lock;
    private int files;
    private long bytes;

    private ExportFolder(Path target, Path unfinished, Path replaced, FileChannel lock) {
        this.target = target;
        this.unfinished = unfinished;
        this.replaced = replaced;
        this.lock = lock;
    }

    /**
     * Begins an export.
     *
     * @throws FileAlreadyExistsException if the folder, or one of those beside it, holds something else
     */
    static ExportFolder begin(Path folder) throws IOException {
        Path target = Files.exists(folder)
                ? folder.toRealPath()
                : folder.toAbsolutePath().normalize();
        Path parent = target.getParent();
        if (parent == null || target.equals(Path.of("").toRealPath())) {
            throw new IOException(folder + " cannot be replaced as a whole. Name a folder in it, such as "
                    + folder.resolve("site") + ".");
        }
        Files.createDirectories(parent);
        Path name = Objects.requireNonNull(target.getFileName(), "name");
        Path unfinished = parent.resolve(name + ".unfinished");
        Path replaced = parent.resolve(name + ".replaced");
        if (Files.exists(target) && !Files.getFileStore(target).equals(Files.getFileStore(parent))) {
            throw new IOException(
                    target + " is a disk of its own and cannot be replaced as a whole. Name a folder in it, such as "
                            + target.resolve("site") + ".");
        }
        refuseOther(target);
        refuseOther(replaced);
        return new ExportFolder(target, unfinished, replaced, lock(unfinished));
    }

    private static FileChannel lock(Path unfinished) throws IOException {
        if (Files.exists(unfinished) && !isEmpty(unfinished) && !Files.exists(unfinished.resolve(LOCK))) {
            throw new FileAlreadyExistsException(
                    unfinished + " is in the way and is not from an export. Move it, or name another folder.");
        }
        Files.createDirectories(unfinished);
        FileChannel channel =
                FileChannel.open(unfinished.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException e) {
            // This process itself writes another one there.
        }
        channel.close();
        throw new FileAlreadyExistsException(
                "Another export writes into " + unfinished + ". Wait for its end, or name another folder.");
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        } catch (NotDirectoryException e) {
            return false;
        }
    }

    private static void refuseOther(Path folder) throws IOException {
        Path index = folder.resolve(INDEX);
        boolean ours = !Files.exists(folder)
                || isEmpty(folder)
                || (Files.isRegularFile(index) && Files.readString(index).contains("data-exported=\"true\""));
        if (!ours) {
            throw new FileAlreadyExistsException(
                    folder + " holds something that is no export of this dashboard. Name another folder, or empty it.");
        }
    }

    /** Puts the earlier export back if a process was killed while it changed them, and removes what was written of a new one. */
    void sweep() throws IOException {
        if (Files.exists(replaced)) {
            if (Files.exists(target)) {
                keepOthers();
                delete(replaced);
            } else {
                Files.move(replaced, target);
            }
        }
        for (Path left : children(unfinished)) {
            if (!left.endsWith(LOCK)) {
                delete(left);
            }
        }
    }

    /** Writes a file; {@code path} has slashes. */
    void write(String path, byte[] content) throws IOException {
        Path file = unfinished.resolve(path);
        Files.createDirectories(Objects.requireNonNull(file.getParent(), "parent"));
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        files++;
        bytes += content.length;
    }

    /** Puts the export in its place. The file that makes it one, {@code index.html}, must have been written last. */
    DashboardExport.Written finish() throws IOException {
        lock.close();
        Files.delete(unfinished.resolve(LOCK));
        if (Files.exists(target) && !isEmpty(target)) {
            Files.move(target, replaced);
        } else {
            Files.deleteIfExists(target);
        }
        Files.move(unfinished, target);
        if (Files.exists(replaced)) {
            keepOthers();
            delete(replaced);
        }
        return new DashboardExport.Written(files, bytes);
    }

    /** Keeps files that do not belong to the export, such as {@code .git}. */
    private void keepOthers() throws IOException {
        for (Path file : children(replaced)) {
            String name = String.valueOf(file.getFileName());
            Path kept = target.resolve(name);
            if (!name.equals("data") && !PageFiles.has(name) && !Files.exists(kept, LinkOption.NOFOLLOW_LINKS)) {
                Files.move(file, kept);
            }
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }

    /** Removes what is unfinished. */
    @Override
    public void close() throws IOException {
        boolean left = lock.isOpen();
        lock.close();
        if (left) {
            try {
                delete(unfinished);
            } catch (NoSuchFileException gone) {
                // Another process has removed it.
            }
        }
    }
}
