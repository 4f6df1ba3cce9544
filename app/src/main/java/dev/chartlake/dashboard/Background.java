package dev.chartlake.dashboard;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Makes ready what is likely to be asked for, one thing after the other. */
final class Background implements Closeable {

    /** So long a first view has the machine for itself, in milliseconds. */
    private static final int LATER = 3000;

    /** Views that are asked for together, or one after the other, come closer than this. */
    private static final int IDLE = 300;

    /** So often a task lets views go before. */
    private static final int TIMES = 20;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(Background::daemon);

    private volatile long asked = System.nanoTime();

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

    /** Runs a task, and returns what it has come to if that is known in time. It goes on in any case. */
    <T> Optional<T> within(int millis, Callable<T> task) throws IOException {
        Future<T> running = thread.submit(task);
        try {
            running.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            // Told below.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.of(result(running));
    }

    /** Nothing is told of a failure: whoever asks for the same meets it again, and is told. */
    void run(Task task) {
        in(0, task);
    }

    /** As {@link #run}, once nobody has asked for anything for a moment; in the end in any case. */
    void idle(Task task) {
        idle(task, TIMES);
    }

    private void idle(Task task, int times) {
        in(IDLE, () -> {
            if (times > 0 && System.nanoTime() - asked < TimeUnit.MILLISECONDS.toNanos(IDLE)) {
                idle(task, times - 1);
            } else {
                task.run();
            }
        });
    }

    /** As {@link #idle}, some seconds from now at the earliest. */
    void later(Task task) {
        in(LATER, () -> idle(task));
    }

    /** Tells that somebody asks for something, which needs the processors. */
    void asked() {
        asked = System.nanoTime();
    }

    private void in(int millis, Task task) {
        try {
            thread.schedule(() -> quietly(task), millis, TimeUnit.MILLISECONDS);
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
