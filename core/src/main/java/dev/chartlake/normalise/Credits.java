package dev.chartlake.normalise;

import dev.chartlake.table.Strings;
import java.util.Arrays;

/** The artists of a song or album in their order, as numbers of {@link Strings}. */
public final class Credits {

    private static final int WIDTH = 3;

    private int[] values = new int[4 * WIDTH];
    private int size;

    void clear() {
        size = 0;
    }

    void add(int id, int name, int url) {
        int at = size * WIDTH;
        if (at + WIDTH > values.length) {
            values = Arrays.copyOf(values, values.length * 2);
        }
        values[at] = id;
        values[at + 1] = name;
        values[at + 2] = url;
        size++;
    }

    /** How many artists. */
    public int size() {
        return size;
    }

    /** The id of the artist at {@code index}, or {@link Strings#NULL}. */
    public int id(int index) {
        return values[index * WIDTH];
    }

    /** The name, or {@link Strings#NULL}. */
    public int name(int index) {
        return values[index * WIDTH + 1];
    }

    /** The link, or {@link Strings#NULL}. */
    public int url(int index) {
        return values[index * WIDTH + 2];
    }
}
