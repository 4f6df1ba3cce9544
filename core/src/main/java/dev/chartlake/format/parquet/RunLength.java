package dev.chartlake.format.parquet;

/** Parquet's hybrid of run-length and bit-packed encoding, for levels and dictionary numbers. */
final class RunLength {

    /** Repetitions of this length are written as a run; shorter ones are packed in groups of this size. */
    private static final int GROUP = 8;

    private RunLength() {}

    /** The bits needed for numbers up to {@code max}. */
    static int width(int max) {
        return 32 - Integer.numberOfLeadingZeros(max);
    }

    /** Writes {@code size} numbers of {@code width} bits. */
    static void write(Bytes out, int[] values, int size, int width) {
        int i = 0;
        while (i < size) {
            int run = run(values, i, size);
            if (run >= GROUP) {
                repeat(out, values[i], run, width);
                i += run;
            } else {
                int end = i + GROUP;
                while (end < size && run(values, end, Math.min(size, end + GROUP)) < GROUP) {
                    end += GROUP;
                }
                pack(out, values, i, end, size, width);
                i = end;
            }
        }
    }

    /** Writes {@code count} times the same number. */
    static void repeat(Bytes out, int value, int count, int width) {
        out.putVarint((long) count << 1);
        out.putLow(value, (width + 7) >>> 3);
    }

    private static int run(int[] values, int from, int size) {
        int i = from + 1;
        while (i < size && values[i] == values[from]) {
            i++;
        }
        return i - from;
    }

    /** Packs whole groups; the last one is filled up with zeros. */
    private static void pack(Bytes out, int[] values, int from, int to, int size, int width) {
        int groups = (to - from) / GROUP;
        out.putVarint((long) groups << 1 | 1);
        out.reserve(groups * width + 8);
        long bits = 0;
        int held = 0;
        for (int i = from; i < to; i++) {
            bits |= (i < size ? (long) values[i] : 0L) << held;
            held += width;
            if (held >= 32) {
                out.putInt((int) bits);
                bits >>>= 32;
                held -= 32;
            }
        }
        out.putLow(bits, (held + 7) >>> 3);
    }
}
