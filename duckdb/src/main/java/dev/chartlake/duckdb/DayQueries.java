package dev.chartlake.duckdb;

import static java.util.stream.Collectors.joining;

import dev.chartlake.duckdb.files.LakeFiles;
import dev.chartlake.model.Table;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the application's own queries can say beyond the views: {@code playlist_entries_on_20261121} for the rows of one
 * day, from that day's own files.
 */
public final class DayQueries {
    private static final Pattern ON_DAY = Pattern.compile(
            "\\b(" + Arrays.stream(Table.values()).map(Views::days).collect(joining("|")) + ")_on_(\\d{8})\\b");
    private static final Pattern WITH = Pattern.compile("\\s*with\\s", Pattern.CASE_INSENSITIVE);

    private DayQueries() {}

    /** Queries that are read instead of views. */
    @FunctionalInterface
    interface Instead {
        /** A query with the rows of a view; null if the view itself is read. */
        @Nullable String query(String view) throws IOException;
    }

    /** The query with the rows of the days that it names, from the files as they are now. */
    static String withDays(String sql, LakeViews views, LakeFiles files) throws IOException {
        var parts = new LinkedHashMap<String, String>();
        for (var found : ON_DAY.matcher(sql).results().toList()) {
            if (!parts.containsKey(found.group())) {
                var table = table(found.group(1));
                var date = LocalDate.parse(found.group(2), DateTimeFormatter.BASIC_ISO_DATE);
                var rows = views.rows(table, files.day(table, date).days());
                parts.put(found.group(), found.group() + " AS NOT MATERIALIZED (" + rows + ")");
            }
        }
        return with(parts.values(), sql);
    }

    /**
     * The query with the views that it reads as parts of itself, so that these can read other tables. What it defines by
     * {@code WITH} must not be called as a view.
     *
     * @param instead for some views, by their names, a query that has their rows; null for the others
     */
    static String inlined(String sql, Instead instead) throws IOException {
        var parts = new LinkedHashMap<String, String>();
        for (var name : Views.named(sql)) {
            inline(name, instead, parts);
        }
        return with(parts.values(), sql);
    }

    private static void inline(String name, Instead instead, Map<String, String> parts) throws IOException {
        var query = instead.query(name);
        if (parts.containsKey(name) || query == null && !Views.names().contains(name)) {
            return;
        }
        if (query == null) {
            for (var source : Views.direct(name)) {
                inline(source, instead, parts);
            }
            query = Views.queryOfDuckDb(name);
        }
        parts.put(name, name + " AS NOT MATERIALIZED (" + query + ")");
    }

    private static String with(Collection<String> parts, String sql) {
        if (parts.isEmpty()) {
            return sql;
        }
        var own = WITH.matcher(sql);
        return "WITH " + String.join(", ", parts) + (own.lookingAt() ? ", " + sql.substring(own.end()) : " " + sql);
    }

    private static Table table(String view) {
        return Arrays.stream(Table.values())
                .filter(table -> Views.days(table).equals(view))
                .findFirst()
                .orElseThrow();
    }
}
