package dev.chartlake.aws.s3;

import dev.chartlake.store.Futures;
import dev.chartlake.store.ObjectStore.Reply;
import dev.chartlake.store.ObjectStore.Request;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Several requests at the same time: one takes tens of milliseconds, nearly all of it waiting. */
final class Parallel {

    private static final int THREADS = 32;
    private static final long IDLE_SECONDS = 10;

    /** When all threads are busy, the caller does the work. */
    private static final ThreadPoolExecutor POOL = new ThreadPoolExecutor(
            0,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
                Thread thread = new Thread(task, "s3");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.CallerRunsPolicy());

    private Parallel() {}

    interface Action<T> {
        void run(T item) throws IOException;
    }

    /** Begins it. */
    static <T> Reply<T> begin(Request<T> request) {
        Future<T> running = POOL.submit(request::send);
        return () -> Futures.result(running);
    }

    /** Does it with all items and waits for all; throws the first failure. */
    static <T> void each(Collection<T> items, Action<T> action) throws IOException {
        List<Reply<Boolean>> running = new ArrayList<>();
        for (T item : items) {
            running.add(begin(() -> {
                action.run(item);
                return true;
            }));
        }
        @Nullable Exception failed = null;
        for (Reply<Boolean> one : running) {
            try {
                one.get();
            } catch (InterruptedIOException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                failed = failed == null ? e : failed;
            }
        }
        if (failed instanceof IOException e) {
            throw e;
        } else if (failed instanceof RuntimeException e) {
            throw e;
        }
    }
}
