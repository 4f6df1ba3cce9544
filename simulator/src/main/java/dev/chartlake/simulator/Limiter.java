package dev.chartlake.simulator;

import dev.chartlake.simulator.http.HttpAnswer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Counts requests in rolling windows. Its clock is noon of the simulated day and the real time since the start, so both a
 * wait and another day let old requests fall out. Safe for use by any thread.
 */
final class Limiter {

    private final Limit rate;
    private final Limit quota;
    private final Deque<Instant> answered = new ArrayDeque<>();
    private final long start = System.nanoTime();

    Limiter(Limit rate, Limit quota) {
        this.rate = rate;
        this.quota = quota;
    }

    /** The refusal of one more request on that day; null if it is within the limits, and then it counts. */
    synchronized @Nullable HttpAnswer refusal(LocalDate day) {
        if (rate.requests() == 0 && quota.requests() == 0) {
            return null;
        }
        Instant now = day.atTime(12, 0).toInstant(ZoneOffset.UTC).plusNanos(System.nanoTime() - start);
        answered.removeIf(at -> at.isAfter(now));
        long quotaWait = wait(quota, now);
        if (quotaWait > 0) {
            return HttpAnswer.json(
                            429,
                            "{\"error\":{\"status\":429,\"message\":\"Too many requests\","
                                    + "\"reason\":\"QUOTA_EXCEEDED\"}}")
                    .with("Retry-After", Long.toString(quotaWait));
        }
        long rateWait = wait(rate, now);
        if (rateWait > 0) {
            return HttpAnswer.error(429, "API rate limit exceeded").with("Retry-After", Long.toString(rateWait));
        }
        answered.addLast(now);
        return null;
    }

    /** Whole seconds until one more request fits; 0 if it does now. */
    private long wait(Limit limit, Instant now) {
        if (limit.requests() == 0) {
            return 0;
        }
        Instant from = now.minus(limit.window());
        Instant[] counted =
                answered.stream().filter(at -> at.isAfter(from)).sorted().toArray(Instant[]::new);
        if (counted.length < limit.requests()) {
            return 0;
        }
        Instant freed = counted[counted.length - limit.requests()].plus(limit.window());
        return Math.max(1, Duration.between(now, freed).toSeconds() + 1);
    }
}
