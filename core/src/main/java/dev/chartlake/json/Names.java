package dev.chartlake.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A fixed set of field names; finds the number of a name without making a string of it. */
final class Names {

    /** What {@link #find} answers for any other name. */
    static final int OTHER = -1;

    private final byte[][] names;

    /** The number of a name is its place in {@code names}. */
    Names(String... names) {
        this.names = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            this.names[i] = names[i].getBytes(StandardCharsets.UTF_8);
        }
    }

    byte[] name(int number) {
        return names[number];
    }

    int find(byte[] bytes, int from, int length) {
        for (int i = 0; i < names.length; i++) {
            byte[] name = names[i];
            if (name.length == length && Arrays.equals(name, 0, length, bytes, from, from + length)) {
                return i;
            }
        }
        return OTHER;
    }
}
