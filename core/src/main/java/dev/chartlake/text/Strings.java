package dev.chartlake.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Texts as numbers: each different text is kept once, as UTF-8, and is known by its number. {@link #NULL} is the number of
 * no text. Numbers are given in order of first appearance, so they can index arrays. Used by one thread.
 */
public final class Strings {

    /** The number of no text. */
    public static final int NULL = 0;

    /** What a text takes besides its bytes: where it starts, and its slot and the free ones around it. */
    private static final int OVERHEAD = 28;

    /** Larger arrays grow by half, because the old and the new one are there at the same time. */
    private static final int LARGE = 1 << 22;

    private final CRC32C crc = new CRC32C();
    private byte[] bytes = new byte[1 << 16];
    private int[] starts = new int[1 << 10];
    private int count = 1; // number 0 is NULL
    private int generation;
    private long[] slots = new long[1 << 11]; // hash and number in one, so that a look costs one access

    /** The same texts with the same numbers, to which others can be added than to these. */
    public Strings copy() {
        Strings copy = new Strings();
        copy.bytes = bytes.clone();
        copy.starts = starts.clone();
        copy.slots = slots.clone();
        copy.count = count;
        return copy;
    }

    /** Forgets all texts. Numbers given before mean nothing any more. */
    public void clear() {
        count = 1;
        Arrays.fill(slots, 0);
        generation++;
    }

    /** Forgets the texts with the number {@code first} and all later ones. */
    public void clear(int first) {
        count = Math.min(count, first);
        Arrays.fill(slots, 0);
        for (int number = 1; number < count; number++) {
            put((long) hash(bytes, starts[number], length(number)) << 32 | number);
        }
        generation++;
    }

    /** How often texts have been forgotten: who keeps numbers must notice. */
    public int generation() {
        return generation;
    }

    /** How many bytes all texts have. */
    public int size() {
        return starts[count];
    }

    /** About how many bytes of memory all texts need. */
    public long memory() {
        return size() + (long) OVERHEAD * count;
    }

    /** How many numbers have been given; all are below it. */
    public int count() {
        return count;
    }

    /** The number of a text given as UTF-8. */
    public int intern(byte[] source, int from, int length) {
        int hash = hash(source, from, length);
        int mask = slots.length - 1;
        int at = hash & mask;
        while (true) {
            long slot = slots[at];
            if (slot == 0) {
                return add(source, from, length, hash, at);
            }
            if ((int) (slot >>> 32) == hash) {
                int number = (int) slot;
                int start = starts[number];
                if (starts[number + 1] - start == length
                        && Arrays.equals(bytes, start, start + length, source, from, from + length)) {
                    return number;
                }
            }
            at = (at + 1) & mask;
        }
    }

    /** The number of a text. */
    public int intern(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return intern(utf8, 0, utf8.length);
    }

    /** The text of a number other than {@link #NULL}. */
    public String string(int number) {
        return new String(bytes, starts[number], length(number), StandardCharsets.UTF_8);
    }

    /** The array that holds all texts; valid until the next {@code intern}. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where in {@link #bytes()} a text starts. */
    public int start(int number) {
        return starts[number];
    }

    /** A text's length in bytes. */
    public int length(int number) {
        return starts[number + 1] - starts[number];
    }

    /** Orders two numbers by their texts' bytes, which is the order of their code points. */
    public int compare(int a, int b) {
        return Arrays.compareUnsigned(bytes, starts[a], starts[a + 1], bytes, starts[b], starts[b + 1]);
    }

    /** A checksum is a good enough hash, and processors have an instruction for this one. */
    private int hash(byte[] source, int from, int length) {
        crc.reset();
        crc.update(source, from, length);
        return (int) crc.getValue();
    }

    private int add(byte[] source, int from, int length, int hash, int slot) {
        int number = count++;
        if (count + 1 > starts.length) {
            starts = Arrays.copyOf(starts, starts.length * 2);
        }
        int start = starts[number];
        if (start + length > bytes.length) {
            int larger = bytes.length < LARGE ? bytes.length * 2 : bytes.length / 2 * 3;
            bytes = Arrays.copyOf(bytes, Math.max(larger, start + length));
        }
        System.arraycopy(source, from, bytes, start, length);
        starts[number + 1] = start + length;
        slots[slot] = (long) hash << 32 | number;
        if (count * 2 > slots.length) {
            grow();
        }
        return number;
    }

    private void grow() {
        long[] before = slots;
        slots = new long[before.length * 2];
        for (long slot : before) {
            if (slot != 0) {
                put(slot);
            }
        }
    }

    private void put(long slot) {
        int mask = slots.length - 1;
        int at = (int) (slot >>> 32) & mask;
        while (slots[at] != 0) {
            at = (at + 1) & mask;
        }
        slots[at] = slot;
    }
}
