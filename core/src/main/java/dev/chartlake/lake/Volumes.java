package dev.chartlake.lake;

import java.io.Serializable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many entries a list had, by day, in the order of the days. Numbers and no objects: there can be millions of them. */
final class Volumes implements Serializable {

    private static final long serialVersionUID = 1L;
    private static final int FIRST_SIZE = 4;

    private int[] days = new int[FIRST_SIZE];
    private long[] entries = new long[FIRST_SIZE];
    private int size;

    void add(LocalDate day, long count) {
        if (size == days.length) {
            days = Arrays.copyOf(days, size * 2);
            entries = Arrays.copyOf(entries, size * 2);
        }
        days[size] = (int) day.toEpochDay();
        entries[size++] = count;
    }

    /** Forgets what is not newer than {@code until}; returns true if nothing is left. */
    boolean forget(LocalDate until) {
        int from = 0;
        while (from < size && days[from] <= until.toEpochDay()) {
            from++;
        }
        System.arraycopy(days, from, days, 0, size - from);
        System.arraycopy(entries, from, entries, 0, size - from);
        size -= from;
        return size == 0;
    }

    List<Long> before(LocalDate date) {
        List<Long> before = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (days[i] < date.toEpochDay()) {
                before.add(entries[i]);
            }
        }
        return before;
    }
}
