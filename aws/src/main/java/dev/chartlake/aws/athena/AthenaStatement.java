package dev.chartlake.aws.athena;

import dev.chartlake.http.Pause;
import dev.chartlake.query.QueryException;
import java.io.Closeable;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Locale;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.QueryExecution;
import software.amazon.awssdk.services.athena.model.QueryExecutionState;
import software.amazon.awssdk.services.athena.model.ResultConfiguration;

/**
 * One statement that Athena runs. When it is closed before it has ended, and when the process is told to stop, it is
 * cancelled, because Athena would go on and bill for it. Used by one thread.
 */
public final class AthenaStatement implements Closeable {
    private static final Duration FIRST_WAIT = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);

    private final AthenaClient athena;
    private final Pause pause;
    private final String id;
    private final Thread cancel = new Thread(this::cancel, "cancel-query");
    private volatile boolean ended;

    private AthenaStatement(AthenaClient athena, Pause pause, String id) {
        this.athena = athena;
        this.pause = pause;
        this.id = id;
        Runtime.getRuntime().addShutdownHook(cancel);
    }

    /** Starts a statement. Throws {@link QueryException} if Athena refuses it, {@link SdkException} if it cannot be asked. */
    public static AthenaStatement start(AthenaClient athena, AthenaTarget target, String sql, Pause pause) {
        try {
            var started = athena.startQueryExecution(request -> {
                request.queryString(sql)
                        .workGroup(target.workgroup())
                        .queryExecutionContext(context -> context.database(target.database()));
                if (target.output() != null) {
                    request.resultConfiguration(ResultConfiguration.builder()
                            .outputLocation(target.output())
                            .build());
                }
            });
            return new AthenaStatement(athena, pause, started.queryExecutionId());
        } catch (InvalidRequestException e) {
            throw new QueryException(refused(e.awsErrorDetails().errorMessage(), target), e);
        }
    }

    private static String refused(String message, AthenaTarget target) {
        if (message.contains("No output location")) {
            return "The workgroup " + target.workgroup()
                    + " does not say where results go. Name another with --workgroup, or set CHARTLAKE_ATHENA_OUTPUT"
                    + " to s3://bucket/prefix/.";
        }
        if (message.toLowerCase(Locale.ROOT).contains("workgroup")) {
            return message + " Name the workgroup with --workgroup or CHARTLAKE_ATHENA_WORKGROUP; terraform output says"
                    + " what it is called.";
        }
        return message;
    }

    /** Athena's id of it. */
    public String id() {
        return id;
    }

    /**
     * Waits until it is done. Throws {@link QueryException}, with Athena's reason, if it failed or was cancelled.
     *
     * @throws InterruptedIOException if the thread is interrupted
     */
    public QueryExecution await() throws InterruptedIOException {
        for (var wait = FIRST_WAIT; ; wait = longer(wait)) {
            var execution = athena.getQueryExecution(request -> request.queryExecutionId(id))
                    .queryExecution();
            var state = execution.status().state();
            if (state == QueryExecutionState.SUCCEEDED) {
                ended = true;
                return execution;
            }
            if (state == QueryExecutionState.FAILED || state == QueryExecutionState.CANCELLED) {
                ended = true;
                throw new QueryException(reason(execution));
            }
            sleep(wait);
        }
    }

    private static String reason(QueryExecution execution) {
        var reason = execution.status().stateChangeReason();
        if (execution.status().state() == QueryExecutionState.CANCELLED) {
            var limit = reason != null && reason.contains("Bytes scanned limit");
            return "Athena cancelled the query" + (reason == null ? "." : ": " + reason)
                    + (limit
                            ? " Name fewer days, snapshot_date >= DATE '…', or raise query_scan_limit_gb of the workgroup."
                            : "");
        }
        return reason == null ? "Athena failed without a reason. Query " + execution.queryExecutionId() + "." : reason;
    }

    private static Duration longer(Duration wait) {
        var twice = wait.multipliedBy(2);
        return twice.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : twice;
    }

    private void sleep(Duration wait) throws InterruptedIOException {
        try {
            pause.of(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw (InterruptedIOException) new InterruptedIOException("Stopped while the query ran.").initCause(e);
        }
    }

    private void cancel() {
        if (!ended) {
            // The client sends nothing from an interrupted thread.
            var interrupted = Thread.interrupted();
            try {
                athena.stopQueryExecution(request -> request.queryExecutionId(id));
            } catch (SdkException e) {
                System.err.println("The query could not be cancelled and goes on in Athena: " + id);
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Override
    public void close() {
        cancel();
        ended = true;
        try {
            Runtime.getRuntime().removeShutdownHook(cancel);
        } catch (IllegalStateException e) {
            // The process ends, and the hook runs or has run.
        }
    }
}
