package dev.chartlake.views;

import static java.util.stream.Collectors.toCollection;

import dev.chartlake.lists.ListLabels;
import dev.chartlake.model.Table;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The views on top of the tables: the {@code .sql} files beside this class. A file that says {@code {form}} or
 * {@code {key}} gives two views, one that goes by {@code song_id} and one, named {@code …_by_recording}, that goes by
 * {@code recording_id}. Those of {@link LabelViews} are made of what is built in. The SQL is what DuckDB, Trino and
 * Snowflake have in common. A part that is marked {@code {once}} is a step of its own for DuckDB, whose optimizer visits
 * what is below a window twice, and so what is below ten windows a thousand times.
 */
public final class Views {
    /** Each file, after those it reads from. */
    private static final List<String> FILES = List.of(
            "songs",
            "albums",
            "artists",
            "artist_songs",
            "recordings",
            "playlist_entries_by_recording",
            "song_days_by_recording",
            "excluded_snapshots",
            "list_snapshots",
            "lists",
            "chart_entries",
            "chart_history",
            "chart_exits",
            "chart_turnover",
            "chart_anomalies",
            "song_stats",
            "artist_stats",
            "album_stats",
            "market_overlap",
            "popularity_history",
            "catalog_changes",
            "chart_reported");

    /** Those that say {@code {form}} or {@code {key}}. */
    private static final Set<String> BY_KEY = Set.of(
            "chart_entries",
            "chart_history",
            "chart_exits",
            "chart_turnover",
            "chart_anomalies",
            "song_stats",
            "artist_stats",
            "album_stats",
            "market_overlap",
            "popularity_history");

    private static final List<String> NAMES = namesOfFiles();
    private static final List<String> EVERY_NAME = sortedNames();
    private static final Map<String, String> QUERIES = new ConcurrentHashMap<>();
    private static final Map<String, Set<String>> DIRECT = new ConcurrentHashMap<>();
    private static final String ONCE = "{once}";
    private static final boolean ONCE_OFF = "off".equals(System.getProperty("chartlake.once"));
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern COMMENT = Pattern.compile("--.*");
    private static final Pattern TEXT = Pattern.compile("'[^']*'");

    private Views() {}

    /** The query of each view by the view's name; a view comes after those it reads from. */
    public static Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        names().forEach(name -> all.put(name, query(name)));
        return all;
    }

    /** The names of all these views; one comes after those it reads from. */
    public static List<String> names() {
        return NAMES;
    }

    /** The query of a view; empty for one that is none of these. Its file is read when a query first needs it. */
    public static String query(String name) {
        return marked(name).replace(ONCE, "");
    }

    /** The query of a view in the form that DuckDB plans fastest; empty if there is no such view. */
    public static String queryOfDuckDb(String name) {
        return marked(name).replace(ONCE, ONCE_OFF ? "" : "MATERIALIZED ");
    }

    private static String marked(String name) {
        return NAMES.contains(name) ? QUERIES.computeIfAbsent(name, Views::read) : "";
    }

    /** The view that holds every day's rows of a table: the table's own name, or {@code song_days} for {@code songs}. */
    public static String days(Table table) {
        return switch (table) {
            case SONGS -> "song_days";
            case ALBUMS -> "album_days";
            case ARTISTS -> "artist_days";
            default -> table.sqlName();
        };
    }

    /** What the rows of a day are called. {@code view} is a view of every day's rows, such as {@code song_days}. */
    public static String onDay(String view, LocalDate date) {
        return view + "_on_" + date.format(DateTimeFormatter.BASIC_ISO_DATE);
    }

    /** The names of all views, those of every day's rows among them, sorted. */
    public static List<String> everyName() {
        return EVERY_NAME;
    }

    private static List<String> sortedNames() {
        var names = new ArrayList<>(NAMES);
        for (var table : Table.values()) {
            names.add(days(table));
        }
        Collections.sort(names);
        return List.copyOf(names);
    }

    private static List<String> namesOfFiles() {
        var names = new ArrayList<>(LabelViews.NAMES);
        for (var file : FILES) {
            names.add(file);
            if (BY_KEY.contains(file)) {
                names.add(file + HistoryForm.RECORDING.suffix());
            }
        }
        return List.copyOf(names);
    }

    private static String read(String name) {
        if (LabelViews.NAMES.contains(name)) {
            return LabelViews.query(name, ListLabels.BUILT_IN);
        }
        var file = name;
        var form = HistoryForm.SONG;
        if (!FILES.contains(name)) {
            form = HistoryForm.RECORDING;
            file = name.substring(0, name.length() - form.suffix().length());
        }
        return form.of(resource(file + ".sql"));
    }

    /** The views that the view {@code name} reads, and those that these read. */
    public static Set<String> sources(String name) {
        var sources = new HashSet<>(direct(name));
        List.copyOf(sources).forEach(source -> sources.addAll(sources(source)));
        return sources;
    }

    /** The views that the view {@code name} itself reads. */
    public static Set<String> direct(String name) {
        return DIRECT.computeIfAbsent(name, view -> {
            if (LabelViews.NAMES.contains(view)) {
                return Set.of(); // names of lists can be words such as songs
            }
            var sources = named(
                    TEXT.matcher(COMMENT.matcher(query(view)).replaceAll("")).replaceAll(""));
            sources.remove(view);
            return Set.copyOf(sources);
        });
    }

    /** The views, those of every day's rows among them, whose names are words of a text. */
    public static Set<String> named(String sql) {
        var names = words(sql);
        names.retainAll(EVERY_NAME);
        return names;
    }

    private static Set<String> words(String sql) {
        return WORD.matcher(sql.toLowerCase(Locale.ROOT))
                .results()
                .map(MatchResult::group)
                .collect(toCollection(HashSet::new));
    }

    private static String resource(String name) {
        try (InputStream in = Views.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new FileNotFoundException(name + " is missing from the application");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
