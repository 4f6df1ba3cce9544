package dev.chartlake.aws.dynamodb;

import dev.chartlake.http.Pause;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.load.WarehouseException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Tries again, with longer and longer waits, what DynamoDB had no capacity for. It comes on top of the few and quick
 * attempts of the SDK, which are made for a single request and not for a load that is itself the reason.
 */
final class Backoff {

    /** Together about two minutes. */
    static final int TRIES = 14;

    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(20);

    private final Pause pause;

    Backoff(Pause pause) {
        this.pause = pause;
    }

    /** Calls until it is not throttled. Other failures pass through at once. */
    <T> T call(Supplier<T> request) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return request.get();
            } catch (AwsServiceException e) {
                if (!passes(e)) {
                    throw e;
                }
                waitAfter(attempt, code(e), e);
            }
        }
    }

    /** Waits before the attempt after the {@code attempt}th, or gives up. */
    void waitAfter(int attempt, String reason, @Nullable Exception cause) throws IOException {
        if (attempt >= TRIES) {
            throw new WarehouseException(
                    Kind.UNAVAILABLE,
                    "DynamoDB took no more after " + attempt + " attempts: " + reason
                            + ". What is written stays. Run load again later, or raise the capacity of the tables.",
                    cause);
        }
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << (attempt - 1));
        try {
            // Half of it at random, so that many writers do not come back together.
            pause.of(Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while waiting for DynamoDB");
        }
    }

    private static boolean passes(AwsServiceException e) {
        if (e instanceof TransactionCanceledException cancelled) {
            return cancelled.cancellationReasons().stream()
                            .noneMatch(reason -> "ConditionalCheckFailed".equals(reason.code()))
                    && cancelled.cancellationReasons().stream()
                            .anyMatch(
                                    reason -> reason.code() != null
                                            && reason.code()
                                                    .matches(
                                                            "TransactionConflict|ThrottlingError|ProvisionedThroughputExceeded"));
        }
        return e.isThrottlingException() || e.statusCode() >= 500 || e instanceof TransactionConflictException;
    }

    private static String code(AwsServiceException e) {
        return e.awsErrorDetails() == null
                ? "status " + e.statusCode()
                : e.awsErrorDetails().errorCode();
    }
}
