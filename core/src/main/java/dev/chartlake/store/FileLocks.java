package dev.chartlake.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Locks on files that hold between processes and between threads of this one. The operating system releases them when a
 * process ends, however it ends.
 */
public final class FileLocks {

    /** More threads than this never hold a lock at once; an exclusive holder takes all permits. */
    private static final int PERMITS = 1 << 16;

    private static final Map<Path, FileLocks> BY_FILE = new ConcurrentHashMap<>();

    private final Path file;
    private final Semaphore permits = new Semaphore(PERMITS, true);
    private int readers;
    private @Nullable FileChannel readChannel;

    private FileLocks(Path file) {
        this.file = file;
    }

    /** The locks on {@code file}, which is made when one is first taken; its folder must be there. */
    public static FileLocks of(Path file) {
        return BY_FILE.computeIfAbsent(file.toAbsolutePath().normalize(), FileLocks::new);
    }

    /** Waits until nobody else holds the lock, and holds it until closed. */
    public Closeable exclusive() throws IOException {
        permits.acquireUninterruptibly(PERMITS);
        try {
            FileChannel channel = channel();
            FileLock lock = channel.lock();
            return once(() -> {
                try (channel) {
                    lock.release();
                } finally {
                    permits.release(PERMITS);
                }
            });
        } catch (IOException | RuntimeException e) {
            permits.release(PERMITS);
            throw e;
        }
    }

    /** Waits until nobody holds the lock exclusively. */
    Closeable shared() throws IOException {
        permits.acquireUninterruptibly();
        try {
            addReader();
            return once(() -> {
                try {
                    removeReader();
                } finally {
                    permits.release();
                }
            });
        } catch (IOException | RuntimeException e) {
            permits.release();
            throw e;
        }
    }

    /** Closing it a second time does nothing: it must not release what others hold. */
    private static Closeable once(Closeable lock) {
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                lock.close();
            }
        };
    }

    /** The process holds one shared lock for all its readers, because a file lock belongs to the process. */
    private synchronized void addReader() throws IOException {
        if (readers == 0) {
            FileChannel channel = channel();
            channel.lock(0, Long.MAX_VALUE, true);
            readChannel = channel;
        }
        readers++;
    }

    private synchronized void removeReader() throws IOException {
        if (--readers == 0 && readChannel != null) {
            readChannel.close();
            readChannel = null;
        }
    }

    private FileChannel channel() throws IOException {
        Path folder = file.getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }
}
