package dev.chartlake.lists;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names as people type them: without accents, case and punctuation. */
public final class FoldedName {

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^\\p{L}\\p{N}]+");

    /** Letters that are no letter with a mark, and what they are typed as. */
    private static final Map<Character, String> LETTERS = Map.of(
            'ø', "o", 'æ', "ae", 'œ', "oe", 'ß', "ss", 'đ', "d", 'ð', "d", 'þ', "th", 'ł', "l", 'ı', "i", 'ħ', "h");

    private FoldedName() {}

    /** The words of a name, with one blank between them: {@code Top 50 – Türkiye} is {@code top 50 turkiye}. */
    public static String words(String name) {
        String lower =
                name.replace("&", " and ").replace("'", "").replace("’", "").toLowerCase(Locale.ROOT);
        String plain =
                MARKS.matcher(Normalizer.normalize(lower, Normalizer.Form.NFKD)).replaceAll("");
        StringBuilder typed = new StringBuilder(plain.length());
        for (char letter : plain.toCharArray()) {
            typed.append(LETTERS.getOrDefault(letter, String.valueOf(letter)));
        }
        return OTHER.matcher(typed).replaceAll(" ").strip();
    }

    /** The same without blanks. */
    static String letters(String name) {
        boolean plain = name.chars().allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9');
        return plain ? name : words(name).replace(" ", "");
    }
}
