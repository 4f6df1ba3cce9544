package dev.chartlake.entry;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads values that are not written as Spotify writes them, where they can have only one meaning: other programs write
 * whole numbers as {@code 200000.0} or {@code "200000"}, and times with an offset or as seconds since 1970.
 */
public final class OddValues {

    private static final int LONGEST_NUMBER = 40;
    private static final int MOST_DIGITS = 19;

    /** Spotify did not exist before, and a smaller number of seconds or milliseconds would be ambiguous. */
    private static final long FIRST_SECOND = 1_000_000_000L;

    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(?:\\.\\d*)?(?:[eE][+-]?\\d{1,4})?");
    private static final Pattern TIME = Pattern.compile(
            "(\\d{4})-(\\d\\d)-(\\d\\d)[T ](\\d\\d):(\\d\\d)(?::(\\d\\d)(?:[.,](\\d{1,9}))?)?"
                    + "(?: ?(Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?))?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DAY = Pattern.compile(
            "(\\d{4})([-/.])(\\d{1,2})\\2(\\d{1,2})(?:[T ]00:00(?::00(?:\\.0+)?)?(?: ?(?:Z|\\+00:?00))?)?");

    private OddValues() {}

    /** The whole number that a number or text stands for; empty for a fraction and for what no long can hold. */
    static Optional<Long> whole(String text) {
        String number = text.strip();
        if (number.length() > LONGEST_NUMBER || !NUMBER.matcher(number).matches()) {
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(number);
        if (value.signum() != 0 && value.precision() - (long) value.scale() > MOST_DIGITS) {
            return Optional.empty();
        }
        try {
            return Optional.of(value.longValueExact());
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** 1 for true, 0 for false. */
    static Optional<Integer> truth(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "1", "1.0" -> Optional.of(1);
            case "false", "0", "0.0" -> Optional.of(0);
            default -> Optional.empty();
        };
    }

    /**
     * Microseconds since 1970 of a text or number: with any offset, and in UTC without one, as Spotify means all its times.
     * {@link Entry#NO_LONG} for 1970-01-01, which old charts carry instead of no time.
     */
    public static Optional<Long> time(String text) {
        Matcher m = TIME.matcher(text.strip());
        Optional<Long> micros = m.matches() ? time(m) : whole(text).flatMap(OddValues::epoch);
        if (micros.isPresent() && Math.floorDiv(micros.get(), 86_400_000_000L) <= 0) {
            return micros.get() < 0 ? Optional.empty() : Optional.of(Entry.NO_LONG);
        }
        return micros;
    }

    private static Optional<Long> time(Matcher m) {
        try {
            LocalTime time = LocalTime.of(number(m, 4), number(m, 5), m.group(6) == null ? 0 : number(m, 6));
            String fraction = m.group(7) == null ? "" : m.group(7);
            long nanos = Long.parseLong((fraction + "000000000").substring(0, 9));
            LocalDateTime local = LocalDate.of(number(m, 1), number(m, 2), number(m, 3))
                    .atTime(time)
                    .plusNanos(nanos);
            return Optional.of(ChronoUnit.MICROS.between(
                    LocalDateTime.of(1970, 1, 1, 0, 0).atOffset(ZoneOffset.UTC), local.atOffset(offset(m.group(8)))));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static ZoneOffset offset(String text) {
        boolean utc = text == null || !text.startsWith("+") && !text.startsWith("-");
        return utc ? ZoneOffset.UTC : ZoneOffset.of(text);
    }

    /** Seconds, milliseconds or microseconds since 1970, told apart by their size. */
    private static Optional<Long> epoch(long number) {
        for (long unit = 1_000_000; unit > 0; unit /= 1_000) {
            long first = FIRST_SECOND * (1_000_000 / unit);
            if (number >= first && number < first * 10) {
                return Optional.of(number * unit);
            }
        }
        return number == 0 ? Optional.of(0L) : Optional.empty();
    }

    /** Days since 1970 of a date with its year first: {@code 2020/01/02}, {@code 2020-1-2}, {@code 2020-01-02T00:00:00Z}. */
    public static Optional<Integer> day(String text) {
        Matcher m = DAY.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    (int) LocalDate.of(number(m, 1), number(m, 3), number(m, 4)).toEpochDay());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(Matcher m, int group) {
        return Integer.parseInt(m.group(group));
    }
}
