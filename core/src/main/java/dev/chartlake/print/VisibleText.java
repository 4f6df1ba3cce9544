package dev.chartlake.print;

/** Texts of others, on a terminal. */
public final class VisibleText {

    private VisibleText() {}

    /** Data must not move the cursor, change colours or turn the line around, so such characters are spelled out. */
    public static String of(String text) {
        if (text.chars().noneMatch(VisibleText::harmful)) {
            return text;
        }
        var result = new StringBuilder();
        for (char c : text.toCharArray()) {
            switch (c) {
                case '\n' -> result.append("\\n");
                case '\r' -> result.append("\\r");
                case '\t' -> result.append("\\t");
                default -> {
                    if (harmful(c)) {
                        result.append("\\u%04x".formatted((int) c));
                    } else {
                        result.append(c);
                    }
                }
            }
        }
        return result.toString();
    }

    private static boolean harmful(int c) {
        return Character.isISOControl(c)
                || c == 0x61C
                || c == 0x200E
                || c == 0x200F
                || (c >= 0x2028 && c <= 0x202E)
                || (c >= 0x2066 && c <= 0x2069);
    }
}
