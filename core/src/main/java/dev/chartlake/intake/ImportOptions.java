package dev.chartlake.intake;

import dev.chartlake.intake.names.DateText;
import dev.chartlake.intake.names.DayOrder;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.normalise.account.Redaction;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the user says about the files, and what is done where neither the user nor a name says it.
 *
 * @param list the playlist's id or the chart's name, or null if the files say it
 * @param date when they were observed, or null if the files say it
 * @param undated what to do with a file that has no date
 * @param order how dates with the year at the end are read
 * @param personal what is done with personal values in account exports
 */
public record ImportOptions(
        @Nullable String list, @Nullable Instant date, Undated undated, DayOrder order, Redaction.Personal personal) {

    /** The files say everything. */
    public static final ImportOptions NONE =
            new ImportOptions(null, null, Undated.REFUSED, DayOrder.UNKNOWN, Redaction.Personal.KEPT);

    private static final Pattern CHART = Pattern.compile("[a-z]+-[a-z0-9_]+-(?:daily|weekly)");

    /** What to do with a file of which neither the content nor a name says when it was observed. */
    public enum Undated {
        /** It is not imported. */
        REFUSED,
        /** It was observed when it was last modified. */
        MODIFIED
    }

    /**
     * Reads what the user wrote.
     *
     * @param list a playlist's id, URI or link, or a chart's name; or null
     * @param date a day, a time with its zone, or {@code modified}; or null
     * @throws IllegalArgumentException with a message for the user
     */
    public static ImportOptions parse(@Nullable String list, @Nullable String date, DayOrder order) {
        boolean modified = date != null && date.strip().equalsIgnoreCase("modified");
        return new ImportOptions(
                list == null ? null : list(list.strip()),
                date == null || modified ? null : date(date.strip()),
                modified ? Undated.MODIFIED : Undated.REFUSED,
                order,
                Redaction.Personal.KEPT);
    }

    /** The same, with something else done with personal values. */
    public ImportOptions with(Redaction.Personal values) {
        return new ImportOptions(list, date, undated, order, values);
    }

    /** True for the name of a chart, as opposed to the id of a playlist. */
    static boolean isChart(String list) {
        return CHART.matcher(list).matches();
    }

    private static String list(String text) {
        String chart = text.toLowerCase(Locale.ROOT);
        if (isChart(chart)) {
            return chart;
        }
        try {
            return PlaylistRef.parse(text).id();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--list: " + e.getMessage()
                    + " Or give the name of a chart, such as regional-no-weekly or viral-global-daily.");
        }
    }

    private static Instant date(String text) {
        Instant time = time(text);
        if (time == null || time.atOffset(ZoneOffset.UTC).getYear() < DateText.FIRST_YEAR) {
            throw new IllegalArgumentException("--date: '" + text
                    + "' is not a date since 2008. Give a day such as 2024-01-04, a time with its zone such as"
                    + " 2024-01-04T23:30:00-05:00 or 2024-01-05T04:30:00Z, or 'modified' for the time each file was"
                    + " last modified.");
        }
        return time;
    }

    private static @Nullable Instant time(String text) {
        try {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            try {
                return OffsetDateTime.parse(text.replace(' ', 'T')).toInstant();
            } catch (DateTimeException again) {
                return null;
            }
        }
    }
}
