package dev.chartlake.lake;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What a manifest says that later days are compared with.
 *
 * @param date the day
 * @param fields the fields seen, by source
 * @param lists of each raw object its list, {@code <source>/<list>}
 * @param entries of each raw object how many it has
 */
@SuppressWarnings("ArrayRecordComponent") // it is never compared
record UsualDay(LocalDate date, Map<String, Set<String>> fields, String[] lists, long[] entries) {

    /** {@code once} returns an equal text that is kept anyway. */
    static UsualDay of(Manifest manifest, UnaryOperator<String> once) {
        Map<String, Set<String>> fields = new HashMap<>();
        manifest.fields().forEach(source -> fields.put(source.source(), new HashSet<>(source.seen())));
        List<Manifest.RawObject> raw = manifest.raw();
        String[] lists = new String[raw.size()];
        long[] entries = new long[lists.length];
        for (int i = 0; i < lists.length; i++) {
            lists[i] = once.apply(RecentDays.list(raw.get(i).key()));
            entries[i] = raw.get(i).entries();
        }
        return new UsualDay(manifest.date(), fields, lists, entries);
    }
}
