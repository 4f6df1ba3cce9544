package dev.chartlake.duckdb.files;

import dev.chartlake.model.Span;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Days of one year. As text, ranges within months: {@code 0101-0131,0203}. */
public final class Days {
    private static final int MONTH = 32;

    private final BitSet bits = new BitSet(13 * MONTH);

    /** No check of the month's length: a folder may have any name. */
    public void add(int month, int day) {
        bits.set(month * MONTH + day);
    }

    boolean has(int month, int day) {
        return bits.get(month * MONTH + day);
    }

    /** True if there is no day. */
    public boolean isEmpty() {
        return bits.isEmpty();
    }

    /** Whether all of {@code others} are in here. */
    boolean hold(Days others) {
        return others.minus(this).isEmpty();
    }

    Days minus(Days others) {
        var rest = in(0);
        rest.bits.andNot(others.bits);
        return rest;
    }

    Days or(Days others) {
        var all = in(0);
        all.bits.or(others.bits);
        return all;
    }

    /** A copy of those in a month, or of all for 0. */
    public Days in(int month) {
        var some = new Days();
        some.bits.or(bits);
        if (month > 0) {
            some.bits.clear(0, month * MONTH);
            some.bits.clear((month + 1) * MONTH, 14 * MONTH);
        }
        return some;
    }

    /** The months in which there are some, in order. */
    void months(IntConsumer each) {
        for (int bit = bits.nextSetBit(0); bit >= 0; bit = bits.nextSetBit((bit / MONTH + 1) * MONTH)) {
            each.accept(bit / MONTH);
        }
    }

    /** All of them in order, as month and day. */
    void each(DayConsumer consumer) {
        bits.stream().forEach(bit -> consumer.accept(bit / MONTH, bit % MONTH));
    }

    /** Takes a day. */
    interface DayConsumer {
        void accept(int month, int day);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (int first = bits.nextSetBit(0); first >= 0; ) {
            int end = bits.nextClearBit(first);
            text.append(text.isEmpty() ? "" : ",").append(text(first));
            if (end - 1 > first) {
                text.append('-').append(text(end - 1));
            }
            first = bits.nextSetBit(end);
        }
        return text.toString();
    }

    /** The days of a text. Throws {@link NumberFormatException} if it is none of {@link #toString}. */
    static Days parse(String text) {
        var days = new Days();
        for (var range : text.isEmpty() ? new String[0] : text.split(",")) {
            var ends = range.split("-");
            days.bits.set(bit(ends[0]), bit(ends[ends.length - 1]) + 1);
        }
        return days;
    }

    private static String text(int bit) {
        return String.valueOf(10_000 + bit / MONTH * 100 + bit % MONTH).substring(1);
    }

    private static int bit(String text) {
        int number = Integer.parseInt(text);
        int month = number / 100;
        int day = number % 100;
        if (month < 1 || month > 12 || day < 1 || day > 31) {
            throw new NumberFormatException("not a day: " + text);
        }
        return month * MONTH + day;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Days days && days.bits.equals(bits);
    }

    @Override
    public int hashCode() {
        return bits.hashCode();
    }

    /** The date of a day; empty if the month has no such day. */
    static Optional<LocalDate> date(int year, int month, int day) {
        return day <= YearMonth.of(year, month).lengthOfMonth()
                ? Optional.of(LocalDate.of(year, month, day))
                : Optional.empty();
    }

    /** The folder of a day's partition. */
    static String folder(int year, int month, int day) {
        return "snapshot_date=" + new Span(year, month) + (day < 10 ? "-0" : "-") + day;
    }
}
