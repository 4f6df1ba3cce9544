package dev.chartlake.dashboard;

import dev.chartlake.dashboard.Queries.BadRequest;
import dev.chartlake.sql.DuckDbLake;
import dev.chartlake.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The page's data, out of one DuckDB. Histories of the lists last looked at, and answers given, are kept until a day is
 * committed. Used by any number of threads.
 */
final class DashboardData implements Closeable {

    static final JsonFactory JSON = new JsonFactory();

    private static final int HISTORIES = 6;
    private static final int ANSWERS = 32 << 20;
    private static final List<String> SHARED = List.of("snapshots", "catalogue", "catalogue_artists");

    private final DuckDbLake lake;
    private final LakeState state;
    private final Map<String, String> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<String, byte[]> answers = new LinkedHashMap<>(16, 0.75f, true);
    private long answerBytes;
    private String keptState = "";
    private int tables;

    DashboardData(LocalStore store) throws IOException {
        lake = new DuckDbLake(store.root(), store::shared);
        state = new LakeState(store.root());
    }

    /** Which state of the lake answers are of. */
    String state() throws IOException {
        return state.now();
    }

    /** The view's tables as one JSON object, in UTF-8. Throws {@link BadRequest} if a parameter is missing or wrong. */
    byte[] view(DataView view, Map<String, String> parameters) throws IOException {
        Map<String, String> needed = new LinkedHashMap<>();
        for (String name : view.parameters()) {
            String value = parameters.get(name);
            if (value == null) {
                throw new BadRequest("The parameter " + name + " is missing.");
            }
            needed.put(name, value);
        }
        String key = view + " " + needed;
        synchronized (answers) {
            forgetOldState();
            byte[] known = answers.get(key);
            if (known != null) {
                return known;
            }
        }
        String before = state();
        byte[] answer = ask(view, needed);
        synchronized (answers) {
            if (before.equals(keptState) && answers.put(key, answer) == null) {
                answerBytes += answer.length;
                var oldest = answers.entrySet().iterator();
                while (answerBytes > ANSWERS && oldest.hasNext()) {
                    answerBytes -= oldest.next().getValue().length;
                    oldest.remove();
                }
            }
        }
        return answer;
    }

    /** Runs somebody's SQL; no more than {@code most} rows come back. */
    byte[] sql(String sql, long most) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            lake.run(sql, new JsonTable(json, most));
        }
        return out.toByteArray();
    }

    @Override
    public void close() throws IOException {
        lake.close();
    }

    private byte[] ask(DataView view, Map<String, String> parameters) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            for (String query : view.queries()) {
                json.writeName(query);
                String sql = Queries.of(query, parameters, tables(query, parameters));
                lake.run(sql, new JsonTable(json, Long.MAX_VALUE));
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private void forgetOldState() throws IOException {
        String now = state();
        if (!now.equals(keptState)) {
            keptState = now;
            answers.clear();
            answerBytes = 0;
            synchronized (kept) {
                for (String table : kept.values()) {
                    lake.forget(table);
                }
                kept.clear();
            }
        }
    }

    /** The tables that a query reads, kept by now. */
    private Map<String, String> tables(String query, Map<String, String> parameters) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        for (String shared : SHARED) {
            if (Queries.reads(query, shared)) {
                names.put(shared, keep(shared, shared, Map.of()));
            }
        }
        if (Queries.reads(query, "history")) {
            String list = parameters.get("source") + " " + parameters.get("list");
            names.put("history", keep("history " + list, "history", parameters));
        }
        return names;
    }

    private String keep(String key, String query, Map<String, String> parameters) throws IOException {
        synchronized (kept) {
            String table = kept.get(key);
            if (table == null) {
                table = "kept_" + query + "_" + ++tables;
                lake.keep(table, Queries.of(query, parameters, Map.of()));
                kept.put(key, table);
                forgetOldest();
            }
            return table;
        }
    }

    private void forgetOldest() throws IOException {
        List<String> histories = new ArrayList<>();
        for (String key : kept.keySet()) {
            if (key.startsWith("history ")) {
                histories.add(key);
            }
        }
        for (String key : histories.subList(0, Math.max(0, histories.size() - HISTORIES))) {
            String table = kept.remove(key);
            if (table != null) {
                lake.forget(table);
            }
        }
    }

    /** The answer as text, for the export. */
    String text(DataView view, Map<String, String> parameters) throws IOException {
        return new String(view(view, parameters), StandardCharsets.UTF_8);
    }
}
