package dev.chartlake.purge;

import dev.chartlake.raw.RawKey;
import java.time.LocalDate;
import java.util.List;

/**
 * What a purge removes from a lake.
 *
 * @param days the days that have something to remove, in order
 */
public record PurgePlan(List<Day> days) {

    /**
     * A raw object to remove.
     *
     * @param key its key
     * @param name what the day's manifest calls its list, or empty
     * @param files the keys of its files in the lake; none if only a manifest names it
     * @param bytes of these files
     * @param entries how many entries the day's manifest counts in it; 0 if the day is not committed with it
     */
    public record Match(RawKey key, String name, List<String> files, long bytes, long entries) {}

    /**
     * A day with something to remove.
     *
     * @param date the day
     * @param objects the raw objects to remove
     * @param committed whether the day's tables can have rows of them
     * @param left how many raw objects of the day stay
     */
    public record Day(LocalDate date, List<Match> objects, boolean committed, int left) {

        /** True if nothing of the day stays. */
        public boolean goes() {
            return left == 0;
        }
    }

    /** True if there is nothing to remove. */
    public boolean isEmpty() {
        return days.isEmpty();
    }

    /** The raw objects to remove. */
    public List<Match> objects() {
        return days.stream().flatMap(day -> day.objects().stream()).toList();
    }
}
