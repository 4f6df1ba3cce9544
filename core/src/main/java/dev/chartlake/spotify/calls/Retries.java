package dev.chartlake.spotify.calls;

import dev.chartlake.http.Pause;
import dev.chartlake.spotify.calls.RateLimitException.Whose;
import dev.chartlake.spotify.calls.TransientException.ThrottledException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Tries again what may succeed later: five times, waiting about 0.5, 1, 2 and 4 seconds, or as long as the server asks.
 * A loop of our own, because the wait between tries is injected.
 */
public final class Retries {

    public static final int TRIES = 5;

    private static final Duration FIRST_WAIT = Duration.ofMillis(500);
    private static final Duration ALL_WAITS = Duration.ofMinutes(2);
    private static final Duration UNSAID = Duration.ofMinutes(1);

    /** A quota is counted over about a day; asking four times a day finds its end early and costs next to nothing. */
    private static final Duration QUOTA = Duration.ofHours(6);

    /** Spotify's longest wait is a day; a garbled number must not keep a lake from working for years. */
    private static final Duration LONGEST = Duration.ofDays(2);

    private final Clock clock;
    private final Pause pause;
    private final RandomGenerator random;
    private final Duration maxWait;
    private final int tries;

    /** Waits no longer than {@code maxWait} for one {@code Retry-After}. */
    public Retries(Clock clock, Pause pause, RandomGenerator random, Duration maxWait) {
        this(clock, pause, random, maxWait, TRIES);
    }

    private Retries(Clock clock, Pause pause, RandomGenerator random, Duration maxWait, int tries) {
        this.clock = clock;
        this.pause = pause;
        this.random = random;
        this.maxWait = maxWait;
        this.tries = tries;
    }

    /** Tries once and waits for nothing, so each request that is counted on is one. */
    public static Retries once(Clock clock) {
        return new Retries(clock, Pause.REAL, ThreadLocalRandom.current(), Duration.ZERO, 1);
    }

    /** Something that can be tried. */
    public interface Attempt<T> {
        T run() throws ListException;
    }

    /** Throws the last {@link TransientException} when no try succeeds, {@link RateLimitException} if that was a 429. */
    public <T> T run(Attempt<T> attempt) throws ListException, InterruptedException {
        Duration waited = Duration.ZERO;
        for (int number = 1; ; number++) {
            try {
                return attempt.run();
            } catch (TransientException e) {
                Duration wait = longer(e.retryAfter().orElse(Duration.ZERO), backOff(number));
                waited = waited.plus(wait);
                if (wait.compareTo(maxWait) > 0 && e.retryAfter().isPresent()) {
                    throw stop(e.retryAfter(), e.reason(), Whose.APP);
                }
                if (number == tries || waited.compareTo(ALL_WAITS) > 0 && waited.compareTo(maxWait) > 0) {
                    if (e instanceof ThrottledException) {
                        throw stop(e.retryAfter(), e.reason(), Whose.APP);
                    }
                    throw e;
                }
                pause.of(wait);
            }
        }
    }

    /** Ends the run because a quota is used up; {@link #QUOTA} if the server does not say for how long. */
    public RateLimitException quota(Optional<Duration> wait, String reason) {
        return stop(Optional.of(wait.filter(said -> !said.isZero()).orElse(QUOTA)), reason, Whose.DEVELOPER);
    }

    /** Ends the run until {@code wait} is over; {@link #UNSAID} if the server does not say, {@link #LONGEST} at most. */
    private RateLimitException stop(Optional<Duration> wait, String reason, Whose whose) {
        Duration said = wait.filter(asked -> !asked.isZero()).orElse(UNSAID);
        Instant until = clock.instant().plus(said.compareTo(LONGEST) < 0 ? said : LONGEST);
        Instant whole = until.truncatedTo(ChronoUnit.SECONDS);
        return new RateLimitException(whole.equals(until) ? whole : whole.plusSeconds(1), reason, whose);
    }

    /** A server that asks for no wait is not asked at once all the same. */
    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Half of it is random, so that many clients do not come back in step. */
    private Duration backOff(int tries) {
        long full = FIRST_WAIT.toMillis() << (tries - 1);
        return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
    }
}
