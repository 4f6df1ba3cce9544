package dev.chartlake.format.parquet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Thrift's compact protocol: a struct becomes a map from its field ids to numbers, booleans, byte arrays, lists and
 * maps. Throws {@link IllegalArgumentException} or a {@link java.nio.BufferUnderflowException} if the bytes are none.
 */
final class ThriftReader {
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int I16 = 4;
    private static final int I32 = 5;
    private static final int I64 = 6;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int STRUCT = 12;

    private final ByteBuffer bytes;

    /** Reads from the position of {@code bytes}, and moves it. */
    ThriftReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A struct, with all that is in it. */
    Map<Integer, Object> struct() {
        Map<Integer, Object> fields = new HashMap<>();
        int field = 0;
        for (int header = bytes.get() & 0xff; header != 0; header = bytes.get() & 0xff) {
            int delta = header >>> 4;
            field = delta == 0 ? (int) zigzag() : field + delta;
            int type = header & 0xf;
            fields.put(field, type == TRUE || type == FALSE ? type == TRUE : value(type));
        }
        return fields;
    }

    private Object value(int type) {
        return switch (type) {
            case TRUE, FALSE -> bytes.get() == TRUE; // in a list
            case BYTE -> (long) bytes.get();
            case I16, I32, I64 -> zigzag();
            case BINARY -> binary();
            case LIST -> list();
            case STRUCT -> struct();
            default -> throw new IllegalArgumentException("unknown Thrift type " + type);
        };
    }

    private byte[] binary() {
        byte[] binary = new byte[length()];
        bytes.get(binary);
        return binary;
    }

    private List<Object> list() {
        int header = bytes.get() & 0xff;
        int size = header >>> 4 == 15 ? length() : header >>> 4;
        List<Object> list = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            list.add(value(header & 0xf));
        }
        return list;
    }

    private int length() {
        long length = varint(bytes);
        if (length < 0 || length > bytes.remaining()) {
            throw new IllegalArgumentException(
                    "a length of " + length + " where " + bytes.remaining() + " bytes are left");
        }
        return (int) length;
    }

    private long zigzag() {
        long value = varint(bytes);
        return value >>> 1 ^ -(value & 1);
    }

    /** An unsigned number, seven bits a byte. */
    static long varint(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            int b = bytes.get();
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    static String text(Object binary) {
        return new String((byte[]) binary, StandardCharsets.UTF_8);
    }
}
