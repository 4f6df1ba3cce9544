package dev.chartlake.dashboard;

import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.lists.ListLabels;
import dev.chartlake.query.QueryException;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.ExcludedSnapshots;
import dev.chartlake.views.ViewSettings;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.SynchronousQueue;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;

/**
 * The process that runs SQL from the page, one query after the other. It reads texts from stdin, first what the configuration
 * says to the views, and writes answers to stdout, each with its length in bytes before it; the first answer says that it is
 * ready. It ends when stdin does, in the middle of a query too, and so never outlives its dashboard.
 */
final class SqlWorker {

    /** What an answer begins with. */
    static final int ROWS = 0;

    static final int REFUSED = 1;

    /** The longest answer, in bytes. */
    static final int LONGEST_ANSWER = 16 << 20;

    private final DuckDbLake lake;
    private final Duration limit;
    private final long rows;
    private final DataOutputStream answers;

    private SqlWorker(DuckDbLake lake, Duration limit, long rows, DataOutputStream answers) {
        this.lake = lake;
        this.limit = limit;
        this.rows = rows;
        this.answers = answers;
    }

    /** For the lake {@code args[0]}, with at most {@code args[1]} seconds and {@code args[2]} rows a query. */
    public static void main(String[] args) throws IOException, InterruptedException {
        DataOutputStream answers = new DataOutputStream(new FileOutputStream(FileDescriptor.out));
        System.setOut(System.err);
        SynchronousQueue<String> queries = new SynchronousQueue<>();
        Thread reader = new Thread(() -> read(queries), "queries");
        reader.setDaemon(true);
        reader.start();
        LocalStore store = new LocalStore(Path.of(args[0]));
        Duration limit = Duration.ofSeconds(Long.parseLong(args[1]));
        ViewSettings views = new ViewSettings(ListLabels.read(queries.take()), ExcludedSnapshots.read(queries.take()));
        try (DuckDbLake lake = DuckDbLake.serving(store.root(), store::shared, views)) {
            SqlWorker worker = new SqlWorker(lake, limit, Long.parseLong(args[2]), answers);
            worker.answer("SELECT 1"); // so that what every query needs is loaded before the first one comes
            while (true) {
                worker.answer(queries.take());
            }
        }
    }

    private void answer(String sql) throws IOException {
        int kind = ROWS;
        byte[] answer;
        try {
            answer = run(sql);
        } catch (QueryException | IOException e) {
            kind = REFUSED;
            answer = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
        } catch (OutOfMemoryError e) {
            kind = REFUSED;
            answer = SqlProcess.TOO_MUCH.getBytes(StandardCharsets.UTF_8);
        }
        answers.writeByte(kind);
        answers.writeInt(answer.length);
        answers.write(answer);
        answers.flush();
    }

    private byte[] run(String sql) throws IOException {
        Bounded out = new Bounded();
        try (JsonGenerator json = DashboardData.JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            lake.run(sql, new JsonTable(json, rows), limit);
        }
        return out.toByteArray();
    }

    private static void read(SynchronousQueue<String> queries) {
        try (DataInputStream in = new DataInputStream(new FileInputStream(FileDescriptor.in))) {
            while (true) {
                byte[] sql = new byte[in.readInt()];
                in.readFully(sql);
                queries.put(new String(sql, StandardCharsets.UTF_8));
            }
        } catch (IOException | InterruptedException ended) {
            end();
        }
    }

    /** To end as Java does would wait for what DuckDB is at, where there is another way. */
    private static void end() {
        DuckDbLake.removeTemporaryFiles();
        try {
            String me = String.valueOf(ProcessHandle.current().pid());
            new ProcessBuilder("/bin/sh", "-c", "kill -9 \"$0\"", me).start().waitFor();
        } catch (IOException | InterruptedException notThere) {
            Runtime.getRuntime().halt(1);
        }
        Runtime.getRuntime().halt(0);
    }

    /** Refuses an answer that no browser would show. */
    private static final class Bounded extends ByteArrayOutputStream {

        @Override
        public synchronized void write(byte[] bytes, int from, int length) {
            if (size() + (long) length > LONGEST_ANSWER) {
                throw new QueryException(
                        "The result is larger than " + (LONGEST_ANSWER >> 20)
                                + " MB. Ask for fewer rows or columns or for shorter values, or run it with ./chartlake query.");
            }
            super.write(bytes, from, length);
        }
    }
}
