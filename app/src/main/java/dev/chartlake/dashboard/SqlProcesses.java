package dev.chartlake.dashboard;

import dev.chartlake.views.ViewSettings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The processes for SQL from the page: as many as there are queries at a time. Used by any number of threads. */
final class SqlProcesses implements Closeable {

    private final Path lake;
    private final ViewSettings views;
    private final SqlLimits limits;
    private final Semaphore places;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(Background::daemon);
    private final Thread atExit = new Thread(this::endAll, "sql");
    private final Deque<SqlProcess> idle = new ArrayDeque<>();
    private final Set<SqlProcess> all = new HashSet<>();
    private boolean closed;

    SqlProcesses(Path lake, ViewSettings views, SqlLimits limits) {
        this.lake = lake;
        this.views = views;
        this.limits = limits;
        places = new Semaphore(limits.atATime(), true);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** Starts a process for the next query unless there is one. */
    synchronized void warm() throws IOException {
        if (all.isEmpty() && !closed) {
            idle.add(start());
        }
    }

    /**
     * The result as JSON, or empty if other queries run and none of them ends soon.
     *
     * @param asker receives a handle that ends the query when its client has gone
     */
    Optional<byte[]> ask(String sql, SqlProcess.Asker asker) throws IOException {
        try {
            if (!places.tryAcquire(limits.patience().toMillis(), TimeUnit.MILLISECONDS)) {
                return Optional.empty();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
        try {
            SqlProcess process = take();
            try {
                return Optional.of(process.ask(sql, limits, clock, asker));
            } finally {
                give(process);
            }
        } finally {
            places.release();
        }
    }

    private synchronized SqlProcess take() throws IOException {
        while (!idle.isEmpty()) {
            SqlProcess process = idle.pop();
            if (process.isAlive()) {
                return process;
            }
            all.remove(process);
            process.close();
        }
        return start();
    }

    private synchronized SqlProcess start() throws IOException {
        if (closed) {
            throw new IOException("The dashboard is closing.");
        }
        SqlProcess process = SqlProcess.start(lake, views, limits);
        all.add(process);
        return process;
    }

    private synchronized void give(SqlProcess process) throws IOException {
        if (process.isAlive() && !closed) {
            idle.push(process);
        } else {
            all.remove(process);
            warm();
        }
    }

    /** Ends what runs, when the dashboard's process is ended by a signal too. */
    private void endAll() {
        List<SqlProcess> processes;
        synchronized (this) {
            closed = true;
            processes = List.copyOf(all);
        }
        clock.shutdownNow();
        for (SqlProcess process : processes) {
            try {
                process.close();
            } catch (IOException e) {
                // What it left is removed by the next process.
            }
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException exiting) {
            return;
        }
        endAll();
    }
}
