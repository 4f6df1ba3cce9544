package dev.chartlake.sql;

import static java.util.stream.Collectors.toCollection;

import dev.chartlake.model.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The views on top of the tables: the {@code .sql} files in {@code views/}. A file that says {@code {form}} or
 * {@code {key}} gives two views, one that goes by {@code song_id} and one, named {@code …_by_recording}, that goes by
 * {@code recording_id}. The SQL is what DuckDB, Trino and Snowflake have in common.
 */
public final class DerivedViews {
    /** Each file, after those it reads from. */
    private static final List<String> FILES = List.of(
            "songs",
            "albums",
            "artists",
            "artist_songs",
            "recordings",
            "playlist_entries_by_recording",
            "song_days_by_recording",
            "list_snapshots",
            "lists",
            "chart_entries",
            "chart_history",
            "chart_exits",
            "chart_turnover",
            "song_stats",
            "artist_stats",
            "album_stats",
            "market_overlap",
            "popularity_history",
            "catalog_changes",
            "chart_reported");

    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern COMMENT = Pattern.compile("--.*");

    private DerivedViews() {}

    /** Read once, when a query first needs a view. */
    private static final class All {
        private static final Map<String, String> QUERIES = Collections.unmodifiableMap(read());
    }

    /** The query of each view by the view's name; a view comes after those it reads from. */
    public static Map<String, String> all() {
        return All.QUERIES;
    }

    /** The relation with every day's rows of a table, from which the views read: as the table, or {@code song_days}. */
    public static String days(Table table) {
        return LakeViews.days(table);
    }

    private static Map<String, String> read() {
        var queries = new LinkedHashMap<String, String>();
        for (var file : FILES) {
            var sql = resource("views/" + file + ".sql");
            if (sql.contains("{key}") || sql.contains("{form}")) {
                for (var form : Form.values()) {
                    queries.put(file + form.suffix(), form.of(sql));
                }
            } else {
                queries.put(file, sql);
            }
        }
        return queries;
    }

    /** The views that the view {@code name} reads, and those that these read. */
    static Set<String> sources(String name) {
        var all = all();
        var sources = words(COMMENT.matcher(all.getOrDefault(name, "")).replaceAll(""));
        sources.retainAll(LakeViews.names());
        sources.remove(name);
        List.copyOf(sources).forEach(source -> sources.addAll(sources(source)));
        return sources;
    }

    private static Set<String> words(String sql) {
        return WORD.matcher(sql.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(toCollection(HashSet::new));
    }

    private static String resource(String name) {
        try (InputStream in = DerivedViews.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing from the application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
