package dev.chartlake.normalise;

import org.jspecify.annotations.Nullable;

/** Values that are null in the tables because they could not be read: how many, and the first of them. */
final class Unreadable {

    private int count;
    private String first = "";

    /** Counts one more; {@code what} names the field and shows the value. */
    void add(String what) {
        if (count++ == 0) {
            first = what;
        }
    }

    int count() {
        return count;
    }

    String first() {
        return first;
    }

    /** Forgets what was added since there were {@code before}: it is read again. */
    void backTo(int before) {
        count = before;
    }

    /** What was added, or null for nothing; afterwards this is empty. */
    @Nullable Unreadable take() {
        if (count == 0) {
            return null;
        }
        Unreadable taken = new Unreadable();
        taken.count = count;
        taken.first = first;
        count = 0;
        return taken;
    }
}
