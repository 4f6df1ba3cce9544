package dev.chartlake.purge;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How old something may be, such as 24 months.
 *
 * @param amount 1 or more
 * @param unit days, weeks, months or years
 */
public record PurgeAge(int amount, ChronoUnit unit) {

    private static final Pattern TEXT =
            Pattern.compile("(\\d{1,5})\\s*(d|days?|w|weeks?|m|months?|y|years?)", Pattern.CASE_INSENSITIVE);

    /** Reads {@code 24m}, {@code 90d}, {@code 2y} or {@code 24 months}. Throws {@link IllegalArgumentException} otherwise. */
    public static PurgeAge parse(String text) {
        Matcher age = TEXT.matcher(text.strip());
        if (!age.matches() || Integer.parseInt(age.group(1)) == 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an age. Write it as 90d, 24m or 2y (days, months, years)");
        }
        ChronoUnit unit = switch (age.group(2).toLowerCase(Locale.ROOT).charAt(0)) {
            case 'd' -> ChronoUnit.DAYS;
            case 'w' -> ChronoUnit.WEEKS;
            case 'm' -> ChronoUnit.MONTHS;
            default -> ChronoUnit.YEARS;
        };
        return new PurgeAge(Integer.parseInt(age.group(1)), unit);
    }

    /** Days before this one are older, if it is {@code today}. */
    public LocalDate before(LocalDate today) {
        try {
            return today.minus(amount, unit);
        } catch (DateTimeException e) {
            return LocalDate.MIN;
        }
    }
}
