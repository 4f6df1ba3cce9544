package dev.chartlake.json;

/** Checks and writes UTF-8. */
public final class Utf8 {

    private Utf8() {}

    /** The index of the first byte that is not part of a valid character, or -1. */
    public static int firstInvalid(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to) {
            int b = bytes[i];
            if (b >= 0) {
                i++;
                continue;
            }
            int length = length(b & 0xff);
            if (length == 0 || i + length > to || !continues(bytes, i, length)) {
                return i;
            }
            i += length;
        }
        return -1;
    }

    private static int length(int lead) {
        if (lead >= 0xc2 && lead <= 0xdf) {
            return 2;
        }
        if (lead >= 0xe0 && lead <= 0xef) {
            return 3;
        }
        return lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    }

    /** Also refuses overlong forms, surrogates and what lies beyond U+10FFFF. */
    private static boolean continues(byte[] bytes, int at, int length) {
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xc0) != 0x80) {
                return false;
            }
        }
        int lead = bytes[at] & 0xff;
        int second = bytes[at + 1] & 0xff;
        return !(lead == 0xe0 && second < 0xa0
                || lead == 0xed && second > 0x9f
                || lead == 0xf0 && second < 0x90
                || lead == 0xf4 && second > 0x8f);
    }

    /** Writes a code point and returns the index behind it. A lone surrogate becomes U+FFFD. */
    static int write(byte[] to, int at, int codePoint) {
        int c = codePoint >= 0xd800 && codePoint <= 0xdfff ? 0xfffd : codePoint;
        int i = at;
        if (c < 0x80) {
            to[i++] = (byte) c;
        } else if (c < 0x800) {
            to[i++] = (byte) (0xc0 | c >> 6);
            to[i++] = (byte) (0x80 | c & 0x3f);
        } else if (c < 0x10000) {
            to[i++] = (byte) (0xe0 | c >> 12);
            to[i++] = (byte) (0x80 | c >> 6 & 0x3f);
            to[i++] = (byte) (0x80 | c & 0x3f);
        } else {
            to[i++] = (byte) (0xf0 | c >> 18);
            to[i++] = (byte) (0x80 | c >> 12 & 0x3f);
            to[i++] = (byte) (0x80 | c >> 6 & 0x3f);
            to[i++] = (byte) (0x80 | c & 0x3f);
        }
        return i;
    }
}
