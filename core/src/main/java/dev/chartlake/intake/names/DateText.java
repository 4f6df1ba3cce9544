package dev.chartlake.intake.names;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the dates in one name. A date that does not exist, that can be read in two ways, or that contradicts another one
 * in the same name, is reported and never guessed.
 */
public final class DateText {

    /** Spotify went public in October 2008. */
    public static final int FIRST_YEAR = 2008;

    private static final int LAST_YEAR = 2100;

    /** Identifiers, which may hold runs of digits that look like dates. */
    private static final Pattern IDENTIFIER = Pattern.compile(
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
                    + "|(?<![0-9A-Za-z])(?!\\d{8}T?\\d*Z?(?![0-9A-Za-z]))(?:[0-9A-Za-z]{22}|[0-9a-fA-F]{24,})(?![0-9A-Za-z])");

    /** Each has so many letters and digits in a row. */
    private static final int LEAST_IDENTIFIER = 12;

    private static final List<String> MONTH_STARTS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

    private static final String MONTHS =
            "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
                    + "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
    private static final String GAP = "[ ,._-]{0,3}";

    /**
     * A digit at the start of a name, behind a separator, or behind a word of letters alone: {@code dump20240104}. The digit
     * comes first, because it is found sooner than what is before it.
     */
    private static final String START = "(?=\\d)(?<=(?<![0-9A-Za-z])[A-Za-z]{0,20})";

