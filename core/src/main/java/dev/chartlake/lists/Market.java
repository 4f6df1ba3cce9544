package dev.chartlake.lists;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a chart is of: a country, or the world.
 *
 * @param code its two letters (ISO 3166-1 alpha-2, and {@code XK}), or {@code GLOBAL}
 * @param name its English name, as Spotify's charts write it
 * @param otherNames its other English names
 */
public record Market(String code, String name, List<String> otherNames) {

    /** The whole world. */
    public static final Market GLOBAL = new Market("GLOBAL", "Global", List.of("Worldwide", "World"));

    /** The other names are copied. */
    public Market {
        otherNames = List.copyOf(otherNames);
    }

    /** Set up when a market is first asked for. */
    private static final class All {
        private static final List<Market> MARKETS = new ArrayList<>();
        private static final Map<String, Market> BY_REGION = new HashMap<>();

        static {
            add(GLOBAL);
            for (String line : ListResource.lines("markets.txt")) {
                String[] fields = line.split(";", -1);
                add(new Market(
                        fields[0], fields[1], fields[2].isEmpty() ? List.of() : List.of(fields[2].split("\\|"))));
            }
        }

        private static void add(Market market) {
            MARKETS.add(market);
            BY_REGION.put(market.region(), market);
        }
    }

    /** Set up when a name is first looked for: folding names takes longer than all else here. */
    private static final class Names {
        private static final Map<String, Market> BY_NAME = new HashMap<>();

        static {
            for (Market market : All.MARKETS) {
                BY_NAME.put(FoldedName.letters(market.code), market);
                BY_NAME.put(FoldedName.letters(market.name), market);
                market.otherNames.forEach(other -> BY_NAME.put(FoldedName.letters(other), market));
            }
        }
    }

    /** The market of a code or an English name, in any case; null if the text is neither. */
    public static @Nullable Market of(String text) {
        return Names.BY_NAME.get(FoldedName.letters(text));
    }

    /** The market of a region, which is written as on the charts site; null if the region is unknown. */
    public static @Nullable Market ofRegion(String region) {
        return All.BY_REGION.get(region.toLowerCase(Locale.ROOT));
    }

    /** All of them: the world, and the countries by their codes. */
    public static List<Market> all() {
        return List.copyOf(All.MARKETS);
    }

    /** As the charts site writes it in the names of charts: {@code no}, {@code global}. */
    public String region() {
        return code.toLowerCase(Locale.ROOT);
    }
}
