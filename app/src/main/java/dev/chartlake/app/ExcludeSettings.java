package dev.chartlake.app;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.sql.ExcludedSnapshots;
import dev.chartlake.sql.ExcludedSnapshots.Excluded;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code exclude} of the configuration file. Throws {@link IllegalArgumentException} where it is wrong. */
final class ExcludeSettings {

    private static final Set<String> KEYS = Set.of("list", "date");

    private ExcludeSettings() {}

    static ExcludedSnapshots read(@Nullable Object section) {
        if (section == null) {
            return ExcludedSnapshots.NONE;
        }
        List<Excluded> excluded = new ArrayList<>();
        for (Object each : section instanceof List<?> many ? many : List.of(section)) {
            excluded.add(snapshot(each));
        }
        return new ExcludedSnapshots(excluded);
    }

    private static Excluded snapshot(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map) || !map.keySet().equals(KEYS)) {
            throw wrong("exclude has '" + value + "'. Each entry needs a list and a date, and nothing else");
        }
        String list = String.valueOf(map.get("list")).strip();
        String date = String.valueOf(map.get("date")).strip();
        if (list.isEmpty()) {
            throw wrong("exclude has an entry without a list. Give the list's id, link or chart alias");
        }
        try {
            return new Excluded(id(list), LocalDate.parse(date));
        } catch (DateTimeParseException e) {
            throw wrong("exclude has the date '" + date + "'. Write it as 2026-11-21");
        }
    }

    /** Of a URI or link, the id in it. */
    private static String id(String list) {
        try {
            return PlaylistRef.parse(list).id();
        } catch (IllegalArgumentException e) {
            return list;
        }
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what);
    }
}
