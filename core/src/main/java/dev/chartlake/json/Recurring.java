package dev.chartlake.json;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Values that have been read before, found again by their bytes. A chart has nearly the same songs as the day before, and
 * comparing bytes is many times faster than reading them. Each value has a number that its reader gave it, and may have a
 * hole: one number in it that changes (a song's popularity), which is read anew. What many values have in common (where a
 * song may be played) can be kept once, as a value of another {@code Recurring}. Used by one thread.
 *
 * <p>A value is looked up before anybody knows where it ends. The checksum of its first bytes leads to a value that begins
 * like it; where the two differ, the place and the byte there lead to the next value, which is like it up to that place
 * and beyond. So each byte is compared once, however many values begin alike.
 */
public final class Recurring {

    /** What {@link JsonScanner#recurring} answers for a value that is not known. */
    public static final int UNKNOWN = -1;

    private static final int FIRST_BYTES = 192;
    /** Shorter values are read as fast as they are found. */
    private static final int MIN_LENGTH = 800;

    private static final int MAX_LENGTH = 1 << 22;
    private static final int MAX_VALUES = (1 << 16) - 2;
    /** In place of a value, in the key of the first step. */
    private static final int START = MAX_VALUES + 1;

    private static final int MAX_STEPS = 64;
    private static final long MIX = 0x9E3779B97F4A7C15L;

    /** About how many bytes a value takes besides its own: to find it, and what its reader knows by its number. */
    private static final int OVERHEAD = 400;

    private static final byte[] NOTHING = {};
    /** In place of an array, in the piece that stands for the hole of a value. */
    private static final int HOLE = -1;

    /** How many numbers a layout has before its pieces, and how many each piece has. */
    private static final int HEAD = 2;

    private static final int PIECE = 3;

    private static final int CHUNK = 1 << 20;

    private final CRC32C crc = new CRC32C();
    private int firstBytes = FIRST_BYTES;

    /** The arrays in which the bytes of pieces lie: few and large. */
    private byte[][] arrays = new byte[1 << 4][];

    private int arrayCount;

    /**
     * Of all values, one behind the other: the place of its hole, or its end if it has none; how many pieces; and of each
     * which of the arrays it is in, from where, and its length.
     */
    private int[] layouts = new int[1 << 10];

    private int layoutEnd;

    /** Where each value's layout begins. */
    private int[] layoutOf = new int[1 << 8];

    private int count;
    private long size;
    private byte[] chunk = NOTHING;
    private int chunkSize;

    /** Where to go on, 48 bits, and the value there, 16 bits. */
    private long[] steps = new long[1 << 9];

    /** Where the last comparison has ended: a place in the value, not counting what fills its hole. */
    private int place;

    private long step;
    private int foundLength;
    private int foundHole;
    private int holeTo;

    private final int maxBytes;
    private int refused;
    private boolean startOver;

