package dev.chartlake.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time. Arrays need {@link #PADDING} readable bytes behind the last one of interest. */
public final class Words {

    /** How many bytes behind the end may be read. */
    public static final int PADDING = 8;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private Words() {}

    /** Eight bytes, the first one lowest. */
    public static long at(byte[] bytes, int index) {
        return (long) LONGS.get(bytes, index);
    }

    /** The first {@code length} bytes (at most 8), the others zero. */
    public static long at(byte[] bytes, int index, int length) {
        long word = at(bytes, index);
        return length >= 8 ? word : word & ~(-1L << (length << 3));
    }

    /**
     * Marks the bytes at which a plain run of a string ends: quote, backslash and control characters. The lowest mark is
     * exact; higher ones may be false.
     */
    static long stringEnds(long word) {
        long quote = word ^ (ONES * '"');
        long backslash = word ^ (ONES * '\\');
        return (((quote - ONES) & ~quote) | ((backslash - ONES) & ~backslash) | ((word - ONES * 0x20) & ~word)) & HIGHS;
    }

    /** Marks the bytes that are not ASCII. */
    static long nonAscii(long word) {
        return word & HIGHS;
    }

    /** The index of the byte of the lowest mark. */
    static int first(long marks) {
        return Long.numberOfTrailingZeros(marks) >>> 3;
    }
}
