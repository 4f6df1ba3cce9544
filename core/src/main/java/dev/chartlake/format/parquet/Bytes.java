package dev.chartlake.format.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/** A growing array of bytes, little-endian. */
final class Bytes {

    private byte[] array = new byte[1 << 12];
    private int size;

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    byte[] toArray() {
        return Arrays.copyOf(array, size);
    }

    /** Makes sure that {@code more} bytes fit. */
    void reserve(int more) {
        if (size + more > array.length) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, size + more));
        }
    }

    void put(int b) {
        reserve(1);
        array[size++] = (byte) b;
    }

    void putInt(int value) {
        reserve(4);
        size += 4;
        setInt(size - 4, value);
    }

    void putLong(long value) {
        reserve(8);
        putInt((int) value);
        putInt((int) (value >>> 32));
    }

    void put(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, array, size, length);
        size += length;
    }

    /** A text behind its length. */
    void putText(byte[] source, int from, int length) {
        reserve(length + 4);
        setInt(size, length);
        System.arraycopy(source, from, array, size + 4, length);
        size += length + 4;
    }

    /** Where the text that {@link #putText} has put at {@code at} ends, and the next one begins. */
    int textEnd(int at) {
        return at + 4 + length(at);
    }

    /** A text without its length. */
    byte[] text(int at) {
        return Arrays.copyOfRange(array, at + 4, textEnd(at));
    }

    /** Orders two texts by their bytes, of which the first nearly always tells. */
    int compareTexts(int a, int b) {
        if (length(a) > 0 && length(b) > 0 && array[a + 4] != array[b + 4]) {
            return (array[a + 4] & 0xff) - (array[b + 4] & 0xff);
        }
        return Arrays.compareUnsigned(array, a + 4, textEnd(a), array, b + 4, textEnd(b));
    }

    private int length(int at) {
        return array[at] & 0xff | (array[at + 1] & 0xff) << 8 | (array[at + 2] & 0xff) << 16 | array[at + 3] << 24;
    }

    void put(Bytes other) {
        put(other.array, 0, other.size);
    }

    /** An unsigned number, seven bits a byte. */
    void putVarint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            put((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        put((int) rest);
    }

    /** The low {@code count} bytes of a number. */
    void putLow(long value, int count) {
        for (int i = 0; i < count; i++) {
            put((int) (value >>> (i << 3)));
        }
    }

    /** Writes an int over four bytes written before. */
    void setInt(int at, int value) {
        array[at] = (byte) value;
        array[at + 1] = (byte) (value >>> 8);
        array[at + 2] = (byte) (value >>> 16);
        array[at + 3] = (byte) (value >>> 24);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(array, 0, size);
    }
}
