package dev.chartlake.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A fixed set of field names; finds the number of a name without making a string of it. */
public final class Names {

    /** What {@link #find} answers for any other name. */
    public static final int OTHER = -1;

    private static final long MIX = 0x9E3779B97F4A7C15L;

    private final byte[][] names;
    private final int[] slots;
    private final long[] words;
    private final int shift;

    /** The number of a name is its place in {@code names}. */
    public Names(String... names) {
        this.names = new byte[names.length][];
        int bits = 3 + 32 - Integer.numberOfLeadingZeros(names.length);
        shift = 64 - bits;
        slots = new int[1 << bits];
        words = new long[1 << bits];
        Arrays.fill(slots, OTHER);
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i].getBytes(StandardCharsets.UTF_8);
            this.names[i] = Arrays.copyOf(name, name.length);
            byte[] padded = Arrays.copyOf(name, name.length + Words.PADDING);
            long word = Words.at(padded, 0, name.length);
            int slot = slot(word, name.length);
            while (slots[slot] != OTHER) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = i;
            words[slot] = word;
        }
    }

    int find(byte[] bytes, int from, int length) {
        long word = Words.at(bytes, from, length);
        int slot = slot(word, length);
        while (true) {
            int candidate = slots[slot];
            if (candidate == OTHER) {
                return OTHER;
            }
            byte[] name = names[candidate];
            if (words[slot] == word
                    && name.length == length
                    && (length <= 8 || Arrays.equals(name, 8, length, bytes, from + 8, from + length))) {
                return candidate;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
    }

    private int slot(long word, int length) {
        return (int) ((word + length) * MIX >>> shift);
    }
}
