package dev.chartlake.lake;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.BitSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A set of days, a bit for each since the first one: for each of 100,000 lists there is such a set. */
final class DaySet {

    private BitSet bits = new BitSet();
    private @Nullable LocalDate first;

    void add(LocalDate day) {
        if (first == null) {
            first = day;
        }
        int at = (int) ChronoUnit.DAYS.between(first, day);
        if (at < 0) {
            BitSet moved = new BitSet();
            bits.stream().forEach(bit -> moved.set(bit - at));
            bits = moved;
            first = day;
        }
        bits.set(Math.max(at, 0));
    }

    TreeSet<LocalDate> dates() {
        TreeSet<LocalDate> dates = new TreeSet<>();
        LocalDate from = first;
        if (from != null) {
            bits.stream().forEach(bit -> dates.add(from.plusDays(bit)));
        }
        return dates;
    }
}
