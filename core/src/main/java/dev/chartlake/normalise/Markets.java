package dev.chartlake.normalise;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Markets as the chart sites write them in names of charts: {@code global}, {@code no}. */
final class Markets {

    /** Names of countries that charts and data sets write otherwise than Java. */
    private static final Map<String, String> OTHERS = Map.ofEntries(
            Map.entry("worldwide", "global"),
            Map.entry("world", "global"),
            Map.entry("usa", "us"),
            Map.entry("united states of america", "us"),
            Map.entry("great britain", "gb"),
            Map.entry("uk", "gb"),
            Map.entry("uae", "ae"),
            Map.entry("czech republic", "cz"),
            Map.entry("hong kong", "hk"),
            Map.entry("korea", "kr"),
            Map.entry("turkey", "tr"),
            Map.entry("turkiye", "tr"),
            Map.entry("viet nam", "vn"),
            Map.entry("russian federation", "ru"),
            Map.entry("macedonia", "mk"));

    private final Map<String, String> byName = new HashMap<>();

    /** The market's code for a code or an English name; null for a text that is neither. An empty text is the world. */
    @Nullable String code(String text) {
        String name = Normalizer.normalize(text.strip(), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT);
        if (name.isEmpty() || name.equals("global")) {
            return "global";
        }
        String other = OTHERS.get(name);
        if (other != null) {
            return other;
        }
        if (name.matches("[a-z]{2}")) {
            return name;
        }
        if (byName.isEmpty()) {
            for (String country : Locale.getISOCountries()) {
                String english = new Locale("", country).getDisplayCountry(Locale.ENGLISH);
                byName.put(
                        Normalizer.normalize(english, Normalizer.Form.NFD)
                                .replaceAll("\\p{M}", "")
                                .toLowerCase(Locale.ROOT),
                        country.toLowerCase(Locale.ROOT));
            }
        }
        return byName.get(name);
    }
}
