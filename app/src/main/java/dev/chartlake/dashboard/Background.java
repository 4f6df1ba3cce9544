package dev.chartlake.dashboard;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Makes ready what is likely to be asked for, one thing after the other. */
final class Background implements Closeable {

    /** So long a first view has the machine for itself, in seconds. */
    private static final int LATER = 3;

    /** So long views that are asked for together have it. */
    private static final int SOON = 1;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Background::daemon);

    /** Something to make ready. */
    interface Task {
        void run() throws IOException;
    }

    /** A thread that keeps no process alive. */
    static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "dashboard-data");
        thread.setDaemon(true);
        return thread;
    }

    /** What a task has come to, or the exception it ended with. */
    static <T> T result(Future<T> task) throws IOException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException failed) {
                throw failed;
            }
            throw e.getCause() instanceof RuntimeException failed ? failed : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
    }

    /** Nothing is told of a failure: whoever asks for the same meets it again, and is told. */
    void run(Task task) {
        in(0, task);
    }

    /** As {@link #run}, a moment from now. */
    void soon(Task task) {
        in(SOON, task);
    }

    /** As {@link #run}, some seconds from now. */
    void later(Task task) {
        in(LATER, task);
    }

    private void in(int seconds, Task task) {
        try {
            thread.schedule(() -> quietly(task), seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException closed) {
            return;
        }
    }

    private static void quietly(Task task) {
        try {
            task.run();
        } catch (IOException | RuntimeException e) {
            return;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
