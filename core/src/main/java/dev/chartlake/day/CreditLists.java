package dev.chartlake.day;

import dev.chartlake.day.DayColumns.CatalogueColumn;
import dev.chartlake.day.DayColumns.CreditColumn;
import dev.chartlake.entry.Credits;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.util.Arrays;

/** The newest known artists of each row of a table. They replace those before as a whole. */
final class CreditLists {

    /** Of each row, where in {@link #ids} its artists are; 0 for none. */
    private int[] lists = new int[64];

    private long[] observed = new long[64];

    /** Lists of artists, each behind their number. */
    private int[] ids = new int[256];

    private int size = 1;

    void clear() {
        Arrays.fill(lists, 0);
        size = 1;
    }

    /** True if the row had other artists. */
    boolean set(int row, Credits credits, long observedAt) {
        if (row >= lists.length) {
            lists = Arrays.copyOf(lists, Math.max(row + 1, lists.length * 2));
            observed = Arrays.copyOf(observed, lists.length);
        }
        int before = lists[row];
        observed[row] = observedAt;
        if (before != 0 && same(before, credits)) {
            return false;
        }
        lists[row] = add(credits);
        return before != 0;
    }

    private boolean same(int list, Credits credits) {
        boolean same = ids[list] == credits.size();
        for (int i = 0; same && i < credits.size(); i++) {
            same = ids[list + 1 + i] == credits.id(i);
        }
        return same;
    }

    private int add(Credits credits) {
        int list = size;
        size += credits.size() + 1;
        if (size > ids.length) {
            ids = Arrays.copyOf(ids, size * 2);
        }
        ids[list] = credits.size();
        for (int i = 0; i < credits.size(); i++) {
            ids[list + 1 + i] = credits.id(i);
        }
        return list;
    }

    /** Says that the row's artists have been seen again. */
    void seen(int row, long observedAt) {
        observed[row] = Math.max(observedAt, observed[row]);
    }

    /**
     * Appends a row for each artist of each row of {@code sorted}; an artist without id leaves a gap in the order.
     */
    SortedRows write(SortedRows sorted, TableRows to) {
        TableRows owners = sorted.rows();
        for (int owner : sorted.order()) {
            int list = owner < lists.length ? lists[owner] : 0;
            for (int i = 1; list != 0 && i <= ids[list]; i++) {
                if (ids[list + i] != Strings.NULL) {
                    int row = to.add();
                    to.set(row, CreditColumn.OWNER, owners.integer(owner, CatalogueColumn.ID));
                    to.set(row, CreditColumn.ARTIST_ORDER, i);
                    to.set(row, CreditColumn.ARTIST_ID, ids[list + i]);
                    to.set(row, CreditColumn.OBSERVED_AT, observed[owner]);
                }
            }
        }
        return SortedRows.ofSorted(to);
    }
}
