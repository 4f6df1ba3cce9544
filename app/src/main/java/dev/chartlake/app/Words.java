package dev.chartlake.app;

import java.util.Locale;

/** Numbers in sentences. */
final class Words {

    private Words() {}

    /** "1 file", "2,000 files". */
    static String count(long n, String one) {
        return count(n, one, one + "s");
    }

    /** "1 entry", "2 entries". */
    static String count(long n, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
    }
}
