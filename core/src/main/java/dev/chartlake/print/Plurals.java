package dev.chartlake.print;

/** Numbers in sentences. */
public final class Plurals {

    private Plurals() {}

    /** "1 file", "2,000 files". */
    public static String count(long n, String one) {
        return count(n, one, one + "s");
    }

    /** "1 entry", "2 entries". */
    public static String count(long n, String one, String many) {
        return grouped(n) + " " + (n == 1 ? one : many);
    }

    /** "12,345". As String.format writes it, which takes a hundredth of a second the first time. */
    static String grouped(long n) {
        StringBuilder digits = new StringBuilder().append(n);
        int first = n < 0 ? 1 : 0;
        for (int at = digits.length() - 3; at > first; at -= 3) {
            digits.insert(at, ',');
        }
        return digits.toString();
    }
}
