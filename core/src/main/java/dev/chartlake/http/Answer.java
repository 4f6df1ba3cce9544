package dev.chartlake.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Optional;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param headers by lower-case name; of a repeated one, any
 * @param body the bytes as received
 * @param whole false if the connection ended in the middle of the body
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; the bytes are passed on, not copied
public record Answer(int status, Map<String, String> headers, byte[] body, boolean whole) {

    private static final int LONGEST_SECONDS = 9; // digits; 30 years

    /** The server's clock when it answered; empty if it does not say. */
    public Optional<Instant> date() {
        return Optional.ofNullable(headers.get("date")).flatMap(Answer::httpDate);
    }

    /** How long the server asks to wait: whole seconds, or until a date. {@code now} counts if it sends no clock. */
    public Optional<Duration> retryAfter(Instant now) {
        String value = headers.getOrDefault("retry-after", "").strip();
        if (!value.isEmpty() && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            String digits = value.length() > LONGEST_SECONDS ? "999999999" : value;
            return Optional.of(Duration.ofSeconds(Long.parseLong(digits)));
        }
        return httpDate(value).map(until -> {
            Duration wait = Duration.between(date().orElse(now), until);
            return wait.isNegative() ? Duration.ZERO : wait;
        });
    }

    private static Optional<Instant> httpDate(String text) {
        try {
            return Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
