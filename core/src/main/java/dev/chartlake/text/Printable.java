package dev.chartlake.text;

/** Makes texts of others safe to print and short enough to read. */
public final class Printable {

    private static final int LONGEST = 300;

    private Printable() {}

    /** The text with all that is not ASCII, or does not print, as {@code \\uXXXX}, and cut where it is too long. */
    public static String text(String text) {
        return cut(text, LONGEST);
    }

    /** The same, cut to about {@code longest} characters. */
    public static String cut(String text, int longest) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (shown.length() >= longest) {
                return shown.append("...").toString();
            }
            char c = text.charAt(i);
            if (c >= ' ' && c <= '~') {
                shown.append(c);
            } else {
                shown.append(String.format("\\u%04x", (int) c));
            }
        }
        return shown.toString();
    }
}
