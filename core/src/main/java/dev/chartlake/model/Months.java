package dev.chartlake.model;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Where copies of whole months lie: one file a table instead of one a table and day. They are made from the days' files
 * and can be deleted and made again at any time. The marker is written last; a month without one does not count.
 */
public final class Months {

    /** The folder of all months, with a trailing slash. */
    public static final String ROOT = "_chartlake/months/";

    private Months() {}

    /** The key of the marker that says which days a month's files hold. Whoever changes a day deletes it first. */
    public static String marker(YearMonth month) {
        return ROOT + month + ".json";
    }

    /** The key of the marker of the month of {@code date}. */
    public static String marker(LocalDate date) {
        return marker(YearMonth.from(date));
    }

    /** The key of a table's file. */
    public static String file(YearMonth month, Table table) {
        return ROOT + month + "/" + table.folder() + ".parquet";
    }
}
