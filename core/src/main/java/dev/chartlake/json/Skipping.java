package dev.chartlake.json;

/** Goes past values of any depth without recursion. */
final class Skipping {

    private Skipping() {}

    static void value(JsonScanner in) throws JsonException {
        int depth = 0;
        long[] objects = NONE; // a bit for each open container: set for an object
        while (true) {
            int b = in.peek();
            boolean opened = b == '{' || b == '[';
            if (opened) {
                if (depth == JsonScanner.MAX_DEPTH) {
                    throw in.error("nested more than " + JsonScanner.MAX_DEPTH + " levels deep");
                }
                objects = depth == 0 ? new long[JsonScanner.MAX_DEPTH / 64] : objects;
                set(objects, depth++, b == '{');
                in.expect((char) b);
                if (b == '[') {
                    in.skipCodes();
                }
            } else {
                scalar(in, b);
            }
            // Close what ends here, then go to the next value.
            while (true) {
                if (depth == 0) {
                    return;
                }
                boolean object = isSet(objects, depth - 1);
                if (in.next(object ? '}' : ']')) {
                    depth--;
                    opened = false;
                    continue;
                }
                if (!opened) {
                    in.expect(',');
                }
                if (object) {
                    in.skipString();
                    in.expect(':');
                }
                break;
            }
        }
    }

    private static final long[] NONE = {};

    private static void scalar(JsonScanner in, int first) throws JsonException {
        switch (first) {
            case '"' -> in.skipString();
            case 't', 'f', 'n' -> in.literal(first);
            default -> {
                if (first != '-' && (first < '0' || first > '9')) {
                    throw in.noValue();
                }
                in.number();
            }
        }
    }

    private static void set(long[] bits, int index, boolean value) {
        long bit = 1L << (index & 63);
        bits[index >> 6] = value ? bits[index >> 6] | bit : bits[index >> 6] & ~bit;
    }

    private static boolean isSet(long[] bits, int index) {
        return (bits[index >> 6] >>> (index & 63) & 1) != 0;
    }
}
