package dev.chartlake.dashboard;

import dev.chartlake.dashboard.Queries.BadRequest;
import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.query.ResultColumn;
import dev.chartlake.query.ResultSink;
import dev.chartlake.query.SqlText;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.HistoryForm;
import dev.chartlake.views.ViewSettings;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The page's data, out of one DuckDB. Histories of the lists last looked at, and answers given, are kept until a day is
 * committed. Used by any number of threads.
 */
public final class DashboardData implements Closeable {

    static final JsonFactory JSON = new JsonFactory();

    private static final int HISTORIES = 6;
    private static final int ANSWERS = 32 << 20;
    private static final int LONGEST_PARAMETER = 4000;

    /** What a kept answer costs beside its bytes and its key, in bytes. */
    private static final int KEPT = 300;

    private final DuckDbLake lake;
    private final LakeState state;
    private final KeptTables kept;
    private final Background background = new Background();
    private final ExecutorService threads = Executors.newCachedThreadPool(Background::daemon);
    private final Map<String, byte[]> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long answerBytes;
    private volatile String lastList = "";
    private volatile Map<String, String> gathered = Map.of();
    private String keptState = "";

    public DashboardData(LocalStore store, ViewSettings views) throws IOException {
        lake = DuckDbLake.serving(store.root(), store::shared, views);
        state = new LakeState(store.root());
        kept = new KeptTables(lake);
    }

    /** Which state of the lake answers are of. */
    String state() throws IOException {
        return state.now();
    }

    /** Begins to make what views need before they are asked for: first what the first one needs, and {@code last} in the end. */
    void warm(Background.Task last) throws IOException {
        synchronized (answers) {
            keptState = state(); // else the first view would give up what is made here
        }
        background.run(() -> reading(() -> table("snapshots", Map.of())));
        for (String table : List.of("recordings", "catalogue_artists", "catalogue")) {
            background.later(() -> reading(() -> table(table, Map.of())));
        }
        background.later(() -> view(DataView.COLUMNS, Map.of()));
        background.later(last);
    }

    /** The view's tables as one JSON object, in UTF-8. Throws {@link BadRequest} if a parameter is missing or wrong. */
    byte[] view(DataView view, Map<String, String> parameters) throws IOException {
        Map<String, String> needed = new LinkedHashMap<>();
        for (String name : view.parameters()) {
            String value = parameters.get(name);
            if (value == null) {
                throw new BadRequest("The parameter " + name + " is missing.");
            }
            if (value.length() > LONGEST_PARAMETER) {
                throw new BadRequest("The parameter " + name + " is longer than " + LONGEST_PARAMETER + " characters.");
            }
            needed.put(name, value);
        }
        if (parameters.containsKey(Queries.BY)) {
            needed.put(Queries.BY, parameters.get(Queries.BY));
        }
        Queries.form(needed);
        String key = view + " " + needed;
        String before;
        synchronized (answers) {
            forgetOldState();
            before = keptState; // the state of the tables that are read
            byte[] known = answers.get(key);
            if (known != null) {
                return known;
            }
        }
        background.asked();
        byte[] answer = reading(() -> ask(view, needed));
        background.asked();
        synchronized (answers) {
            if (before.equals(keptState) && answers.put(key, answer) == null) {
                answerBytes += cost(key, answer);
                var oldest = answers.entrySet().iterator();
                while (answerBytes > ANSWERS && oldest.hasNext()) {
                    Map.Entry<String, byte[]> old = oldest.next();
                    answerBytes -= cost(old.getKey(), old.getValue());
                    oldest.remove();
                }
            }
        }
        return answer;
    }

    /** What a kept answer costs, in bytes. */
    private static long cost(String key, byte[] answer) {
        return answer.length + 2L * key.length() + KEPT;
    }

    @Override
    public void close() throws IOException {
        background.close();
        threads.shutdownNow();
        lake.close();
    }

    /** Something that reads kept tables. */
    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T reading(Reading<T> reading) throws IOException {
        kept.begin();
        try {
            return reading.read();
        } finally {
            kept.end();
        }
    }

    /** The view's queries, side by side: most of a query is not done by several threads. */
    private byte[] ask(DataView view, Map<String, String> parameters) throws IOException {
        Map<String, Future<byte[]>> tables = new LinkedHashMap<>();
        for (String query : view.queries()) {
            tables.put(query, threads.submit(() -> ask(query, parameters)));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Map.Entry<String, Future<byte[]>> table : tables.entrySet()) {
            String before = out.size() == 0 ? "{\"" : ",\"";
            out.writeBytes((before + table.getKey() + "\":").getBytes(StandardCharsets.UTF_8));
            out.writeBytes(Background.result(table.getValue()));
        }
        out.write('}');
        return out.toByteArray();
    }

