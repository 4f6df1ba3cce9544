package dev.chartlake.simulator;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * So many requests to the Web API within a rolling window.
 *
 * @param requests how many are answered; 0 for any number
 * @param window how long each counts
 */
public record Limit(int requests, Duration window) {

    /** No limit. */
    public static final Limit NONE = new Limit(0, Duration.ZERO);

    private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,6})/(?:([1-9][0-9]{0,4})s|day)");

    /** Reads {@code N/30s}, any number of seconds, or {@code N/day}; anything else is an IllegalArgumentException. */
    public static Limit parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "Not a limit: '" + text + "'. It looks like 90/30s, or 2000/day for a quota.");
        }
        String seconds = matcher.group(2);
        return new Limit(
                Integer.parseInt(matcher.group(1)),
                seconds == null ? Duration.ofDays(1) : Duration.ofSeconds(Long.parseLong(seconds)));
    }
}
