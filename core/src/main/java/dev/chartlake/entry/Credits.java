package dev.chartlake.entry;

import dev.chartlake.text.Strings;
import java.util.Arrays;

/** The artists of a song or album in their order, as numbers of {@link Strings}. Does not change. */
public final class Credits {

    /** Nobody. */
    public static final Credits NONE = new Credits(new int[0], Strings.NULL);

    private static final int WIDTH = 3;

    private final int[] values;
    private final int joinedNames;

    private Credits(int[] values, int joinedNames) {
        this.values = values;
        this.joinedNames = joinedNames;
    }

    /** How many artists. */
    public int size() {
        return values.length / WIDTH;
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

    /** The names in their order, as people read them: {@code Nord, The Pair}. */
    public int joinedNames() {
        return joinedNames;
    }

    /** Collects artists. */
    public static final class Builder {

        private int[] values = new int[2 * WIDTH];
        private int size;

        public void add(int id, int name, int url) {
            if (size + WIDTH > values.length) {
                values = Arrays.copyOf(values, values.length * 2);
            }
            values[size++] = id;
            values[size++] = name;
            values[size++] = url;
        }

        public Credits build(Strings strings) {
            return new Credits(Arrays.copyOf(values, size), join(strings));
        }

        private int join(Strings strings) {
            if (size == WIDTH) {
                return values[1];
            }
            StringBuilder joined = new StringBuilder();
            for (int i = 1; i < size; i += WIDTH) {
                if (values[i] != Strings.NULL) {
                    joined.append(joined.isEmpty() ? "" : ", ").append(strings.string(values[i]));
                }
            }
            return joined.isEmpty() ? Strings.NULL : strings.intern(joined.toString());
        }
    }
}
