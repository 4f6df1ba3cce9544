package dev.chartlake.spotify.calls;

import dev.chartlake.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** No usable answer this time; the next try may bring one. */
public class TransientException extends ListException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Duration retryAfter;

    public TransientException(String message) {
        this(message, Optional.empty());
    }

    public TransientException(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter.orElse(null);
    }

    /** How long the server asks to wait; empty if it does not say. */
    Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    /** Throws if {@code answer} is one that passes with time; {@code said} is what it says, fit for a message. */
    public static void throwIf(Answer answer, String said, Instant now) throws TransientException {
        Optional<Duration> retryAfter = answer.retryAfter(now);
        if (answer.status() == 429) {
            throw new ThrottledException("Spotify answered 429 (" + said + ")", retryAfter);
        }
        if (answer.status() >= 500 || answer.status() == 408) {
            throw new TransientException("Spotify answered " + answer.status() + " (" + said + ")", retryAfter);
        }
    }

    /** There was no answer at all. */
    public static final class NoAnswerException extends TransientException {
        private static final long serialVersionUID = 1L;

        public NoAnswerException(String message) {
            super(message);
        }
    }

    /** Too many requests. */
    static final class ThrottledException extends TransientException {
        private static final long serialVersionUID = 1L;

        ThrottledException(String message, Optional<Duration> retryAfter) {
            super(message, retryAfter);
        }
    }
}
