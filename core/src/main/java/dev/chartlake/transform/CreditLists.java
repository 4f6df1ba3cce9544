package dev.chartlake.transform;

import dev.chartlake.normalise.Credits;
import dev.chartlake.table.Strings;
import dev.chartlake.table.TableRows;
import java.util.Arrays;

/** The newest known list of artists of each row of a table. A list replaces the one before as a whole. */
final class CreditLists {

    private static final int[] NONE = {};

    private int[][] lists = new int[64][];
    private long[] observed = new long[64];

    void set(int row, Credits credits, long observedAt) {
        if (row >= lists.length) {
            lists = Arrays.copyOf(lists, Math.max(row + 1, lists.length * 2));
            observed = Arrays.copyOf(observed, lists.length);
        }
        observed[row] = observedAt;
        int[] known = lists[row];
        if (known == null || !same(known, credits)) {
            int[] ids = new int[credits.size()];
            Arrays.setAll(ids, credits::id);
            lists[row] = ids;
        }
    }

    private static boolean same(int[] known, Credits credits) {
        if (known.length != credits.size()) {
            return false;
        }
        for (int i = 0; i < known.length; i++) {
            if (known[i] != credits.id(i)) {
                return false;
            }
        }
        return true;
    }

    /** Appends a row for each artist of each row of {@code owners}; an artist without id leaves a gap in the order. */
    void write(TableRows owners, TableRows to) {
        for (int owner = 0; owner < owners.size() && owner < lists.length; owner++) {
            int[] ids = lists[owner] == null ? NONE : lists[owner];
            for (int i = 0; i < ids.length; i++) {
                if (ids[i] != Strings.NULL) {
                    int row = to.add();
                    to.ints(0)[row] = owners.ints(0)[owner];
                    to.ints(1)[row] = i + 1;
                    to.ints(2)[row] = ids[i];
                    to.longs(3)[row] = observed[owner];
                }
            }
        }
    }
}