    private byte[] ask(String query, Map<String, String> parameters) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            run(query, parameters, new JsonTable(json, Long.MAX_VALUE));
        }
        return out.toByteArray();
    }

    private void run(String query, Map<String, String> parameters, ResultSink sink) throws IOException {
        Map<String, String> tables = new LinkedHashMap<>();
        for (String table : Queries.tables(query)) {
            tables.put(table, table(table, parameters));
        }
        String sql = Queries.of(query, parameters, tables);
        lake.runSmall(sql, sql.contains(HistoryForm.RECORDING.suffix()) ? withRecordings(gathered) : gathered, sink);
    }

    /** Which ids are one recording is worked out once for all lists. */
    private Map<String, String> withRecordings(Map<String, String> instead) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(instead);
        all.put("recordings", table("recordings", Map.of()));
        return all;
    }

    private void forgetOldState() throws IOException {
        String now = state();
        if (!now.equals(keptState)) {
            keptState = now;
            answers.clear();
            answerBytes = 0;
            kept.giveUp("", 0);
        }
    }

    /** A table that queries read. To make a list's history takes a while: until it is there, that of some songs will do. */
    private String table(String name, Map<String, String> parameters) throws IOException {
        if (name.equals("history")) {
            return history(parameters);
        }
        if (name.equals("all_turnover")) {
            return turnover(parameters);
        }
        if (name.equals("song_key")) {
            return songKey(parameters);
        }
        if (name.endsWith("_history")) {
            String history = kept.find(historyKey(parameters));
            if (history == null) {
                return name.equals("top_history") ? topHistory(parameters) : someHistory(name, parameters);
            }
            return history;
        }
        return kept.keep(name, Queries.of(name, parameters, Map.of()), Map.of());
    }

    /** The recording of the song that is asked for, or its id where songs count by their ids; as a literal. */
    private String songKey(Map<String, String> parameters) throws IOException {
        String song = SqlText.literal(parameters.getOrDefault("song", ""));
        List<String> keys = keys(List.of(song), parameters);
        return keys.isEmpty() ? song : keys.get(0);
    }

    private String history(Map<String, String> parameters) throws IOException {
        String table =
                kept.keep(historyKey(parameters), Queries.of("history", parameters, Map.of()), insteads(parameters));
        kept.giveUp("history ", HISTORIES);
        return table;
    }

    /** The snapshots that count are found out once for all lists. */
    private Map<String, String> snapshots() throws IOException {
        return Map.of("list_snapshots", table("snapshots", Map.of()));
    }

    private Map<String, String> insteads(Map<String, String> parameters) throws IOException {
        return Queries.form(parameters) == HistoryForm.RECORDING ? withRecordings(snapshots()) : snapshots();
    }

    private static String historyKey(Map<String, String> parameters) {
        return "history " + Queries.form(parameters) + " " + parameters.get("source") + " " + parameters.get("list");
    }

    private String turnover(Map<String, String> parameters) throws IOException {
        String key =
                "turnover " + Queries.form(parameters) + " " + parameters.get("source") + " " + parameters.get("list");
        String table = kept.keep(key, Queries.of("all_turnover", parameters, Map.of()), insteads(parameters));
        kept.giveUp("turnover ", HISTORIES);
        return table;
    }

    /** The history of a span's songs on top. They are mostly those of its last day's chart, whose history is there. */
    private String topHistory(Map<String, String> parameters) throws IOException {
        Map<String, String> day = new LinkedHashMap<>();
        day.put(Queries.BY, Queries.form(parameters) == HistoryForm.SONG ? "song" : "recording");
        day.put("source", parameters.getOrDefault("source", ""));
        day.put("list", parameters.getOrDefault("list", ""));
        day.put(
                "date",
                Queries.date("until", parameters.getOrDefault("until", "")).toString());
        int top = Integer.parseInt(Queries.number("top", parameters));
        return first("charted", day).size() >= top ? someHistory("day_history", day) : history(parameters);
    }

    private String someHistory(String name, Map<String, String> parameters) throws IOException {
        String key = "some " + name + " " + parameters;
        String known = kept.find(key);
        if (known != null) {
            return known;
        }
        List<String> songs = songs(name, parameters);
        String literals = songs.isEmpty() ? "NULL" : String.join(", ", songs);
        String table =
                kept.keep(key, Queries.of("some_history", parameters, Map.of("songs", literals)), insteads(parameters));
        kept.giveUp("some ", HISTORIES);
        makeHistoryLater(parameters);
        return table;
    }

    /** Not at once, because the views that are asked for next need the processors; and not for lists only passed by. */
    private void makeHistoryLater(Map<String, String> parameters) {
        String list = historyKey(parameters);
        lastList = list;
        background.idle(() -> {
            if (list.equals(lastList)) {
                reading(() -> turnover(parameters));
                reading(() -> history(parameters));
            }
        });
    }

    /** What counts as one song, of songs with these ids; all of them as literals. */
    private List<String> keys(List<String> songs, Map<String, String> parameters) throws IOException {
        if (songs.isEmpty() || Queries.form(parameters) == HistoryForm.SONG) {
            return songs;
        }
        Map<String, String> tables =
                Map.of("songs", String.join(", ", songs), "recordings", table("recordings", Map.of()));
        return first(Queries.of("recordings_of", parameters, tables)).stream()
                .map(SqlText::literal)
                .toList();
    }

    /** The songs whose history a view needs, as literals. */
    private List<String> songs(String name, Map<String, String> parameters) throws IOException {
        Map<String, String> all = new LinkedHashMap<>(parameters);
        String date = parameters.get("date");
        String query = name + "_songs";
        if (date != null) {
            List<String> before = first("before", parameters);
            all.put("before", before.isEmpty() ? date : before.get(0));
            query += before.size() > 1 ? "_since" : "";
        }
        List<String> songs = first(query, all).stream().map(SqlText::literal).toList();
        return name.equals("song_history") ? songs : keys(songs, parameters);
    }

    /** A query's first column, as text. */
    private List<String> first(String query, Map<String, String> parameters) throws IOException {
        FirstColumn values = new FirstColumn();
        run(query, parameters, values);
        return values.texts;
    }

    private List<String> first(String sql) throws IOException {
        FirstColumn values = new FirstColumn();
        lake.runSmall(sql, Map.of(), values);
        return values.texts;
    }

    /** Takes the first column of a query's rows, as text. */
    private static final class FirstColumn implements ResultSink {
        private final List<String> texts = new ArrayList<>();

        @Override
        public void columns(List<ResultColumn> columns) {}

        @Override
        public void row(List<@Nullable Object> row) {
            texts.add(String.valueOf(row.get(0)));
        }

        @Override
        public void end() {}
    }

    /** The answer as text, for the export. */
    public String text(DataView view, Map<String, String> parameters) throws IOException {
        return new String(view(view, parameters), StandardCharsets.UTF_8);
    }

    /** Makes what all of a list's views read, which is worth while if all of them are asked for. */
    public void makeReady(String source, String list) throws IOException {
        Map<String, String> parameters = Map.of("source", source, "list", list);
        reading(() -> turnover(parameters));
        reading(() -> history(parameters));
    }

    /**
     * Keeps the rows of these songs and artists, so that views of each of them read no files. Until {@link #release}, only such
     * views can be asked for.
     */
    public void gather(Set<String> songs, Set<String> artists) throws IOException {
        String recordings = table("recordings", Map.of());
        String ofRecordings = " WHERE recording_id IN (SELECT recording_id FROM " + recordings + " WHERE song_id IN ("
                + literals(songs) + "))";
        String ofSongs = " WHERE song_id IN (SELECT song_id FROM " + recordings + ofRecordings + ")";
        String ofArtists = "artist_id IN (" + literals(artists) + ")";
        Map<String, String> tables = new LinkedHashMap<>();
        for (String view : List.of("songs", "song_days", "playlist_entries")) {
            tables.put(view, gather(view, ofSongs));
        }
        String popularity = "popularity_history" + HistoryForm.RECORDING.suffix();
        tables.put(popularity, gather(popularity, ofRecordings));
        tables.put("song_artists", gather("song_artists", ofSongs + " OR " + ofArtists));
        tables.put("artists", gather("artists", " WHERE " + ofArtists));
        String albums = " WHERE album_id IN (SELECT album_id FROM " + tables.get("song_days") + ")";
        tables.put("album_days", gather("album_days", albums));
        gathered = tables;
    }

    private String gather(String view, String where) throws IOException {
        return reading(() -> kept.keep("gathered " + view, "SELECT * FROM " + view + where, withRecordings(Map.of())));
    }

    private static String literals(Set<String> values) {
        return values.isEmpty() ? "NULL" : values.stream().map(SqlText::literal).collect(Collectors.joining(", "));
    }

    /** Gives up what was gathered. */
    public void release() throws IOException {
        gathered = Map.of();
        kept.begin();
        kept.giveUp("gathered ", 0);
        kept.end();
    }
}
