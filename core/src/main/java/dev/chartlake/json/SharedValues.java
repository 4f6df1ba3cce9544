package dev.chartlake.json;

/** Values inside of the value that is being read, in their order, of which {@link Recurring} has a copy already. */
public final class SharedValues {

    private static final int MOST = 4;

    private final int[] froms = new int[MOST];
    private final int[] lengths = new int[MOST];
    private final byte[][] bytes = new byte[MOST][];
    private final int[] starts = new int[MOST];
    private int count;
    private int length;

    /** Forgets them, because another value is read. */
    public void clear() {
        count = 0;
        length = 0;
    }

    /** Adds one that stands at {@code from} of the window, with its copy; more than a few are left out. */
    void add(int from, int size, byte[] copy, int start) {
        if (count < MOST) {
            froms[count] = from;
            lengths[count] = size;
            bytes[count] = copy;
            starts[count++] = start;
            length += size;
        }
    }

    int count() {
        return count;
    }

    /** How many bytes all of them have. */
    int length() {
        return length;
    }

    int from(int index) {
        return froms[index];
    }

    int length(int index) {
        return lengths[index];
    }

    byte[] bytes(int index) {
        return bytes[index];
    }

    int start(int index) {
        return starts[index];
    }
}
