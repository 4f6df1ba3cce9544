package dev.chartlake.copy;

import dev.chartlake.lake.Manifest;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore.Versioned;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Which manifests a copy holds, by their keys, each with the stamp it had in the listing: a line for each. */
final class CopiedDays {

    static final String KEY = LocalStore.COPIED_DAYS;

    /** Where the tables of a copy cannot be read, all is copied again. */
    private static final String TITLE = "chartlake copy of version " + Manifest.OLDEST_VERSION + " of ";

    private CopiedDays() {}

    /** What was written last; nothing if it was for another lake, or cannot be read. */
    static Map<String, String> read(LocalStore copy, String lake) throws IOException {
        Map<String, String> stamps = new TreeMap<>();
        byte[] bytes = copy.read(KEY).map(Versioned::bytes).orElse(new byte[0]);
        String[] lines = new String(bytes, StandardCharsets.UTF_8).split("\n");
        if (lines[0].equals(TITLE + lake)) {
            for (int i = 1; i < lines.length; i++) {
                int tab = lines[i].indexOf('\t');
                if (tab > 0) {
                    stamps.put(lines[i].substring(0, tab), lines[i].substring(tab + 1));
                }
            }
        }
        return stamps;
    }

    static void write(LocalStore copy, String lake, Map<String, String> stamps) throws IOException {
        StringBuilder text = new StringBuilder(TITLE).append(lake).append('\n');
        stamps.forEach(
                (key, stamp) -> text.append(key).append('\t').append(stamp).append('\n'));
        copy.put(KEY, text.toString().getBytes(StandardCharsets.UTF_8));
    }
}
