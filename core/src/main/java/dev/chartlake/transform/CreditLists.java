package dev.chartlake.transform;

import dev.chartlake.normalise.Credits;
import dev.chartlake.table.Strings;
import dev.chartlake.table.TableRows;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The newest known artists of each row of a table. They replace those before as a whole. */
final class CreditLists {

    private @Nullable Credits[] lists = new Credits[64];
    private long[] observed = new long[64];

    void clear() {
        Arrays.fill(lists, null);
    }

    /** True if the row had other artists. */
    boolean set(int row, Credits credits, long observedAt) {
        if (row >= lists.length) {
            lists = Arrays.copyOf(lists, Math.max(row + 1, lists.length * 2));
            observed = Arrays.copyOf(observed, lists.length);
        }
        Credits before = lists[row];
        lists[row] = credits;
        observed[row] = observedAt;
        return before != null && !before.equals(credits);
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
            Credits credits = owner < lists.length ? lists[owner] : null;
            for (int i = 0; credits != null && i < credits.size(); i++) {
                if (credits.id(i) != Strings.NULL) {
                    int row = to.add();
                    to.set(row, 0, owners.integer(owner, 0));
                    to.set(row, 1, i + 1);
                    to.set(row, 2, credits.id(i));
                    to.set(row, 3, observed[owner]);
                }
            }
        }
        return SortedRows.ofSorted(to);
    }
}
