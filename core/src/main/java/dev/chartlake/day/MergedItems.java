package dev.chartlake.day;

import dev.chartlake.entry.Item;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Which items stand in the rows of a day as they are. A song is in many lists; when it comes again and nothing has been
 * overwritten since, there is nothing to merge but when it was seen, and that can wait until the end. Used by one thread.
 */
final class MergedItems {

    private static final class Merged {
        private final Item item;
        private int row;
        private int overwrites;
        private long seenAt;
        private boolean waits;

        Merged(Item item) {
            this.item = item;
        }
    }

    private @Nullable Merged[] byNumber = new Merged[1 << 10];
    private final List<Merged> waiting = new ArrayList<>();

    /** The row of an item that has been merged since {@code overwrites} has this value, and is noted as seen; else -1. */
    int seen(Item item, int overwrites, long observedAt) {
        Merged merged = item.number < 0 || item.number >= byNumber.length ? null : byNumber[item.number];
        if (merged == null || merged.item != item || merged.overwrites != overwrites) {
            return -1;
        }
        merged.seenAt = observedAt;
        if (!merged.waits) {
            merged.waits = true;
            waiting.add(merged);
        }
        return merged.row;
    }

    /** Says in which row the item has been merged, and how many values had been overwritten by then. */
    void add(Item item, int row, int overwrites) {
        if (item.number < 0) {
            return;
        }
        if (item.number >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(byNumber.length * 2, item.number + 1));
        }
        Merged merged = byNumber[item.number];
        if (merged == null || merged.item != item) {
            merged = new Merged(item);
            byNumber[item.number] = merged;
        }
        merged.row = row;
        merged.overwrites = overwrites;
    }

    /** Tells when each item was seen last, of those that were seen again. */
    void finish(ObjLongConsumer<Item> seen) {
        waiting.forEach(merged -> seen.accept(merged.item, merged.seenAt));
        clear();
    }

    void clear() {
        waiting.clear();
        Arrays.fill(byNumber, null);
    }
}
