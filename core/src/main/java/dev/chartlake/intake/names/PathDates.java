package dev.chartlake.intake.names;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the date that a file's name says, or else the nearest of the four folders above it: {@code 2024-01-04},
 * {@code date=2024-01-04}, {@code 2024/01/04}, {@code 2024-01/04}, {@code year=2024/month=01/day=04}, each also with the
 * hour below.
 */
public final class PathDates {

    /** How many folders above a file are looked at. */
    public static final int FOLDERS = 4;

    private static final Pattern PARTITION = Pattern.compile("[A-Za-z_][A-Za-z_0-9-]*=(.*)");
    private static final Pattern YEAR = Pattern.compile("20\\d{2}");
    private static final Pattern YEAR_MONTH = Pattern.compile("(20\\d{2})[-_.]?(\\d{2})");
    private static final Pattern MONTH_DAY = Pattern.compile("(\\d{2})[-_.]?(\\d{2})");
    private static final Pattern MONTH = Pattern.compile(
            "(\\d{1,2})|(?:\\d{1,2}[-_. ]+)?((?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)");
    private static final Pattern DAY = Pattern.compile("\\d{1,2}");
    private static final Pattern HOUR = Pattern.compile("T?([01]\\d|2[0-3])(?:h|[-_.]?00)?");

    private final FilePath path;
    private final ReadNames names;

    PathDates(FilePath path, ReadNames names) {
        this.path = path;
        this.names = names;
    }

    NameDate read() {
        NameDate own = names.dates(path.stem()).date();
        if (own.day() != null) {
            return own;
        }
        NameDate above = folders();
        LocalDate day = above.day();
        // 10-44-00 is a date of two digits each, or the time on the day that the folder says.
        boolean clear = own.problem() == null || day != null && TimeText.alone(day, path.stem()) != null;
        return clear ? above : own;
    }

    private NameDate folders() {
        for (int level = 0; level <= FOLDERS; level++) {
            NameDate date = folder(level);
            if (date.isSaid()) {
                return level == 0 ? date : withTime(date, level);
            }
        }
        return NameDate.NONE;
    }

    /** The date whose lowest part is the folder so many levels above the file; at level 0, the file's own name. */
    private NameDate folder(int level) {
        String name = value(path.folder(level));
        NameDate whole = level == 0 ? NameDate.NONE : names.dates(name).date();
        NameDate split = split(level);
        return split.isSaid() ? split : whole;
    }

    /** A date of several folders: year, month and day, in two or three names. */
    private NameDate split(int level) {
        String day = value(path.folder(level)).toLowerCase(Locale.ROOT);
        String month = above(level, 1).toLowerCase(Locale.ROOT);
        String year = above(level, 2);
        boolean shortDay = level == 0 && day.length() < 2;
        Matcher monthName = MONTH.matcher(month);
        if (DAY.matcher(day).matches() && !shortDay) {
            Matcher yearMonth = YEAR_MONTH.matcher(month);
            if (yearMonth.matches()) {
                return date(yearMonth.group(1), yearMonth.group(2), day);
            }
            if (YEAR.matcher(year).matches() && monthName.matches()) {
                return date(year, monthName.group(1) == null ? monthName.group(2) : monthName.group(1), day);
            }
        }
        Matcher monthDay = MONTH_DAY.matcher(day);
        return YEAR.matcher(month).matches() && monthDay.matches()
                ? date(month, monthDay.group(1), monthDay.group(2))
                : NameDate.NONE;
    }

    private static NameDate date(String year, String month, String day) {
        try {
            return NameDate.of(LocalDate.of(Integer.parseInt(year), DateText.month(month), Integer.parseInt(day)));
        } catch (DateTimeException e) {
            return NameDate.unclear(
                    "the folders say '" + year + "/" + month + "/" + day + "', which is not a date that exists");
        }
    }

    /** The name so many folders above one, or empty if that is too far away. */
    private String above(int level, int more) {
        return level + more > FOLDERS ? "" : value(path.folder(level + more));
    }

    private static String value(String folder) {
        Matcher partition = PARTITION.matcher(folder);
        return partition.matches() ? partition.group(1) : folder;
    }

    /** Adds the hour of the folder below the day, or the time that is the file's whole name. */
    private NameDate withTime(NameDate date, int level) {
        LocalDate day = date.day();
        if (day == null || date.time() != null || date.rangeStart() != null) {
            return date;
        }
        if (level > 1) {
            Matcher hour = HOUR.matcher(value(path.folder(level - 1)));
            return hour.matches() ? NameDate.of(day, time(day, hour.group(1))) : date;
        }
        TimeText.Found own = TimeText.alone(day, path.stem());
        if (own == null) {
            return date;
        }
        Instant at = own.at();
        return at == null ? NameDate.unclear(String.valueOf(own.problem())) : NameDate.of(day, at);
    }

    private static Instant time(LocalDate day, @Nullable String hour) {
        return day.atTime(Integer.parseInt(String.valueOf(hour)), 0).toInstant(java.time.ZoneOffset.UTC);
    }
}
