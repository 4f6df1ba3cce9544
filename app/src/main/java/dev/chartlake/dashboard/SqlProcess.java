package dev.chartlake.dashboard;

import dev.chartlake.duckdb.TemporaryFolder;
import dev.chartlake.query.QueryException;
import dev.chartlake.views.ViewSettings;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * A {@link SqlWorker} as its dashboard sees it. DuckDB cannot be interrupted while it plans a query or computes one value, so
 * a query that is late ends with its process. Asked by one thread at a time, ended by any.
 */
final class SqlProcess implements Closeable {

    static final String TOO_LATE =
            "The query took longer than it may here. Ask for fewer days, or run it with ./chartlake query.";
    static final String TOO_MUCH =
            "The query needs more memory than it may use. Ask for fewer days or rows, or for shorter"
                    + " values, such as substr(x, 1, 1000) instead of x.";

    /** DuckDB stops most queries by itself; this is for the others, in milliseconds. */
    private static final long GRACE = 500;

    /** A busy machine may need seconds to start a process, which no query is to blame for; in milliseconds. */
    private static final long STARTING = 60_000;

    /** How long to wait for a process that was killed, in seconds. */
    private static final long ENDING = 10;

    /** What Java and DuckDB may use together, in KB. DuckDB's own limit does not count the values it works on. */
    private static final int MEMORY = 2 << 20;

    /**
     * Where there is a shell, it sets what Java cannot: no more memory than that, no core file, less of the processor than
     * views get, and the first to go when the machine has no memory left. An interrupt from the keyboard is for the dashboard.
     */
    private static final String LIMITED = "trap '' INT HUP; ulimit -c 0; ulimit -v " + MEMORY
            + "; echo 1000 > /proc/self/oom_score_adj; command -v nice >&2 && exec nice -n 10 \"$@\"; exec \"$@\"";

    /** No secret is given to a process that runs SQL of others. */
    private static final Set<String> ENVIRONMENT = Set.of(
            "PATH", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot");

    private final Process process;
    private final TemporaryFolder temporary;
    private final DataOutputStream queries;
    private final DataInputStream answers;
    private boolean ready;
    private boolean late;
    private int asked;
    private boolean asking;

    private SqlProcess(Process process, TemporaryFolder temporary) {
        this.process = process;
        this.temporary = temporary;
        queries = new DataOutputStream(process.getOutputStream());
        answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    }

    /** Starts one, which takes about a second; a query that comes before waits. */
    static SqlProcess start(Path lake, ViewSettings views, SqlLimits limits) throws IOException {
        TemporaryFolder temporary = TemporaryFolder.make();
        ProcessBuilder builder = new ProcessBuilder(command(lake, limits, temporary.path()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().keySet().retainAll(ENVIRONMENT);
        try {
            SqlProcess process = new SqlProcess(builder.start(), temporary);
            process.tell(views);
            return process;
        } catch (IOException e) {
            temporary.close();
            throw e;
        }
    }

    private static List<String> command(Path lake, SqlLimits limits, Path temporary) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(Path.of("/bin/sh"))) {
            command.addAll(List.of("/bin/sh", "-c", LIMITED, "sh"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xshare:auto", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
        command.addAll(List.of("-Xmx192m", "-XX:CompressedClassSpaceSize=64m", "-XX:ReservedCodeCacheSize=48m"));
        command.addAll(List.of("-XX:+DisplayVMOutputToStderr", "-XX:+SuppressFatalErrorMessage"));
        command.addAll(List.of("-Xlog:disable", "-Xlog:all=off:stderr", "-Dfile.encoding=UTF-8"));
        command.add("-Djava.io.tmpdir=" + temporary);
        String classes = System.getProperty("java.class.path");
        Path archive = Path.of(classes.split(File.pathSeparator, 2)[0]).resolveSibling("classes.jsa");
        if (Files.exists(archive)) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        command.addAll(List.of("-cp", classes, SqlWorker.class.getName()));
        command.addAll(List.of(lake.toString(), limits.time().toSeconds() + "", limits.rows() + ""));
        return command;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /**
     * The result as JSON.
     *
     * @param clock ends the process when the query is late
     * @param asker receives a handle that ends the query when its client has gone
     * @throws QueryException if the query was refused, failed, took too long or ended the process
     */
    byte[] ask(String sql, SqlLimits limits, ScheduledExecutorService clock, Asker asker) throws IOException {
        int query = begin();
        asker.canEnd(() -> end(query, false));
        try {
            if (!ready) {
                within(STARTING, query, clock, this::started);
            }
            return within(limits.time().toMillis() + GRACE, query, clock, () -> answer(sql));
        } catch (IOException e) {
            close();
            throw ended(e);
        } finally {
            done();
        }
    }

    /** Something that comes from the process. */
    private interface Coming {
        byte[] get() throws IOException;
    }

    /** Ends the process if this query does not get what it waits for in so many milliseconds. */
    private byte[] within(long millis, int query, ScheduledExecutorService clock, Coming coming) throws IOException {
        ScheduledFuture<?> watch = clock.schedule(() -> end(query, true), millis, TimeUnit.MILLISECONDS);
        try {
            return coming.get();
        } finally {
            watch.cancel(false);
        }
    }

    /** Waits for the first answer, which says that the process is ready. */
    private byte[] started() throws IOException {
        try {
            byte[] first = answer();
            ready = true;
            return first;
        } catch (QueryException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private byte[] answer(String sql) throws IOException {
        send(sql);
        return answer();
    }

    /** What the configuration says comes before the first query. */
    private void tell(ViewSettings views) {
        try {
            send(views.labels().text());
            send(views.excluded().text());
        } catch (IOException ended) {
            // The first query says so.
        }
    }

    private void send(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        queries.writeInt(bytes.length);
        queries.write(bytes);
        queries.flush();
    }

    /** Where a query says how it can be ended. */
    interface Asker {
        void canEnd(Runnable ending);
    }

    private byte[] answer() throws IOException {
        int kind = answers.readUnsignedByte();
        int length = answers.readInt();
        if (length < 0 || length > SqlWorker.LONGEST_ANSWER) {
            throw new IOException("An answer of " + length + " bytes");
        }
        byte[] answer = new byte[length];
        answers.readFully(answer);
        if (kind == SqlWorker.REFUSED) {
            throw new QueryException(new String(answer, StandardCharsets.UTF_8));
        }
        return answer;
    }

    private synchronized RuntimeException ended(IOException e) {
        if (ready) {
            return new QueryException(late ? TOO_LATE : TOO_MUCH, e);
        }
        return new IllegalStateException("The process that runs SQL did not start"
                + (late || process.isAlive() ? "" : " (exit code " + process.exitValue() + ")")
                + ". Check the machine's free memory and temporary space: free -m; df -h "
                + System.getProperty("java.io.tmpdir"));
    }

    private synchronized int begin() {
        asking = true;
        return ++asked;
    }

    private synchronized void done() {
        asking = false;
    }

    /** Ends the process if it is still at this query, without waiting for it. */
    private synchronized void end(int query, boolean isLate) {
        if (asking && query == asked) {
            late |= isLate;
            process.destroyForcibly();
        }
    }

    /** Ends the process, and removes what it left in the temporary folder. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        try {
            process.waitFor(ENDING, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        temporary.close();
    }
}
