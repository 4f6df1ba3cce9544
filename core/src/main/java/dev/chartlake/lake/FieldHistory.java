package dev.chartlake.lake;

import dev.chartlake.lake.LakeQuality.Level;
import dev.chartlake.lake.LakeQuality.Row;
import dev.chartlake.quality.Contract;
import dev.chartlake.quality.KnownFields;
import dev.chartlake.quality.SourceFields;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which fields sources have had so far, and since when some of them are gone. Days come in their order. */
final class FieldHistory {

    private final Map<String, Source> sources = new TreeMap<>();

    private static final class Source {
        private final TreeSet<String> ever = new TreeSet<>();
        private final TreeMap<String, LocalDate> goneSince = new TreeMap<>();
    }

    void add(Manifest day) {
        for (SourceFields fields : day.fields()) {
            Source source = sources.computeIfAbsent(fields.source(), name -> new Source());
            Set<String> now = new HashSet<>(fields.seen());
            Set<String> levels = new HashSet<>();
            now.forEach(path -> levels.add(KnownFields.level(path)));
            source.ever.addAll(now);
            for (String path : source.ever) {
                if (now.contains(path)) {
                    source.goneSince.remove(path);
                } else if (levels.contains(KnownFields.level(path))) {
                    source.goneSince.putIfAbsent(path, day.date());
                }
            }
        }
    }

    /** Fields that are gone until now although others of their level are there; what no dialect lacks is a finding already. */
    List<Row> gone() {
        List<Row> rows = new ArrayList<>();
        sources.forEach((name, source) -> source.goneSince.forEach((path, since) -> {
            if (!KnownFields.isAlwaysThere(path)) {
                String message = "gone since " + since + ": " + path
                        + (KnownFields.isKnown(path) ? ", which some dialects do not have" : ", which was unknown");
                rows.add(new Row(since, Level.INFO, Contract.FIELDS_UNCHANGED.text(), name, null, 1, message));
            }
        }));
        return rows;
    }
}
