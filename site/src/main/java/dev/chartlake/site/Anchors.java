package dev.chartlake.site;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The ids of a page's headings, as GitHub makes them, so that a link works in both places. */
final class Anchors {

    private final Map<String, Integer> used = new HashMap<>();

    /** The id of the next heading: small letters, hyphens for blanks, and a number where a text comes again. */
    String next(String heading) {
        String id = heading.strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{M}\\p{N} _-]", "")
                .replace(' ', '-');
        int before = used.merge(id, 1, Integer::sum) - 1;
        return before == 0 ? id : id + "-" + before;
    }
}
