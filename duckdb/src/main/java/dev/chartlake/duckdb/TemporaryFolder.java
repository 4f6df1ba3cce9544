package dev.chartlake.duckdb;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.chartlake.query.SqlText;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder for what DuckDB does not keep in memory. It goes however its process ends: when it is closed, when a signal ends
 * the process, or, if that was killed, when the next process makes one. A locked file beside it says that its process lives:
 * the operating system releases the lock, and the number of a process may be used again.
 */
public final class TemporaryFolder implements Closeable {
    /** The most that anything but a server puts there, in bytes: more than a lake of many years has. */
    public static final long USUAL_MOST = 20L << 30;

    private static final String PREFIX = "chartlake-query-";
    private static final String LOCK = ".lock";

    /** So often files that a running query makes meanwhile are removed at the end of the process. */
    private static final int LAST_TRIES = 50;

    private static final long LAST_WAIT_MILLIS = 10;

    /** Of the free space, so much is left to others. */
    private static final int LEFT_TO_OTHERS = 10;

    private static final Set<TemporaryFolder> OPEN = ConcurrentHashMap.newKeySet();

    private static @Nullable UserPrincipal me;
    private static boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Last());
    }

    private final Path folder;
    private final Path lock;
    private final FileChannel alive;

    private TemporaryFolder(Path folder, Path lock, FileChannel alive) {
        this.folder = folder;
        this.lock = lock;
        this.alive = alive;
    }

    /** Makes one, which only this user can read, and removes those of processes that have ended. */
    public static synchronized TemporaryFolder make() throws IOException {
        if (ending) {
            throw new IOException("The process is ending.");
        }
        var temporary = temporary();
        // Random numbers for the name would take longer to set up than a query takes.
        for (long number = System.nanoTime(); ; number++) {
            var name = PREFIX + ProcessHandle.current().pid() + "-" + Long.toHexString(number);
            var lock = temporary.resolve(name + LOCK);
            FileChannel alive;
            try {
                alive = FileChannel.open(lock, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            } catch (FileAlreadyExistsException e) {
                continue;
            }
            // Until it is locked, another process may take it for one that is left.
            if (alive.tryLock() == null || !Files.exists(lock)) {
                alive.close();
                continue;
            }
            var made = new TemporaryFolder(temporary.resolve(name), lock, alive);
            OPEN.add(made);
            try {
                if (me == null) {
                    me = Files.getOwner(lock);
                }
                sweep();
                Files.createDirectory(made.folder, onlyMine(temporary));
                return made;
            } catch (IOException e) {
                made.close();
                throw e;
            }
        }
    }

    private static void sweep() {
        var names = temporary().toFile().list();
        for (var name : names == null ? new String[0] : names) {
            if (name.startsWith(PREFIX)) {
                try {
                    sweep(temporary().resolve(name), name);
                } catch (IOException e) {
                    // Another process removes it at the same time, or it is in use.
                }
            }
        }
    }

    private static Path temporary() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /** Where it is. */
    public Path path() {
        return folder;
    }

    /** What has DuckDB use the folder, for at most so many bytes; each is to be preceded by SET. */
    public List<String> settings(long most) {
        long free = folder.toFile().getUsableSpace();
        long bytes = Math.min(most, free - free / LEFT_TO_OTHERS);
        return List.of(
                "temp_directory = " + SqlText.literal(LakeViews.slashes(folder)),
                "max_temp_directory_size = '" + bytes / 1024 + "KiB'");
    }

    /** Removes the folder and all in it. */
    @Override
    public void close() throws IOException {
        DuckDb.delete(folder);
        alive.close();
        Files.deleteIfExists(lock);
        OPEN.remove(this);
    }

    /** Removes all that this process has, while queries may still run, and makes no more. */
    static void removeAll() {
        synchronized (TemporaryFolder.class) {
            ending = true;
        }
        for (var left : OPEN) {
            for (int i = 0; i < LAST_TRIES && OPEN.contains(left); i++) {
                try {
                    left.close();
                } catch (IOException e) {
                    pause(); // A query that still runs has made another file.
                }
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LAST_WAIT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static FileAttribute<?>[] onlyMine(Path temporary) {
        return temporary.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE))
                }
                : new FileAttribute<?>[0];
    }

    private static void sweep(Path left, String name) throws IOException {
        for (var mine : OPEN) {
            if (left.equals(mine.lock) || left.equals(mine.folder)) {
                return; // To open the lock's file once more and close it would release the lock.
            }
        }
        // In a folder that all can write to, others may have put anything under such a name.
        if (!Files.getOwner(left, LinkOption.NOFOLLOW_LINKS).equals(me)) {
            return;
        }
        if (!name.endsWith(LOCK)) {
            if (!Files.exists(left.resolveSibling(name + LOCK)) && hasEnded(name)) {
                DuckDb.delete(left);
            }
        } else if (Files.isRegularFile(left, LinkOption.NOFOLLOW_LINKS)) {
            try (var channel = FileChannel.open(left, StandardOpenOption.WRITE)) {
                if (channel.tryLock() == null) {
                    return;
                }
                DuckDb.delete(left.resolveSibling(name.substring(0, name.length() - LOCK.length())));
            }
            Files.deleteIfExists(left);
        }
    }

    /** For folders without a lock. */
    private static boolean hasEnded(String name) {
        var number = name.substring(PREFIX.length()).split("-", 2)[0];
        return number.matches("\\d{1,18}")
                && ProcessHandle.of(Long.parseLong(number))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }

    /** Removes what is still there when the process ends, by a signal or in the middle of a query. */
    private static final class Last extends Thread {
        private Last() {
            super("temporary folders");
        }

        @Override
        public void run() {
            removeAll();
        }
    }
}
