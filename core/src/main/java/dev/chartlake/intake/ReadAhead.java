package dev.chartlake.intake;

import dev.chartlake.intake.files.FileContents;
import dev.chartlake.intake.files.FoundFile;
import dev.chartlake.store.Futures;
import dev.chartlake.store.ObjectStore;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Reads and inspects small files on all cores, and gives them in their order. What it gives depends on the files alone. */
final class ReadAhead implements Closeable {

    private static final int MOST_FILES = 1000;
    private static final long MOST_BYTES = 8 << 20;
    private static final long LARGE = ObjectStore.SMALL;

    private final ObjectStore store;
    private final ImportOptions options;
    private final Iterator<Path> files;
    private final Queue<Ahead> running = new ArrayDeque<>();
    private final Queue<Inspection> free = new ConcurrentLinkedQueue<>();
    private final ExecutorService workers;
    private long bytes;

    /**
     * A file that was read ahead.
     *
     * @param file the file
     * @param inspected what it holds; empty if it is large or packed, or could not be read
     */
    record Taken(FoundFile file, Optional<Inspected> inspected) {}

    private record Ahead(FoundFile file, Future<Optional<Inspected>> inspected) {}

    ReadAhead(ObjectStore store, ImportOptions options, Iterator<Path> files) {
        this.store = store;
        this.options = options;
        this.files = files;
        this.workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), task -> {
            Thread thread = new Thread(task, "inspection");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** The next file, whose bytes the caller closes; empty at the end. */
    Optional<Taken> next() throws IOException {
        while (files.hasNext() && running.size() < MOST_FILES && bytes < MOST_BYTES) {
            FoundFile file = FoundFile.of(files.next());
            bytes += size(file);
            running.add(new Ahead(file, workers.submit(() -> inspect(file))));
        }
        if (running.isEmpty()) {
            return Optional.empty();
        }
        Ahead ahead = running.remove();
        bytes -= size(ahead.file());
        return Optional.of(new Taken(ahead.file(), Futures.result(ahead.inspected())));
    }

    private static long size(FoundFile file) {
        return isSmall(file) ? file.size() : 0;
    }

    private static boolean isSmall(FoundFile file) {
        return file.problem() == null && file.size() < LARGE;
    }

    private Optional<Inspected> inspect(FoundFile file) throws IOException {
        if (!isSmall(file)) {
            return Optional.empty();
        }
        byte[] content;
        try (InputStream in = new FileInputStream(file.path().toFile())) {
            content = in.readAllBytes();
        } catch (IOException e) {
            return Optional.empty(); // read again in its turn, which tells why
        }
        if (content.length >= LARGE || FileContents.isPacked(content)) {
            return Optional.empty();
        }
        Inspection inspection = free.poll();
        inspection = inspection == null ? new Inspection(store, options) : inspection;
        Inspected found = inspection.inspect(file.file(), content);
        free.add(inspection);
        return Optional.of(found);
    }

    /** Gives up what was read ahead. */
    @Override
    public void close() throws IOException {
        List<Ahead> left = List.copyOf(running);
        running.clear();
        left.forEach(ahead -> ahead.inspected().cancel(false));
        workers.shutdown();
        for (Ahead ahead : left) {
            if (!ahead.inspected().isCancelled()) {
                Optional<Inspected> found = Futures.result(ahead.inspected());
                if (found.isPresent()) {
                    found.get().staged().close();
                }
            }
        }
        for (Inspection inspection : free) {
            inspection.close();
        }
    }
}
