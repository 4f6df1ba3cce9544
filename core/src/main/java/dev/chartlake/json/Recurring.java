package dev.chartlake.json;

import java.util.Arrays;

/**
 * Values that have been read before, found again by their bytes. A chart has nearly the same songs as the day before, and
 * comparing bytes is many times faster than reading them. Each value has a number that its reader gave it, and may have a
 * hole: one number in it that changes (a song's popularity), which is read anew. Used by one thread.
 *
 * <p>A value is looked up by a few bytes of it before anybody knows where it ends. Which bytes tell values apart depends
 * on the order of their fields; so where two values turn out to differ, a byte is taken from then on.
 */
public final class Recurring {

    /** What {@link JsonScanner#recurring} answers for a value that is not known. */
    public static final int UNKNOWN = -1;

    private static final int SAMPLES = 12;
    private static final int FIRST_STRIDE = 48;
    /** Shorter values are read as fast as they are found. */
    private static final int MIN_LENGTH = 800;

    private static final int MAX_LEARNED = 200;
    private static final int MAX_PROBES = 8;
    private static final int MAX_VALUES = 1 << 16;
    private static final int MIX = 0x9E3779B1;

    private final int[] offsets = new int[SAMPLES];
    private int learned;
    private int reach;
    private int maxOffset = 4096;

    private byte[] bytes = new byte[1 << 17];
    private int[] starts = new int[1 << 8];
    private int[] holes = new int[1 << 8];
    private int[] holeEnds = new int[1 << 8];
    private int count;
    private long[] slots = new long[1 << 9];
    private int foundLength;
    private int foundHole;

    private final int maxBytes;
    private int refused;

    /** Knows nothing yet, and never keeps more than {@code maxBytes} of values. */
    public Recurring(int maxBytes) {
        this.maxBytes = maxBytes;
        Arrays.setAll(offsets, i -> i * FIRST_STRIDE);
        reach = reach();
    }

    private int reach() {
        return Arrays.stream(offsets).max().orElse(0) + 1;
    }

    /** How many values are known; the next one remembered has this number. */
    public int count() {
        return count;
    }

    /** Forgets all values. */
    public void clear() {
        count = 0;
        refused = 0;
        Arrays.fill(slots, 0);
    }

    /**
     * True when there is no room any more and many new values have come since: what is known is of little use, and
     * {@link #clear} makes room.
     */
    public boolean outdated() {
        return refused > count;
    }

    /** The number of the value that stands at {@code at}, or {@link #UNKNOWN}. */
    int find(byte[] window, int at, int limit) {
        if (limit - at < reach) {
            return UNKNOWN;
        }
        int hash = hash(window, at);
        int mask = slots.length - 1;
        for (int probe = 0; probe < MAX_PROBES; probe++) {
            long slot = slots[(hash + probe) & mask];
            if (slot == 0) {
                return UNKNOWN;
            }
            if ((int) (slot >>> 32) == hash) {
                int value = (int) slot;
                if (matches(value - 1, window, at, limit)) {
                    return value - 1;
                }
            }
        }
        return UNKNOWN;
    }

    private boolean matches(int value, byte[] window, int at, int limit) {
        int start = starts[value];
        int hole = holes[value];
        int end = starts[value + 1];
        int head = hole - start;
        if (at + head > limit) {
            return false;
        }
        int difference = Arrays.mismatch(bytes, start, hole, window, at, at + head);
        if (difference >= 0) {
            learn(difference);
            return false;
        }
        foundHole = -1;
        int from = at + head;
        int to = from;
        if (hole < end) {
            int number = 0;
            while (to < limit && to - from < 4 && window[to] >= '0' && window[to] <= '9') {
                number = number * 10 + window[to++] - '0';
            }
            if (to == from || window[from] == '0' && to - from > 1) {
                return false;
            }
            foundHole = number;
        }
        int tail = end - holeEnds[value];
        foundLength = to - at + tail;
        return to + tail <= limit && Arrays.equals(bytes, end - tail, end, window, to, to + tail);
    }

    /** From now on the byte at the place of the difference tells values apart. */
    private void learn(int difference) {
        if (learned < MAX_LEARNED && difference <= maxOffset) {
            offsets[learned++ % SAMPLES] = difference;
            rehash();
        }
    }

    /** No byte may lie behind the end of a value: what follows it is another one's. */
    private void limitTo(int length) {
        maxOffset = length - 1;
        for (int i = 0; i < SAMPLES; i++) {
            offsets[i] = offsets[i] > maxOffset ? i * FIRST_STRIDE : offsets[i];
        }
        rehash();
    }

    private void rehash() {
        reach = reach();
        Arrays.fill(slots, 0);
        for (int value = 0; value < count; value++) {
            insert(hash(bytes, starts[value]), value);
        }
    }

    int foundLength() {
        return foundLength;
    }

    int foundHole() {
        return foundHole;
    }

    /**
     * Remembers an array or object, which ends by itself whatever follows, under the number {@link #count()}; false if it
     * cannot be. The hole is from {@code hole} to {@code holeEnd}, or both are {@code to}.
     */
    boolean remember(byte[] window, int from, int to, int hole, int holeEnd) {
        int length = to - from;
        boolean endsByItself = window[from] == '[' || window[from] == '{';
        if (length < MIN_LENGTH || !endsByItself) {
            return false;
        }
        if (count == MAX_VALUES || starts[count] + length > maxBytes) {
            refused++;
            return false;
        }
        if (length < reach) {
            limitTo(length);
        }
        if (count + 2 > starts.length) {
            grow();
        }
        int start = starts[count];
        while (start + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.min(bytes.length * 2, maxBytes));
        }
        System.arraycopy(window, from, bytes, start, length);
        holes[count] = start + hole - from;
        holeEnds[count] = start + holeEnd - from;
        starts[count + 1] = start + length;
        insert(hash(window, from), count++);
        return true;
    }

    private void grow() {
        starts = Arrays.copyOf(starts, starts.length * 2);
        holes = Arrays.copyOf(holes, holes.length * 2);
        holeEnds = Arrays.copyOf(holeEnds, holeEnds.length * 2);
        slots = new long[slots.length * 2];
        rehash();
    }

    /** Where too many values look alike, a new one takes the place of another. */
    private void insert(int hash, int value) {
        int mask = slots.length - 1;
        int probe = 0;
        while (probe < MAX_PROBES && slots[(hash + probe) & mask] != 0) {
            probe++;
        }
        int at = (hash + (probe < MAX_PROBES ? probe : value % MAX_PROBES)) & mask;
        slots[at] = (long) hash << 32 | (value + 1);
    }

    private int hash(byte[] window, int at) {
        int h = 0;
        for (int offset : offsets) {
            h = h * 31 + window[at + offset];
        }
        h *= MIX;
        return h ^ h >>> 15;
    }
}
