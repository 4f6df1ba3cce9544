package dev.chartlake.table.parquet;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A growing array of bytes, little-endian. */
final class Bytes {

    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

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
        INTS.set(array, size, value);
        size += 4;
    }

    void putLong(long value) {
        reserve(8);
        LONGS.set(array, size, value);
        size += 8;
    }

    void put(byte[] source, int from, int length) {
        reserve(length);
        System.arraycopy(source, from, array, size, length);
        size += length;
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
        INTS.set(array, at, value);
    }

    void writeTo(OutputStream out) throws IOException {
        out.write(array, 0, size);
    }
}
