package dev.chartlake.format.parquet;

import java.util.Arrays;

/** Numbers different longs in order of first appearance: the dictionary of a column. */
final class Numbering {

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private long[] values = new long[64];
    private int[] slots = new int[256];
    private int count;

    void clear() {
        Arrays.fill(slots, 0);
        count = 0;
    }

    int count() {
        return count;
    }

    /** The values in the order of their numbers; more may follow behind {@link #count()}. */
    long[] values() {
        return values;
    }

    long value(int number) {
        return values[number];
    }

    int number(long value) {
        int mask = slots.length - 1;
        int slot = (int) (value * MIX >>> 40) & mask;
        while (slots[slot] != 0) {
            if (values[slots[slot] - 1] == value) {
                return slots[slot] - 1;
            }
            slot = (slot + 1) & mask;
        }
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count] = value;
        slots[slot] = ++count;
        if (count * 2 > slots.length) {
            grow();
        }
        return count - 1;
    }

    private void grow() {
        slots = new int[slots.length * 4];
        int mask = slots.length - 1;
        for (int number = 1; number <= count; number++) {
            int slot = (int) (values[number - 1] * MIX >>> 40) & mask;
            while (slots[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
    }
}