    private static final Pattern DASHED = Pattern.compile(START + "(\\d{4})([-_. ])(\\d{2})\\2(\\d{2})(?!\\d)");
    private static final Pattern COMPACT =
            Pattern.compile(START + "(\\d{4})()(\\d{2})(\\d{2})(?=[^0-9A-Za-z]|$|T\\d{2}|\\d{4}(?![A-Za-z])|\\d{6})");
    private static final Pattern DAY_MONTH = Pattern.compile(
            "(?<![0-9A-Za-z])(\\d{1,2})(?:st|nd|rd|th)?" + GAP + MONTHS + GAP + "(\\d{4})(?![0-9A-Za-z])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern MONTH_DAY = Pattern.compile(
            "(?<![0-9A-Za-z])" + MONTHS + GAP + "(\\d{1,2})(?:st|nd|rd|th)?[ ,._-]{1,3}(\\d{4})(?![0-9A-Za-z])",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_MONTH = Pattern.compile(
            "(?<![0-9A-Za-z])(\\d{4})" + GAP + MONTHS + GAP + "(\\d{1,2})(?![0-9A-Za-z])", Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_LAST =
            Pattern.compile("(?<![0-9A-Za-z])(\\d{1,2})([-_. ])(\\d{1,2})\\2(\\d{4})(?=[^0-9A-Za-z]|$|T\\d{2})");
    private static final Pattern WEEK = Pattern.compile("(?<![0-9A-Za-z])\\d{4}[-_ ]?W\\d{1,2}(?![0-9A-Za-z])");
    private static final Pattern SHORT_YEAR =
            Pattern.compile("(?<![0-9A-Za-z])(\\d{2})([-_.])(\\d{2})\\2(\\d{2})(?![0-9A-Za-z])");
    private static final Pattern EPOCH =
            Pattern.compile("(?<![0-9A-Za-z])(\\d{10})(\\d{3})?(?:\\.\\d{1,9})?(?![0-9A-Za-z])");
    private static final Pattern BETWEEN = Pattern.compile("[-_ \u2013]{1,3}|[ _-]*(?:to|until|till)[ _-]*");

    private final String name;
    private final DayOrder order;
    private final List<Found> found = new ArrayList<>();
    private final NameDate date;
    private String rest;

    /** A date, and where it stands. */
    private record Found(
            int from, int to, LocalDate day, @Nullable Instant time) {}

    /** A date that cannot be used. */
    private static final class Unclear extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unclear(String message) {
            super(message, null, false, false);
        }
    }

    private DateText(String name, DayOrder order) {
        this.name = name;
        this.order = order;
        this.rest = mayHoldIdentifier(name)
                ? IDENTIFIER
                        .matcher(name)
                        .replaceAll(id -> "|".repeat(id.group().length()))
                : name;
        this.date = hasDigit(name) ? readOrUnclear() : NameDate.NONE;
        this.rest = hasDigit(rest) ? blanked(rest, WEEK, SHORT_YEAR, EPOCH) : rest;
    }

    /** Reads {@code name}, which has no extension. */
    static DateText of(String name, DayOrder order) {
        return new DateText(name, order);
    }

    /** The date that the name says. */
    NameDate date() {
        return date;
    }

    /** The name with its dates, what connects the two days of a range, and identifiers replaced by as many other characters. */
    String rest() {
        return rest;
    }

    private NameDate readOrUnclear() {
        try {
            return read();
        } catch (Unclear e) {
            return NameDate.unclear(String.valueOf(e.getMessage()));
        }
    }

    /** Every date has one. */
    private static boolean hasDigit(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= '0' && name.charAt(i) <= '9') {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHoldIdentifier(String name) {
        int run = 0;
        for (int i = 0; i < name.length(); i++) {
            run = Character.isLetterOrDigit(name.charAt(i)) ? run + 1 : 0;
            if (run == LEAST_IDENTIFIER) {
                return true;
            }
        }
        return false;
    }

    private static boolean mayHoldMonth(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return MONTH_STARTS.stream().anyMatch(lower::contains);
    }

    private static String blanked(String text, Pattern... patterns) {
        String blank = text;
        for (Pattern pattern : patterns) {
            blank = pattern.matcher(blank)
                    .replaceAll(match -> " ".repeat(match.group().length()));
        }
        return blank;
    }

    private NameDate read() {
        take(DASHED, m -> day(m.group(), m.group(1), m.group(3), m.group(4)));
        take(COMPACT, this::compact);
        if (mayHoldMonth(rest)) {
            take(DAY_MONTH, m -> day(m.group(), m.group(3), m.group(2), m.group(1)));
            take(MONTH_DAY, m -> day(m.group(), m.group(3), m.group(1), m.group(2)));
            take(YEAR_MONTH, m -> day(m.group(), m.group(1), m.group(2), m.group(3)));
        }
        take(YEAR_LAST, this::yearLast);
        if (found.isEmpty()) {
            return lessClear();
        }
        LocalDate day = found.get(0).day();
        Instant time = null;
        for (Found each : found) {
            if (!each.day().equals(day)) {
                return range();
            }
            time = time == null ? each.time() : time;
        }
        return time == null ? NameDate.of(day) : NameDate.of(day, time);
    }

    /** Forms that are looked for only where there is no full date. */
    private NameDate lessClear() {
        Matcher week = WEEK.matcher(rest);
        if (week.find()) {
            throw new Unclear("'" + week.group() + "' is a week and not a day");
        }
        Matcher epoch = EPOCH.matcher(rest);
        if (epoch.find()) {
            Instant time = Instant.ofEpochSecond(Long.parseLong(epoch.group(1)));
            LocalDate day = time.atOffset(ZoneOffset.UTC).toLocalDate();
            if (day.getYear() >= FIRST_YEAR && day.getYear() < LAST_YEAR) {
                return NameDate.of(day, time);
            }
        }
        Matcher shortYear = SHORT_YEAR.matcher(rest);
        while (shortYear.find()) {
            if (canBeDate(shortYear)) {
                throw new Unclear("'" + shortYear.group() + "' can be read as several dates");
            }
        }
        return NameDate.NONE;
    }

    private static boolean canBeDate(Matcher m) {
        int a = Integer.parseInt(m.group(1));
        int b = Integer.parseInt(m.group(3));
        int c = Integer.parseInt(m.group(4));
        return isDayOfYear(a, b) || isDayOfYear(b, a) || isDayOfYear(b, c);
    }

    private static boolean isDayOfYear(int month, int day) {
        return month >= 1 && month <= 12 && day >= 1 && day <= 31;
    }

    private interface Reading {
        /** The day, or null if the digits are no date after all. */
        @Nullable LocalDate day(MatchResult match);
    }

    private void take(Pattern pattern, Reading reading) {
        if (!hasDigit(rest)) {
            return; // what was taken before was all
        }
        Matcher m = pattern.matcher(rest);
        StringBuilder blank = new StringBuilder(rest);
        for (int at = 0; at <= rest.length() && m.find(at); at = Math.max(m.end(), m.start() + 1)) {
            LocalDate day = reading.day(m);
            if (day == null) {
                continue;
            }
            TimeText.Found time = followsDate(m.end()) ? null : TimeText.behind(day, rest, m.end());
            if (time != null && time.problem() != null) {
                throw new Unclear(time.problem());
            }
            int end = time == null ? m.end() : time.end();
            found.add(new Found(m.start(), end, day, time == null ? null : time.at()));
            blank.replace(m.start(), end, " ".repeat(end - m.start()));
        }
        rest = blank.toString();
    }

    /** True if another date stands behind this one, which looks like a time: {@code 2024-01-04_2024-01-11}. */
    private boolean followsDate(int end) {
        int at = end;
        while (at < rest.length() && "-_ ".indexOf(rest.charAt(at)) >= 0) {
            at++;
        }
        return at > end
                && (DASHED.matcher(rest).region(at, rest.length()).lookingAt()
                        || COMPACT.matcher(rest).region(at, rest.length()).lookingAt());
    }

    private @Nullable LocalDate compact(MatchResult m) {
        int year = Integer.parseInt(m.group(1));
        boolean date = year >= FIRST_YEAR
                && year < LAST_YEAR
                && isDayOfYear(Integer.parseInt(m.group(3)), Integer.parseInt(m.group(4)));
        return date ? day(m.group(), m.group(1), m.group(3), m.group(4)) : null;
    }

    private LocalDate yearLast(MatchResult m) {
        if (order != DayOrder.DAY_FIRST) {
            throw new Unclear("'" + m.group() + "' can be read with the day or with the month first");
        }
        return day(m.group(), m.group(4), m.group(3), m.group(1));
    }

    private static LocalDate day(String text, String year, String month, String day) {
        LocalDate date = date(text, year, month, day);
        if (date.getYear() < FIRST_YEAR) {
            throw new Unclear("'" + text + "' is a date before there was Spotify");
        }
        if (date.getYear() >= LAST_YEAR) {
            throw new Unclear("'" + text + "' is a date in the future");
        }
        return date;
    }

    private static LocalDate date(String text, String year, String month, String day) {
        try {
            return LocalDate.of(Integer.parseInt(year), month(month), Integer.parseInt(day));
        } catch (DateTimeException e) {
            throw new Unclear("'" + text + "' is not a date that exists");
        }
    }

    /** The number of a month, from its number or its English name. */
    static int month(String text) {
        if (Character.isDigit(text.charAt(0))) {
            return Integer.parseInt(text);
        }
        String start = text.substring(0, 3).toLowerCase(Locale.ROOT);
        for (Month month : Month.values()) {
            if (month.getDisplayName(TextStyle.SHORT, Locale.ROOT)
                            .toLowerCase(Locale.ROOT)
                            .startsWith(start)
                    || month.name().toLowerCase(Locale.ROOT).startsWith(start)) {
                return month.getValue();
            }
        }
        throw new DateTimeException("not a month");
    }

    /** Two days of which the last one dates a chart: a day, or a week up to its Thursday or the Friday after it. */
    private NameDate range() {
        List<Found> sorted = new ArrayList<>(found);
        sorted.sort((a, b) -> Integer.compare(a.from(), b.from()));
        Found start = sorted.get(0);
        Found end = sorted.get(sorted.size() - 1);
        String days = start.day() + " and " + end.day();
        boolean between = sorted.size() == 2
                && start.time() == null
                && end.time() == null
                && BETWEEN.matcher(name.substring(start.to(), end.from())).matches();
        long length = ChronoUnit.DAYS.between(start.day(), end.day());
        if (!between || length < 6 || length > 7) {
            throw new Unclear("the name says two dates, " + days);
        }
        rest = rest.substring(0, start.from()) + " ".repeat(end.to() - start.from()) + rest.substring(end.to());
        LocalDate last = end.day();
        if (length == 7 && last.getDayOfWeek() == DayOfWeek.FRIDAY) {
            last = last.minusDays(1); // the older site named the Friday after the week
        }
        if (last.getDayOfWeek() != DayOfWeek.THURSDAY) {
            throw new Unclear(
                    "the name says two dates, " + days + ", which are not a chart's week from Friday to Thursday");
        }
        return new NameDate(last, null, start.day(), null);
    }
}
