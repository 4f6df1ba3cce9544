package dev.chartlake.app.settings;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.lists.ListNameException;
import dev.chartlake.lists.NamedList;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.views.ExcludedSnapshots;
import dev.chartlake.views.ExcludedSnapshots.Excluded;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code exclude} of the configuration file. Throws {@link IllegalArgumentException} where it is wrong. */
final class ExcludeSettings {

    private static final Set<String> KEYS = Set.of("list", "date");

    /** The ids of charts, such as {@code regional-no-weekly}. */
    private static final Pattern CHART = Pattern.compile("[A-Za-z0-9_]+-[A-Za-z0-9_-]+");

    private ExcludeSettings() {}

    /** Lists can be called as {@code labels} say. */
    static ExcludedSnapshots read(@Nullable Object section, ListLabels labels) {
        if (section == null) {
            return ExcludedSnapshots.NONE;
        }
        List<Excluded> excluded = new ArrayList<>();
        for (Object each : section instanceof List<?> many ? many : List.of(section)) {
            excluded.add(snapshot(each, labels));
        }
        return new ExcludedSnapshots(excluded);
    }

    private static Excluded snapshot(@Nullable Object value, ListLabels labels) {
        if (!(value instanceof Map<?, ?> map) || !map.keySet().equals(KEYS)) {
            throw wrong("exclude has '" + value + "'. Each entry needs a list and a date, and nothing else");
        }
        String list = String.valueOf(map.get("list")).strip();
        String date = String.valueOf(map.get("date")).strip();
        if (list.isEmpty()) {
            throw wrong("exclude has an entry without a list. Give the list's id, link or name");
        }
        try {
            return new Excluded(id(list, labels), LocalDate.parse(date));
        } catch (DateTimeParseException e) {
            throw wrong("exclude has the date '" + date + "'. Write it as 2026-11-21");
        }
    }

    /** The id in a link, or that of the list with this name, or the text itself where it can be an id. */
    private static String id(String list, ListLabels labels) {
        try {
            return PlaylistRef.parse(list).id();
        } catch (IllegalArgumentException e) {
            // It can be a name, or the id of a chart.
        }
        try {
            Optional<NamedList> given = labels.findGiven(list);
            return given.or(() -> CHART.matcher(list).matches() ? Optional.empty() : labels.find(list))
                    .map(NamedList::id)
                    .orElseGet(() -> chart(list));
        } catch (ListNameException e) {
            throw wrong("exclude has an unclear list. "
                    + String.valueOf(e.getMessage()).replaceFirst("[.]$", "")); // the reader of the file ends it
        }
    }

    private static String chart(String list) {
        if (!CHART.matcher(list).matches()) {
            throw wrong("exclude has the list '" + list + "', which is not an id, a link or a known name. Write it as"
                    + " './chartlake status' shows it, or name it under 'names'");
        }
        return list;
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException(what);
    }
}
