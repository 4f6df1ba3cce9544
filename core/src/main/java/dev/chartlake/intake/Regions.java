package dev.chartlake.intake;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The regions that charts are published for: {@code global}, and countries by their two letters or English names. */
final class Regions {

    private static final Map<String, String> CODES = codes();

    private Regions() {}

    private static Map<String, String> codes() {
        Map<String, String> codes = new HashMap<>();
        for (String country : Locale.getISOCountries()) {
            String code = country.toLowerCase(Locale.ROOT);
            codes.put(letters(new Locale("", country).getDisplayCountry(Locale.ENGLISH)), code);
            codes.put(code, code);
        }
        codes.put("global", "global");
        codes.put("worldwide", "global");
        codes.put("uk", "gb");
        codes.put("usa", "us");
        codes.put("uae", "ae");
        codes.put("korea", "kr");
        codes.put("turkey", "tr");
        codes.put("czechrepublic", "cz");
        codes.put("hongkong", "hk");
        return codes;
    }

    private static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}]", "");
    }

    /** The code of a region in lower case, or null if the text is not a region. */
    static @Nullable String code(String text) {
        return CODES.get(letters(text));
    }
}
