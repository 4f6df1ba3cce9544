package dev.chartlake.normalise.charts;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads whole numbers as spreadsheets and other programs save them: {@code 1234561.0}, {@code 1,234,561}, {@code 1 234 561}.
 * What can have two meanings, such as {@code 1.234} and the rounded {@code 1.23E+06}, is not read.
 */
final class ChartNumbers {

    private static final Set<String> NOTHING = Set.of("nan", "null", "none", "na", "n/a", "<na>", "\\n", "-", "–", "—");
    private static final Pattern PLAIN = Pattern.compile("([+-]?\\d{1,19})(?:[.,]0{0,2}|\\.0{4,})?");
    private static final Pattern GROUPED = Pattern.compile(
            "([+-]?\\d{1,3}(?:(?:,\\d{3})+(?:\\.0*)?|(?:\\.\\d{3}){2,}(?:,0*)?|(?:[ \u00a0\u202f\u2009'’]\\d{3})+(?:[.,]0*)?))");
    private static final Pattern DECIMALS = Pattern.compile("[.,]0*$");
    private static final Pattern GROUP_END = Pattern.compile("[.,]\\d{3}$");

    private ChartNumbers() {}

    /** True for a field that says that there is no number. */
    static boolean isNothing(String text) {
        return text.isBlank() || NOTHING.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    /** The number; empty if it cannot be read, has two meanings or does not fit. */
    static OptionalLong read(String text) {
        String number = text.strip();
        Matcher plain = PLAIN.matcher(number);
        String digits;
        if (plain.matches()) {
            digits = plain.group(1);
        } else if (GROUPED.matcher(number).matches()) {
            boolean fraction = !GROUP_END.matcher(number).find()
                    && DECIMALS.matcher(number).find();
            digits = (fraction ? DECIMALS.matcher(number).replaceFirst("") : number).replaceAll("[^0-9+-]", "");
        } else {
            return OptionalLong.empty();
        }
        return parsed(digits).map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static Optional<Long> parsed(String digits) {
        try {
            return Optional.of(Long.parseLong(digits));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
