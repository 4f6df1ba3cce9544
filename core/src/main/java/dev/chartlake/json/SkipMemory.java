package dev.chartlake.json;

import java.util.Arrays;

/**
 * The last two values skipped. Most songs are available in the same markets, so the next list of 184 codes is usually one
 * of the last two, and comparing bytes is several times faster than reading them.
 */
final class SkipMemory {

    private static final int MAX = 4096;

    private byte[] latest = new byte[0];
    private byte[] earlier = new byte[0];

    /** The length of the remembered value that stands at {@code from}, or 0. */
    int match(byte[] bytes, int from, int limit) {
        if (stands(latest, bytes, from, limit)) {
            return latest.length;
        }
        if (stands(earlier, bytes, from, limit)) {
            byte[] found = earlier;
            earlier = latest;
            latest = found;
            return found.length;
        }
        return 0;
    }

    private static boolean stands(byte[] value, byte[] bytes, int from, int limit) {
        return value.length > 0
                && from + value.length <= limit
                && Arrays.equals(value, 0, value.length, bytes, from, from + value.length);
    }

    /** Only arrays and objects: they end by themselves, whatever follows. */
    void remember(byte[] bytes, int from, int to) {
        if (to - from <= MAX && (bytes[from] == '[' || bytes[from] == '{')) {
            earlier = latest;
            latest = Arrays.copyOfRange(bytes, from, to);
        }
    }
}
