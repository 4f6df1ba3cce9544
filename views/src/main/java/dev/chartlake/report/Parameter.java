package dev.chartlake.report;

import dev.chartlake.query.QueryException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Locale;

/** What a request can say. */
public enum Parameter {
    LIST(
            "LIST",
            "The list: its id, link, name, alias or market, or how one of these begins. May be left out if the lake has one"),
    SONG("SONG", "The song: its id, URI, link, or words of its title and artists"),
    DATE("DATE", "The day (UTC, YYYY-MM-DD); without a snapshot on it, the last one before. Default: the newest"),
    SINCE("DATE", "Only days from this one on (UTC, YYYY-MM-DD)"),
    UNTIL("DATE", "Only days up to this one. Default: the newest"),
    WITH("LIST", "The list to compare with"),
    WITH_DATE("DATE", "The day to compare with. Default: the same day"),
    BY(
            "recording|song",
            "What counts as one: a recording (default), which may have had several song ids, or a song id"),
    LIMIT("N", "The most rows");

    private final String label;
    private final String description;

    Parameter(String label, String description) {
        this.label = label;
        this.description = description;
    }

    /** Its name in options and requests, such as {@code with-date}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What stands for its value in help. */
    public String label() {
        return label;
    }

    /** What it is, without a report's own default. */
    public String description() {
        return description;
    }

    /** A day. Throws {@link QueryException} if the text is none. */
    LocalDate date(String text) {
        try {
            return LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw new QueryException("Not a date for " + text() + ": '" + text + "'. Write it as 2026-11-21.");
        }
    }

    /** A number of rows, 1 or more. Throws {@link QueryException} if the text is none. */
    int count(String text) {
        try {
            int count = Integer.parseInt(text.strip());
            if (count > 0) {
                return count;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new QueryException("Not a number of rows for " + text() + ": '" + text + "'. Give 1 or more.");
    }
}
