package dev.chartlake.model;

import java.time.LocalDate;
import java.util.List;

/**
 * A month or a year, of which there can be a copy: one file a table instead of one a table and day. Copies are made from
 * the days' files and can be deleted and made again at any time. The marker is written last; without one a copy does not
 * count.
 *
 * @param month from 1 to 12, or 0 for the whole year
 */
public record Span(int year, int month) {

    /** The folder of all copies, with a trailing slash. */
    public static final String ROOT = "_chartlake/compacted/";

    /** The spans that a day is in. */
    public static List<Span> holding(LocalDate date) {
        return List.of(new Span(date.getYear(), 0), new Span(date.getYear(), date.getMonthValue()));
    }

    /** The key of the marker that says which days the files hold. Whoever changes a day deletes those of its spans first. */
    public String marker() {
        return ROOT + this + ".json";
    }

    /** The key of a table's file. */
    public String file(Table table) {
        return ROOT + this + "/" + table.folder() + ".parquet";
    }

    /** How the dates of its days begin: {@code 2026} or {@code 2026-11}. */
    @Override
    public String toString() {
        String text = String.valueOf(10_000 + year).substring(1);
        return month == 0 ? text : text + (month < 10 ? "-0" : "-") + month;
    }
}
