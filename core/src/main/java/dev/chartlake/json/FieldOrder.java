package dev.chartlake.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fields of one kind of object, and in which order they have come so far. Answers of one service have their fields in
 * the same order, so after a field the next one is usually known, with the white space around it, and one comparison
 * finds it. Learned while reading; used by one thread.
 */
public final class FieldOrder {

    /** Before the first field of an object. */
    public static final int START = 0;

    /** What {@link JsonScanner#field} answers behind the last field. */
    public static final int END = -1;

    /** What {@link #name} answers for a field that nobody asked for. */
    public static final int OTHER = Names.OTHER;

    /** What {@link #names(long)} has for all fields beyond those that are told apart. */
    public static final String MORE = "*";

    /**
     * How many unknown fields a shape tells apart at most; fewer if it has many known ones. Further fields are read, but the
     * shape does not learn what follows them.
     */
    private static final int MAX_OTHERS = 40;

    private final int maxOthers;

    private final Names names;
    private final int known;
    private final byte[][] others;
    private int otherCount;
    private final byte[][] next;
    private final int[] lengths;
    private final int[] targets;
    private long seen;
    private boolean full;

    /** The number of a field is its place in {@code fields}, of which there are few: every field has a bit of a long. */
    public FieldOrder(String... fields) {
        names = new Names(fields);
        known = fields.length;
        maxOthers = Math.min(MAX_OTHERS, Long.SIZE - 2 - known);
        if (maxOthers < 1) {
            throw new IllegalArgumentException(known + " fields are more than a shape can tell apart");
        }
        others = new byte[maxOthers][];
        int states = 1 + known + maxOthers + 1;
        next = new byte[states][];
        lengths = new int[states];
        targets = new int[states];
    }

    /** Knows what {@code other} has learned, and goes on by itself. */
    private FieldOrder(FieldOrder other) {
        names = other.names;
        known = other.known;
        maxOthers = other.maxOthers;
        others = other.others.clone();
        otherCount = other.otherCount;
        next = other.next.clone();
        lengths = other.lengths.clone();
        targets = other.targets.clone();
        full = other.full;
    }

    /** Another one, which knows what this one has learned, and has found nothing yet. */
    public FieldOrder copy() {
        return new FieldOrder(this);
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

    /** Goes to what is expected after {@code state}. */
    int follow(int state) {
        int target = targets[state];
        seen |= 1L << target;
        return target;
    }

    /** The fields found since the last call, a bit for each; {@link #names(long)} tells which. */
    public long takeSeen() {
        long fields = seen;
        seen = 0;
        return fields;
    }

    /** Counts fields as found again that {@link #takeSeen()} gave: of an object around the one that was read meanwhile. */
    public void giveBack(long fields) {
        seen |= fields;
    }

    /** The names of fields that {@link #takeSeen()} gave, as they are in the document; {@link #MORE} for further ones. */
    public List<String> names(long fields) {
        List<String> found = new ArrayList<>();
        for (long left = fields; left != 0; left &= left - 1) {
            int state = Long.numberOfTrailingZeros(left);
            if (state > known + maxOthers) {
                found.add(MORE);
            } else {
                byte[] name = state <= known ? names.name(state - 1) : others[state - known - 1];
                found.add(new String(name, StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    /** True if there were more fields than are told apart. */
    public boolean isFull() {
        return full;
    }

    /** The state of the field with this name, which is found. */
    int find(byte[] text, int from, int length) {
        int state = state(text, from, length);
        seen |= 1L << state;
        return state;
    }

    private int state(byte[] text, int from, int length) {
        int name = names.find(text, from, length);
        if (name >= 0) {
            return 1 + name;
        }
        for (int i = 0; i < otherCount; i++) {
            if (Arrays.equals(others[i], 0, others[i].length, text, from, from + length)) {
                return 1 + known + i;
            }
        }
        if (otherCount < maxOthers) {
            others[otherCount++] = Arrays.copyOfRange(text, from, from + length);
            return known + otherCount;
        }
        full = true;
        return 1 + known + maxOthers;
    }

    /** Learns that after {@code state} came the field {@code target}, written as the bytes up to its value. */
    void learn(int state, int target, byte[] bytes, int from, int to) {
        if (state <= known + maxOthers) {
            next[state] = Arrays.copyOfRange(bytes, from, to);
            lengths[state] = to - from;
            targets[state] = target;
        }
    }
}
