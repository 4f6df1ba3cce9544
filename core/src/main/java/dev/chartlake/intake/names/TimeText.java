package dev.chartlake.intake.names;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a time of day, with its time zone, where it stands in a name: {@code T10-44-00Z}, {@code _104400+0100}. */
final class TimeText {

    private static final Pattern TIME = Pattern.compile("(?<link>[Tt]|[ _-]{1,3}|[ _,]*at[ _]+)?"
            + "(?:(?<h>\\d{2})(?:(?<sep>[-:_.h])(?<m>\\d{2})(?:\\k<sep>(?<s>\\d{2})(?:[.,]\\d{1,9})?|m(?<s2>\\d{2})s?|m)?"
            + "|(?<m3>\\d{2})(?:(?<s3>\\d{2})(?:[.,]\\d{1,9}|\\d{3}|\\d{6})?)?)"
            + "|(?<=[Tt])(?<hour>\\d{2})h?)"
            + "(?:[ _]?(?<half>[AaPp][Mm]))?"
            + "(?:[ _]?(?<zone>Z|z|UTC|GMT|utc)|(?<off>[+-]\\d{2}[:_.-]?\\d{2}|\\+\\d{2}|(?<=:\\d{2})-\\d{2}))?"
            + "(?<named>[ _]?(?:EST|EDT|CST|CDT|MST|MDT|PST|PDT|CET|CEST|EET|EEST|WET|WEST|BST|MSK|JST|KST|IST|AEST|AEDT))?"
            + "(?![0-9A-Za-z])");

    private TimeText() {}

    /**
     * A time found in a text.
     *
     * @param end where it ends
     * @param at the instant, or null if {@code problem} says why it cannot be used
     * @param problem why not, or null
     */
    record Found(int end, @Nullable Instant at, @Nullable String problem) {}

    /** The time that starts at {@code from} in {@code text}, directly behind {@code day}; null if there is none. */
    static @Nullable Found behind(LocalDate day, String text, int from) {
        Matcher m = TIME.matcher(text).region(from, text.length());
        m.useTransparentBounds(true);
        return m.lookingAt() ? found(day, m) : null;
    }

    /** The time on {@code day} if {@code text} is a time and nothing else, with separators or a zone; else null. */
    static @Nullable Found alone(LocalDate day, String text) {
        Matcher m = TIME.matcher(text);
        boolean clear = m.matches() && (m.group("sep") != null || m.group("zone") != null || isT(m.group("link")));
        return clear ? found(day, m) : null;
    }

    private static boolean isT(@Nullable String link) {
        return link != null && link.equalsIgnoreCase("t");
    }

    private static @Nullable Found found(LocalDate day, Matcher m) {
        String text = m.group().strip();
        if (m.group("named") != null) {
            String zone = m.group("named").replace("_", "").strip();
            return new Found(m.end(), null, "the name says a time in the zone " + zone + ", which is not an offset");
        }
        try {
            LocalTime time = LocalTime.of(
                    hour(first(m, "h", "hour"), m.group("half")),
                    number(first(m, "m", "m3")),
                    number(first(m, "s", "s2", "s3")));
            return new Found(m.end(), day.atTime(time).toInstant(offset(m.group("off"))), null);
        } catch (DateTimeException e) {
            boolean meant = m.group("sep") != null || isT(m.group("link"));
            return meant
                    ? new Found(m.end(), null, "the name says the time '" + text + "', which does not exist")
                    : null;
        }
    }

    private static @Nullable String first(Matcher m, String... groups) {
        for (String group : groups) {
            if (m.group(group) != null) {
                return m.group(group);
            }
        }
        return null;
    }

    private static int number(@Nullable String digits) {
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static int hour(@Nullable String digits, @Nullable String half) {
        int hour = number(digits);
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > 12) {
            throw new DateTimeException("not an hour before or after noon");
        }
        return hour % 12 + (half.toLowerCase(Locale.ROOT).equals("pm") ? 12 : 0);
    }

    private static ZoneOffset offset(@Nullable String text) {
        if (text == null) {
            return ZoneOffset.UTC;
        }
        String digits = text.replaceAll("\\D", "");
        int sign = text.startsWith("-") ? -1 : 1;
        int minutes = digits.length() == 4 ? Integer.parseInt(digits.substring(2)) : 0;
        return ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(digits.substring(0, 2)), sign * minutes);
    }
}
