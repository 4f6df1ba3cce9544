package dev.chartlake.query;

import java.io.Closeable;
import java.io.IOException;

/**
 * Runs read-only SQL over the views of a lake.
 *
 * <p>Lifecycle: open once per lake, close when done. Threads: any number may run queries at once. Repeatable: a query
 * changes nothing, so it can always be run again.
 */
public interface QueryEngine extends Closeable {

    /**
     * Runs one statement and hands its rows to {@code sink} as they come, on the calling thread.
     *
     * @throws QueryException if the statement is refused, wrong or fails; its message is for the person who wrote it.
     *     Rows may already have reached the sink.
     * @throws IOException if the lake cannot be held still or the sink cannot write
     */
    void run(String sql, ResultSink sink) throws IOException;

    /**
     * Runs one query of the application's own, such as a report's, whose result is so small that it can wait in memory.
     * That is faster than {@link #run}. Not for SQL from elsewhere, which it may not check.
     */
    default void runSmall(String sql, ResultSink sink) throws IOException {
        run(sql, sink);
    }

    /**
     * Says that what follows is about one list: ids have to be told to be one recording only among its songs. That is much
     * faster than for all songs of a lake, and differs only where two ids of the list are one recording by a third id
     * that was never on it. An engine may go on looking at all songs.
     */
    default void recordingsOf(String source, String playlistId) {}
}
