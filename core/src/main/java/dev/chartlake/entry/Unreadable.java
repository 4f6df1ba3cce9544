package dev.chartlake.entry;

import org.jspecify.annotations.Nullable;

/** Values that are null in the tables because they could not be read: how many, and the first of them. */
public final class Unreadable {

    private int count;
    private String first = "";

    /** Counts one more; {@code what} names the field and shows the value. */
    public void add(String what) {
        if (count++ == 0) {
            first = what;
        }
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    String first() {
        return first;
    }

    /** The first of them as {@link #add} got it; empty if there is none. */
    public String shown() {
        return count == 0 ? "" : first;
    }

    /** Adds all of them to others. */
    public void addTo(Unreadable others) {
        if (others.count == 0) {
            others.first = first;
        }
        others.count += count;
    }

    /** Forgets what was added since there were {@code before}: it is read again. */
    public void backTo(int before) {
        count = before;
    }

    /** What was added, or null for nothing; afterwards this is empty. */
    @Nullable public Unreadable take() {
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
