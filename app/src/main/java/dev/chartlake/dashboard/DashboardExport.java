package dev.chartlake.dashboard;

import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
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
    private static final int LONGEST_NAME = 120;

    private final DashboardData data;
    private final Path folder;
    private final int days;
    private int files;
    private long bytes;

    /**
     * What an export has written.
     *
     * @param files how many
     * @param bytes their size
     */
    public record Written(int files, long bytes) {}

    private DashboardExport(DashboardData data, Path folder, int days) {
        this.data = data;
        this.folder = folder;
        this.days = days;
    }

    /**
     * Writes the site; an earlier export in the same folder is replaced.
     *
     * @param days how many of each list's last snapshots, at least 1
     * @throws FileAlreadyExistsException if the folder holds something else
     */
    public static Written write(LocalStore store, StatusLook look, Path folder, int days, boolean images)
            throws IOException {
        refuseOther(folder);
        try (DashboardData data = new DashboardData(store)) {
            DashboardExport export = new DashboardExport(data, folder, Math.max(1, days));
            export.page(images);
            export.put("data/status.js", new String(new Status(look).json("export"), StandardCharsets.UTF_8));
            export.lists();
            return new Written(export.files, export.bytes);
        }
    }

    private static void refuseOther(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            if (all.findAny().isEmpty()) {
                return;
            }
        }
        Path index = folder.resolve("index.html");
        if (!Files.exists(index) || !Files.readString(index).contains("data-exported=\"true\"")) {
            throw new FileAlreadyExistsException(
                    folder + " holds something that is no export of this dashboard. Name another folder, or empty it.");
        }
        try (Stream<Path> old = Files.walk(folder.resolve("data"))) {
            for (Path file : old.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (java.nio.file.NoSuchFileException none) {
            // The earlier one ended before it had data.
        }
    }

    private void page(boolean images) throws IOException {
        String policy = "<meta http-equiv=\"Content-Security-Policy\" content=\""
                + Policy.of(images ? Policy.Images.SHOWN : Policy.Images.LEFT_OUT)
                + "\">\n<meta name=\"referrer\" content=\"no-referrer\">\n";
        Map<String, String> mode = new LinkedHashMap<>();
        mode.put("images", String.valueOf(images));
        mode.put("exported", "true");
        mode.put("exported-at", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        for (String name : PageFiles.others()) {
            if (!name.equals("index.html")) {
                file(name, PageFiles.bytes(name));
            }
        }
        for (String name : PageFiles.SCRIPTS) {
            file(name, PageFiles.bytes(name));
        }
        file("index.html", PageFiles.index(policy, mode).getBytes(StandardCharsets.UTF_8));
    }

    private void lists() throws IOException {
        Set<String> overlaps = new TreeSet<>();
        String lists = data.text(DataView.LISTS, Map.of());
        ObjectNode shown = (ObjectNode) JSON.readTree(lists);
        put("data/lists.js", shown.toString());
        for (JsonNode row : shown.get("lists").get("rows")) {
            list(row.get(0).asString(), row.get(1).asString(), overlaps);
        }
        for (String date : overlaps) {
            Map<String, String> parameters = Map.of("date", date);
            put(path("overlap", date), data.text(DataView.OVERLAP, parameters));
        }
    }

    private void list(String source, String list, Set<String> overlaps) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("source", source, "list", list));
        ObjectNode dates = (ObjectNode) JSON.readTree(data.text(DataView.DATES, parameters));
        ArrayNode rows = (ArrayNode) dates.get("dates").get("rows");
        while (rows.size() > days) {
            rows.remove(0);
        }
        put(path("dates", source, list), dates.toString());
        Set<String> songs = new TreeSet<>();
        Set<String> artists = new TreeSet<>();
        Set<String> credits = new TreeSet<>();
        for (JsonNode row : rows) {
            String date = row.get(0).asString();
            overlaps.add(date);
            parameters.put("date", date);
            String chart = data.text(DataView.CHART, parameters);
            put(path("chart", source, list, date), chart);
            JsonNode tables = JSON.readTree(chart);
            collect(tables.get("chart"), "song_id", songs);
            collect(tables.get("exits"), "song_id", songs);
            collect(tables.get("credits"), "artist_id", artists);
            collect(tables.get("chart"), "artist_names", credits);
        }
        parameters.put("since", rows.get(0).get(0).asString());
        parameters.put("until", rows.get(rows.size() - 1).get(0).asString());
        parameters.put("top", ALL);
        put(path("span", source, list), data.text(DataView.SPAN, parameters));
        for (String song : songs) {
            parameters.put("song", song);
            put(path("song", source, list, song), data.text(DataView.SONG, parameters));
        }
        artists(source, list, artists, artists.isEmpty() ? credits : Set.of());
    }

    /** Where artists have no ids, as in chart files, a song's whole credit stands for one. */
    private void artists(String source, String list, Set<String> artists, Set<String> credits) throws IOException {
        Map<String, String> parameters = new LinkedHashMap<>(Map.of("source", source, "list", list, "credit", ""));
        for (String artist : artists) {
            parameters.put("artist", artist);
            put(path("artist", source, list, artist, ""), data.text(DataView.ARTIST, parameters));
        }
        parameters.put("artist", "");
        for (String credit : credits) {
            String path = path("artist", source, list, "", credit);
            if (path.substring(path.lastIndexOf('/')).length() <= LONGEST_NAME) {
                parameters.put("credit", credit);
                put(path, data.text(DataView.ARTIST, parameters));
            }
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

    /** As the page makes it: each part percent-encoded, with a tilde for what web servers and disks treat in their own ways. */
    static String path(String view, String... parts) {
        StringBuilder path = new StringBuilder("data/" + view);
        for (String part : parts) {
            path.append('/').append(part.isEmpty() ? "_" : encoded(part));
        }
        return path + ".js";
    }

    private static String encoded(String part) {
        StringBuilder name = new StringBuilder();
        for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            if (letter < 128
                    && (Character.isLetterOrDigit(letter) || letter == '-' || letter == '_' || letter == '.')) {
                name.append(letter);
            } else if ("!'()*~".indexOf(letter) >= 0 && letter < 128) {
                name.append('~');
            } else {
                name.append('~').append(String.format(java.util.Locale.ROOT, "%02X", (int) letter));
            }
        }
        return name.toString();
    }

    private void put(String path, String json) throws IOException {
        file(path, ("C.put(" + JSON.writeValueAsString(path) + "," + json + ");\n").getBytes(StandardCharsets.UTF_8));
    }

    private void file(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        Files.write(file, content);
        files++;
        bytes += content.length;
    }

    /** What to tell whoever exports. */
    public static List<String> leftOut(int days) {
        return List.of("There are the last " + days + " snapshots of each list, with the songs and artists on them."
                + " Older days, songs that had left before, and SQL are left out.");
    }
}
