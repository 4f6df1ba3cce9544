package dev.chartlake.format.parquet;

import java.nio.charset.StandardCharsets;

/**
 * Thrift's compact protocol, as much of it as Parquet's metadata needs. Fields must be written in ascending order.
 * Source: thrift-compact-protocol.md and parquet.thrift.
 */
final class Thrift {

    static final int I32 = 5;
    static final int BINARY = 8;
    static final int STRUCT = 12;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I16 = 4;
    private static final int I64 = 6;
    private static final int LIST = 9;

    private final Bytes out;
    private final int[] lastFields = new int[16];
    private int depth;

    Thrift(Bytes out) {
        this.out = out;
    }

    /** Starts the outermost struct. */
    Thrift start() {
        lastFields[depth = 0] = 0;
        return this;
    }

    /** Starts a struct that is an element of a list. */
    Thrift element() {
        lastFields[++depth] = 0;
        return this;
    }

    /** Starts a struct in a field. */
    Thrift struct(int field) {
        header(field, STRUCT);
        return element();
    }

    /** Ends the innermost struct. */
    Thrift end() {
        out.put(0);
        depth--;
        return this;
    }

    Thrift i16(int field, int value) {
        header(field, I16);
        out.putVarint(zigzag(value));
        return this;
    }

    Thrift i32(int field, int value) {
        header(field, I32);
        out.putVarint(zigzag(value));
        return this;
    }

    Thrift i64(int field, long value) {
        header(field, I64);
        out.putVarint(zigzag(value));
        return this;
    }

    Thrift bool(int field, boolean value) {
        header(field, value ? TRUE : FALSE);
        return this;
    }

    Thrift text(int field, String value) {
        header(field, BINARY);
        return text(value);
    }

    Thrift binary(int field, byte[] value) {
        header(field, BINARY);
        out.putVarint(value.length);
        out.put(value, 0, value.length);
        return this;
    }

    /** Starts a list of {@code size} elements of {@code type}. */
    Thrift list(int field, int type, int size) {
        header(field, LIST);
        if (size < 15) {
            out.put(size << 4 | type);
        } else {
            out.put(0xf0 | type);
            out.putVarint(size);
        }
        return this;
    }

    /** An element of a list of I32. */
    Thrift i32(int value) {
        out.putVarint(zigzag(value));
        return this;
    }

    /** An element of a list of BINARY. */
    Thrift text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        out.putVarint(utf8.length);
        out.put(utf8, 0, utf8.length);
        return this;
    }

    private void header(int field, int type) {
        int delta = field - lastFields[depth];
        lastFields[depth] = field;
        out.put(delta << 4 | type); // deltas above 15 do not occur
    }

    private static long zigzag(long value) {
        return value << 1 ^ value >> 63;
    }
}
