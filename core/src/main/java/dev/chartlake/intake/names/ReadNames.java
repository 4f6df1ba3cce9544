package dev.chartlake.intake.names;

import java.util.HashMap;
import java.util.Map;

/** What names of files and folders say. A folder is above many files, so what its name says is kept. Used by one thread. */
public final class ReadNames {

    private static final int MOST_KEPT = 1 << 12;

    private final DayOrder order;
    private final Map<String, DateText> dates = new HashMap<>();
    private final Map<String, ChartWords> folders = new HashMap<>();

    public ReadNames(DayOrder order) {
        this.order = order;
    }

    /** The dates in a name without an extension. */
    DateText dates(String name) {
        DateText known = dates.get(name);
        if (known == null) {
            known = DateText.of(name, order);
            keep(dates, name, known);
        }
        return known;
    }

    /** What a folder's name says of charts. */
    ChartWords folder(String name) {
        ChartWords known = folders.get(name);
        if (known == null) {
            known = ChartWords.ofFolder(name, this);
            keep(folders, name, known);
        }
        return known;
    }

    private static <T> void keep(Map<String, T> known, String name, T says) {
        if (known.size() == MOST_KEPT) {
            known.clear();
        }
        known.put(name, says);
    }
}
