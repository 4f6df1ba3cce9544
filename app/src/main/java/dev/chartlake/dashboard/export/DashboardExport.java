package dev.chartlake.dashboard.export;

import dev.chartlake.dashboard.DashboardData;
import dev.chartlake.dashboard.DataView;
import dev.chartlake.dashboard.PageFiles;
import dev.chartlake.dashboard.PagePolicy;
import dev.chartlake.dashboard.Status;
import dev.chartlake.dashboard.StatusLook;
import dev.chartlake.model.Progress;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.ViewSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The dashboard as files. Each answer is a script, because a page from disk may load scripts but fetch nothing. There are
 * the last days of each list, and all songs and artists on them; there is no SQL.
 */
public final class DashboardExport {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = "9999";

    private final DashboardData data;
    private final ExportFolder folder;
    private final ExportNames names = new ExportNames();
    private final int days;

    /**
     * What an export has written.
     *
     * @param files how many
     * @param bytes their size
     */
    public record Written(int files, long bytes) {}

    private DashboardExport(DashboardData data, ExportFolder folder, int days) {
        this.data = data;
        this.folder = folder;
        this.days = days;
    }

    /**
     * Writes the site; an earlier export in the same folder is replaced once the new one is whole.
     *
     * @param excluded the snapshots to leave out of history
     * @param days how many of each list's last snapshots, at least 1
     * @throws FileAlreadyExistsException if the folder holds something else
     */
    public static Written write(
            LocalStore store,
            StatusLook look,
            ViewSettings views,
            Path folder,
            int days,
            boolean images,
            Progress progress)
            throws IOException {
        try (ExportFolder begun = ExportFolder.begin(folder);
                DashboardData data = new DashboardData(store, views)) {
            begun.sweep();
            DashboardExport export = new DashboardExport(data, begun, Math.max(1, days));
            export.put("data/status.js", new String(new Status(look).json("export"), StandardCharsets.UTF_8));
            export.lists(progress);
            export.put("data/names.js", JSON.writeValueAsString(export.names.numbered()));
            export.page(images);
            return begun.finish();
        }
    }

    private void page(boolean images) throws IOException {
        String policy = "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + PagePolicy.of(images ? PagePolicy.Images.SHOWN : PagePolicy.Images.LEFT_OUT)
                + "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
        Map<String, String> mode = new LinkedHashMap<>();
        mode.put("images", String.valueOf(images));
        mode.put("exported", "true");
        mode.put("exported-at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        for (String name : PageFiles.others()) {
            if (!name.equals("index.html")) {
                folder.write(name, PageFiles.bytes(name));
            }
        }
        for (String name : PageFiles.SCRIPTS) {
            folder.write(name, PageFiles.bytes(name));
        }
        folder.write("index.html", PageFiles.index(policy, mode).getBytes(StandardCharsets.UTF_8));
    }

    private void lists(Progress progress) throws IOException {
        Set<String> overlaps = new TreeSet<>();
        String lists = data.text(DataView.LISTS, Map.of());
        ObjectNode shown = (ObjectNode) JSON.readTree(lists);
        put("data/lists.js", shown.toString());
        put("data/opening.js", data.text(DataView.OPENING, Map.of()));
        JsonNode all = shown.get("lists").get("rows");
        int done = 0;
        for (JsonNode row : all) {
            list(row.get(0).asString(), row.get(1).asString(), overlaps);
            progress.at(++done, all.size());
        }
        for (String date : overlaps) {
            Map<String, String> parameters = Map.of("date", date);
            put(names.path("overlap", date), data.text(DataView.OVERLAP, parameters));
        }
    }

    private void list(String source, String list, Set<String> overlaps) throws IOException {
        data.makeReady(source, list);
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("source", source, "list", list));
        ObjectNode dates = (ObjectNode) JSON.readTree(data.text(DataView.DATES, parameters));
        ArrayNode rows = (ArrayNode) dates.get("dates").get("rows");
        while (rows.size() > days) {
            rows.remove(0);
        }
        put(names.path("dates", source, list), dates.toString());
        Set<String> songs = new TreeSet<>();
        Set<String> artists = new TreeSet<>();
        Set<String> credits = new TreeSet<>();
        for (JsonNode row : rows) {
            String date = row.get(0).asString();
            overlaps.add(date);
            parameters.put("date", date);
            String chart = data.text(DataView.CHART, parameters);
            put(names.path("chart", source, list, date), chart);
            JsonNode tables = JSON.readTree(chart);
            collect(tables.get("chart"), "song_id", songs);
            collect(tables.get("exits"), "song_id", songs);
            collect(tables.get("credits"), "artist_id", artists);
            collect(tables.get("chart"), "artist_names", credits);
        }
        parameters.put("since", rows.get(0).get(0).asString());
        parameters.put("until", rows.get(rows.size() - 1).get(0).asString());
        parameters.put("top", ALL);
        put(names.path("span", source, list), data.text(DataView.SPAN, parameters));
        data.gather(songs, artists);
        try {
            for (String song : songs) {
                parameters.put("song", song);
                put(names.path("song", source, list, song), data.text(DataView.SONG, parameters));
            }
            artists(source, list, artists, artists.isEmpty() ? credits : Set.of());
        } finally {
            data.release();
        }
    }

    /** Where artists have no ids, as in chart files, a song's whole credit stands for one. */
    private void artists(String source, String list, Set<String> artists, Set<String> credits) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("source", source, "list", list, "credit", ""));
        for (String artist : artists) {
            parameters.put("artist", artist);
            put(names.path("artist", source, list, artist, ""), data.text(DataView.ARTIST, parameters));
        }
        parameters.put("artist", "");
        for (String credit : credits) {
            parameters.put("credit", credit);
            put(names.path("artist", source, list, "", credit), data.text(DataView.ARTIST, parameters));
        }
    }

    private static void collect(JsonNode table, String column, Set<String> into) {
        int at = 0;
        while (!table.get("columns").get(at).asString().equals(column)) {
            at++;
        }
        for (JsonNode row : table.get("rows")) {
            if (!row.get(at).isNull()) {
                into.add(row.get(at).asString());
            }
        }
    }

    private void put(String path, String json) throws IOException {
        folder.write(
                path,
                ("C.put(" + JSON.writeValueAsString(path) + "," + json + ");\n").getBytes(StandardCharsets.UTF_8));
    }

    /** What to tell whoever exports. */
    public static List<String> leftOut(int days) {
        return List.of("There are the last " + days + " snapshots of each list, with the songs and artists on them."
                + " Older days, songs that had left before, and SQL are left out.");
    }
}