    /** Knows nothing yet, and never keeps more than {@code maxBytes} of values. */
    public Recurring(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** Another one, which knows the same values by the same numbers; their bytes are shared. */
    public Recurring copy() {
        Recurring copy = new Recurring(maxBytes);
        copy.firstBytes = firstBytes;
        copy.arrays = arrays.clone();
        copy.arrayCount = arrayCount;
        copy.layouts = layouts.clone();
        copy.layoutEnd = layoutEnd;
        copy.layoutOf = layoutOf.clone();
        copy.count = count;
        copy.size = size;
        copy.steps = steps.clone();
        copy.refused = refused;
        copy.startOver = startOver;
        return copy;
    }

    /** How many values are known; the next one remembered has this number. */
    public int count() {
        return count;
    }

    /** Forgets all values. */
    public void clear() {
        Arrays.fill(arrays, NOTHING);
        arrayCount = 0;
        chunk = NOTHING;
        chunkSize = 0;
        count = 0;
        layoutEnd = 0;
        size = 0;
        refused = 0;
        startOver = false;
        Arrays.fill(steps, 0);
    }

    /**
     * True when there is no room any more and many new values have come since, or values can no more be found: what is
     * known is of little use, and {@link #clear} makes room.
     */
    public boolean outdated() {
        return startOver || refused > count;
    }

    /** The number of the value that stands at {@code at}, or {@link #UNKNOWN}. */
    int find(byte[] window, int at, int limit) {
        step = 0;
        if (limit - at < firstBytes) {
            return UNKNOWN;
        }
        crc.reset();
        crc.update(window, at, firstBytes);
        step = (long) START << 32 | crc.getValue();
        place = 0;
        for (int i = 0; i < MAX_STEPS; i++) {
            int value = value(step);
            if (value == UNKNOWN || matches(value, window, at, limit)) {
                return value;
            }
            if (step == 0) {
                return UNKNOWN;
            }
        }
        step = 0;
        return UNKNOWN;
    }

    /** Compares from {@link #place} on. If a byte differs, it is the next step; if bytes are missing, there is none. */
    private boolean matches(int value, byte[] window, int at, int limit) {
        int passed = 0;
        int to = at;
        int layout = layoutOf[value];
        int end = layout + HEAD + layouts[layout + 1] * PIECE;
        for (int piece = layout + HEAD; piece < end; piece += PIECE) {
            int array = layouts[piece];
            if (array == HOLE) {
                if (place <= passed) {
                    if (!fillsHole(window, to, limit)) {
                        return to < limit ? differs(value, passed, window[to]) : stop();
                    }
                    place = passed + 1;
                }
                passed++;
                to = holeTo;
                continue;
            }
            int start = layouts[piece + 1];
            int length = layouts[piece + 2];
            int same = place - passed;
            if (same < length) {
                int there = Math.min(length, limit - to);
                int difference =
                        Arrays.mismatch(arrays[array], start + same, start + there, window, to + same, to + there);
                if (difference >= 0) {
                    return differs(value, place + difference, window[to + same + difference]);
                }
                if (there < length) {
                    return stop();
                }
                place = passed + length;
            }
            passed += length;
            to += length;
        }
        if (layouts[layout] == passed) {
            foundHole = -1;
        }
        foundLength = to - at;
        return true;
    }

    private boolean differs(int value, int difference, byte found) {
        place = difference;
        step = (long) value << 32 | (long) difference << 8 | found & 0xff;
        return false;
    }

    private boolean stop() {
        step = 0;
        return false;
    }

    private boolean fillsHole(byte[] window, int from, int limit) {
        int number = 0;
        int to = from;
        while (to < limit && to - from < 4 && window[to] >= '0' && window[to] <= '9') {
            number = number * 10 + window[to++] - '0';
        }
        foundHole = number;
        holeTo = to;
        return to > from && (window[from] != '0' || to - from == 1);
    }

    int foundLength() {
        return foundLength;
    }

    int foundHole() {
        return foundHole;
    }

    /**
     * Remembers an array or object, which ends by itself whatever follows, under the number {@link #count()}; false if it
     * cannot be. The hole is from {@code hole} to {@code holeEnd}, or both are {@code to}. {@code shared} are values in it
     * that are kept elsewhere.
     */
    boolean remember(byte[] window, int from, int to, int hole, int holeEnd, SharedValues shared) {
        int length = to - from;
        boolean endsByItself = window[from] == '[' || window[from] == '{';
        if (length < MIN_LENGTH || length > MAX_LENGTH || !endsByItself) {
            return false;
        }
        if (hole - from < firstBytes) {
            firstBytes = hole - from; // what fills the hole must not matter for where a value is looked up
            startOver = true;
            return false;
        }
        int own = length - shared.length() + OVERHEAD;
        if (count == MAX_VALUES || size + own > maxBytes) {
            refused++;
            return false;
        }
        if (find(window, from, to) != UNKNOWN || step == 0 || !sharesHole(hole - from)) {
            return false;
        }
        long last = step;
        begin(hole - from);
        int at = from;
        for (int i = 0; i < shared.count(); i++) {
            copy(window, at, shared.from(i), hole, holeEnd);
            add(array(shared.bytes(i)), shared.start(i), shared.length(i));
            at = shared.from(i) + shared.length(i);
        }
        copy(window, at, to, hole, holeEnd);
        size += own;
        put(last << 16 | ++count);
        return true;
    }

    /** Begins the layout of the next value; its pieces are added. */
    private void begin(int hole) {
        if (count == layoutOf.length) {
            layoutOf = Arrays.copyOf(layoutOf, count * 2);
        }
        makeRoom(HEAD);
        layoutOf[count] = layoutEnd;
        layouts[layoutEnd] = hole;
        layouts[layoutEnd + 1] = 0;
        layoutEnd += HEAD;
    }

    private void makeRoom(int more) {
        if (layoutEnd + more > layouts.length) {
            layouts = Arrays.copyOf(layouts, layouts.length * 2);
        }
    }

    /** Copies a part of a value, in two pieces if the hole is in it. */
    private void copy(byte[] window, int from, int to, int hole, int holeEnd) {
        if (hole < from || hole >= to) {
            copy(window, from, to);
            return;
        }
        copy(window, from, hole);
        add(HOLE, 0, 0);
        copy(window, holeEnd, to);
    }

    /** Copies a piece of a value to where it stays. */
    private void copy(byte[] window, int from, int to) {
        int length = to - from;
        if (chunkSize + length > chunk.length) {
            chunk = new byte[Math.max(CHUNK, length)];
            chunkSize = 0;
        }
        System.arraycopy(window, from, chunk, chunkSize, length);
        add(array(chunk), chunkSize, length);
        chunkSize += length;
    }

    private void add(int array, int start, int length) {
        makeRoom(PIECE);
        layouts[layoutEnd] = array;
        layouts[layoutEnd + 1] = start;
        layouts[layoutEnd + 2] = length;
        layoutEnd += PIECE;
        layouts[layoutOf[count] + 1]++;
    }

    /** The number of an array, the newest of which are looked at first. */
    private int array(byte[] bytes) {
        for (int i = arrayCount - 1; i >= 0; i--) {
            if (arrays[i] == bytes) {
                return i;
            }
        }
        if (arrayCount == arrays.length) {
            arrays = Arrays.copyOf(arrays, arrayCount * 2);
        }
        arrays[arrayCount] = bytes;
        return arrayCount++;
    }

    /** Tells where a value is kept that has no hole. */
    void share(int number, int from, SharedValues with) {
        int piece = layoutOf[number] + HEAD;
        with.add(from, layouts[piece + 2], arrays[layouts[piece]], layouts[piece + 1]);
    }

    /** Whoever comes to the new value by {@link #step} has seen the hole where the new value has it, or not yet. */
    private boolean sharesHole(int hole) {
        int before = (int) (step >>> 32);
        if (before == START) {
            return true;
        }
        int head = layouts[layoutOf[before]];
        return place <= head ? place <= hole : hole == head;
    }

    private int value(long wanted) {
        int mask = steps.length - 1;
        for (int at = slot(wanted, mask); steps[at] != 0; at = (at + 1) & mask) {
            if (steps[at] >>> 16 == wanted) {
                return (int) (steps[at] & 0xffff) - 1;
            }
        }
        return UNKNOWN;
    }

    private void put(long entry) {
        if (count * 2 > steps.length) { // each value is at the end of one step
            long[] before = steps;
            steps = new long[before.length * 2];
            for (long old : before) {
                if (old != 0) {
                    insert(old);
                }
            }
        }
        insert(entry);
    }

    private void insert(long entry) {
        int mask = steps.length - 1;
        int at = slot(entry >>> 16, mask);
        while (steps[at] != 0) {
            at = (at + 1) & mask;
        }
        steps[at] = entry;
    }

    private static int slot(long step, int mask) {
        return (int) (step * MIX >>> 40) & mask;
    }
}
