package dev.chartlake.json;

import java.util.Arrays;

/**
 * The fields of one kind of object, and in which order they have come so far. Answers of one service have their fields in
 * the same order, so after a field the next one is usually known, with the white space around it, and one comparison
 * finds it. Learned while reading; used by one thread.
 */
public final class Shape {

    /** Before the first field of an object. */
    public static final int START = 0;

    /** What {@link JsonScanner#field} answers behind the last field. */
    public static final int END = -1;

    /** What {@link #name} answers for a field that nobody asked for. */
    public static final int OTHER = Names.OTHER;

    /** Fields nobody asked for that are told apart; further ones are read, but what follows them is not learned. */
    private static final int MAX_OTHERS = 32;

    private final Names names;
    private final int known;
    private final byte[][] others = new byte[MAX_OTHERS][];
    private int otherCount;
    private final byte[][] next;
    private final int[] lengths;
    private final int[] targets;

    /** The number of a field is its place in {@code fields}. */
    public Shape(String... fields) {
        names = new Names(fields);
        known = fields.length;
        int states = 1 + known + MAX_OTHERS + 1;
        next = new byte[states][];
        lengths = new int[states];
        targets = new int[states];
    }

    /** The number of the field that {@link JsonScanner#field} has found, or {@link #OTHER}. */
    public int name(int state) {
        return state <= known ? state - 1 : OTHER;
    }

    /** The length of what is expected after {@code state}, if it stands at {@code at}; else 0. */
    int expected(int state, byte[] bytes, int at, int limit) {
        int length = lengths[state];
        if (length == 0 || at + length > limit) {
            return 0;
        }
        return Arrays.equals(next[state], 0, length, bytes, at, at + length) ? length : 0;
    }

    int target(int state) {
        return targets[state];
    }

    /** The state of the field with this name. */
    int find(byte[] text, int from, int length) {
        int name = names.find(text, from, length);
        if (name >= 0) {
            return 1 + name;
        }
        for (int i = 0; i < otherCount; i++) {
            if (Arrays.equals(others[i], 0, others[i].length, text, from, from + length)) {
                return 1 + known + i;
            }
        }
        if (otherCount < MAX_OTHERS) {
            others[otherCount++] = Arrays.copyOfRange(text, from, from + length);
            return known + otherCount;
        }
        return 1 + known + MAX_OTHERS;
    }

    /** Learns that after {@code state} came the field {@code target}, written as the bytes up to its value. */
    void learn(int state, int target, byte[] bytes, int from, int to) {
        if (state <= known + MAX_OTHERS) {
            next[state] = Arrays.copyOfRange(bytes, from, to);
            lengths[state] = to - from;
            targets[state] = target;
        }
    }
}
