package dev.chartlake.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Work that other threads do. */
public final class Futures {

    private Futures() {}

    /**
     * Waits for the result; throws what the work has thrown. If waiting is interrupted, throws {@link
     * InterruptedIOException}, and work that has not begun is not done.
     */
    public static <T> T result(Future<T> running) throws IOException {
        try {
            return running.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException told) {
                throw told;
            } else if (e.getCause() instanceof RuntimeException told) {
                throw told;
            } else if (e.getCause() instanceof Error told) {
                throw told;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            running.cancel(false);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for work that had begun");
        }
    }
}
