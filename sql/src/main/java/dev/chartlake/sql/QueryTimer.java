package dev.chartlake.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.jspecify.annotations.Nullable;

/** Interrupts what runs on a connection when its time is up. */
final class QueryTimer implements AutoCloseable {
    private final Duration limit;
    private final @Nullable Timer timer;
    private volatile boolean stopped;

    private QueryTimer(Duration limit, @Nullable Timer timer) {
        this.limit = limit;
        this.timer = timer;
    }

    /** Starts to count; {@link Duration#ZERO} is no limit. */
    static QueryTimer of(Connection connection, Duration limit) throws SQLException {
        if (limit.isZero()) {
            return new QueryTimer(limit, null);
        }
        var timer = new QueryTimer(limit, new Timer("query-timer", true));
        timer.start(connection.createStatement());
        return timer;
    }

    private void start(Statement interrupting) {
        if (timer != null) {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            stopped = true;
                            try {
                                interrupting.cancel();
                            } catch (SQLException ended) {
                                // It is not running any more, which is what was wanted.
                            }
                        }
                    },
                    limit.toMillis());
        }
    }

    /** Says so in words if it was this that ended the query. */
    SQLException explain(SQLException error) {
        return stopped
                ? new SQLException("The query was stopped after " + limit.toSeconds()
                        + " seconds. Ask for fewer rows, days or lists.")
                : error;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.cancel();
        }
    }
}
