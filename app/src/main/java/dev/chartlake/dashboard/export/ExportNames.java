package dev.chartlake.dashboard.export;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Names of an export's files, made from ids, dates and names. Every disk and web server can hold them, and different texts
 * have different names where case does not count, too. The page makes the same ({@code C.fileName}); it looks up names that
 * would be long.
 *
 * <p>Letters, digits, {@code -}, {@code _} and {@code .} stay, other bytes of UTF-8 become {@code ~2f}. Behind {@code ~~}
 * stands, in hexadecimal, which characters are capital letters. The empty text is {@code _}.
 */
final class ExportNames {

    /** Longer ones are numbered, in characters: some disks allow no more than 260 for a whole path. */
    private static final int LONGEST = 80;

    private static final int BITS = 4;

    /** Windows takes these for devices, whatever comes behind the dot. */
    private static final Pattern RESERVED =
            Pattern.compile("(?:con|prn|aux|nul|com\\d|lpt\\d)(?:\\..*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final Map<String, String> numbered = new TreeMap<>();

    /** The path of an answer, as {@code data/song/SOURCE/LIST/SONG.js}. */
    String path(String view, String... parts) {
        StringBuilder path = new StringBuilder("data/" + view);
        for (String part : parts) {
            path.append('/').append(name(part));
        }
        return path + ".js";
    }

    /** What stands for texts whose names would be long, by the texts. */
    Map<String, String> numbered() {
        return numbered;
    }

    private String name(String text) {
        String name = of(text);
        return name.length() <= LONGEST
                ? name
                : numbered.computeIfAbsent(text, another -> "~~" + (numbered.size() + 1));
    }

    /** The name, however long. */
    static String of(String text) {
        if (text.isEmpty()) {
            return "_";
        }
        boolean reserved = text.equals("_") || RESERVED.matcher(text).matches();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        StringBuilder name = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            char letter = (char) (bytes[i] & 0xff);
            boolean atEnd = i == 0 || i == bytes.length - 1;
            if (isPlain(letter) && !(letter == '.' && atEnd) && !(reserved && i == 0)) {
                name.append(letter);
            } else {
                name.append('~').append(hex(letter >> BITS)).append(hex(letter));
            }
        }
        return name + capitals(name);
    }

    private static boolean isPlain(char letter) {
        return (letter >= 'a' && letter <= 'z')
                || isCapital(letter)
                || (letter >= '0' && letter <= '9')
                || letter == '-'
                || letter == '_'
                || letter == '.';
    }

    private static boolean isCapital(char letter) {
        return letter >= 'A' && letter <= 'Z';
    }

    private static String capitals(CharSequence name) {
        StringBuilder capitals = new StringBuilder();
        for (int from = 0; from < name.length(); from += BITS) {
            int bits = 0;
            for (int i = 0; i < BITS; i++) {
                bits = (bits << 1) | (from + i < name.length() && isCapital(name.charAt(from + i)) ? 1 : 0);
            }
            capitals.append(hex(bits));
        }
        String digits = capitals.toString().replaceAll("0+$", "");
        return digits.isEmpty() ? "" : "~~" + digits;
    }

    private static char hex(int value) {
        return Character.forDigit(value & 0xf, 1 << BITS);
    }
}
