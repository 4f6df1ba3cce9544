package dev.chartlake.testkit;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.LongStream;

/** Invented answers of the Spotify Web API, in the shapes that SPOTIFY's own have. */
public final class Answers {

    private static final String BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final int ID_LENGTH = 22;

    private Answers() {}

    /** 22 letters and digits, always the same ones for the same thing. */
    public static String id(String kind, String key) {
        UUID hash = UUID.nameUUIDFromBytes((kind + ":" + key).getBytes(StandardCharsets.UTF_8));
        BigInteger number = new BigInteger(hash.toString().replace("-", ""), 16);
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < ID_LENGTH; i++) {
            id.append(BASE62.charAt(number.mod(BigInteger.valueOf(62)).intValue()));
            number = number.divide(BigInteger.valueOf(62));
        }
        return id.toString();
    }

    /** The id of an invented playlist. */
    public static String list(String key) {
        return id("playlist", key);
    }

    /** A text as JSON, everything outside ASCII as it is. */
    public static String quote(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default -> json.append(c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }

    /** A row with a song, episode or local file, or with {@code null}. */
    public static String row(Dialect dialect, String item) {
        StringBuilder row = new StringBuilder("{\"added_at\":\"2024-02-03T04:05:06Z\",\"added_by\":{\"id\":\"kari\","
                + "\"type\":\"user\",\"uri\":\"spotify:user:kari\"},\"is_local\":"
                + item.contains("\"is_local\":true") + ",\"primary_color\":null");
        dialect.fields()
                .forEach(field -> row.append(",\"").append(field).append("\":").append(item));
        return row.append(",\"video_thumbnail\":{\"url\":null}}").toString();
    }

    /** A row with a song. */
    public static String row(Dialect dialect, Song song) {
        return row(dialect, song.json());
    }

    /** Rows with the songs of these numbers, the second one excluded. */
    public static List<String> rows(Dialect dialect, long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(number -> row(dialect, Song.of(number)))
                .toList();
    }

    /** A podcast's episode. */
    public static String episode(String name, String show) {
        return "{\"description\":\"About it.\",\"duration_ms\":1800000,\"episode\":true,\"explicit\":false,"
                + Song.links("episode", id("episode", name)) + ",\"name\":" + quote(name)
                + ",\"release_date\":\"2024-01-02\",\"release_date_precision\":\"day\",\"show\":{"
                + Song.links("show", id("show", show)) + ",\"name\":" + quote(show) + "},\"track\":false}";
    }

    /** A file of somebody's own disk, which has a name but no id. */
    public static String local(String name, String artist) {
        return "{\"album\":{\"album_type\":null,\"artists\":[],\"available_markets\":[],\"external_urls\":{},\"href\":null,"
                + "\"id\":null,\"images\":[],\"name\":\"\",\"release_date\":null,\"release_date_precision\":null,"
                + "\"type\":\"album\",\"uri\":null},\"artists\":[{\"external_urls\":{},\"href\":null,\"id\":null,\"name\":"
                + quote(artist) + ",\"type\":\"artist\",\"uri\":null}],\"available_markets\":[],\"disc_number\":0,"
                + "\"duration_ms\":187000,\"explicit\":false,\"external_ids\":{},\"external_urls\":{},\"href\":null,"
                + "\"id\":null,\"is_local\":true,\"name\":" + quote(name) + ",\"popularity\":0,\"preview_url\":null,"
                + "\"track_number\":0,\"type\":\"track\",\"uri\":\"spotify:local:a:b:c:187\"}";
    }

    /** What is left of a song that was taken down: no id and no name. */
    public static String takenDown() {
        return "{\"album\":{\"album_type\":\"album\",\"artists\":[],\"external_urls\":{},\"href\":null,\"id\":null,"
                + "\"images\":[],\"name\":\"\",\"release_date\":null,\"release_date_precision\":null,\"type\":\"album\","
                + "\"uri\":null},\"artists\":[],\"disc_number\":0,\"duration_ms\":0,\"explicit\":false,"
                + "\"external_ids\":{},\"external_urls\":{},\"href\":null,\"id\":null,\"is_local\":false,\"name\":\"\","
                + "\"popularity\":0,\"preview_url\":null,\"track_number\":0,\"type\":\"track\",\"uri\":null}";
    }

    /** A page of a list's items that starts at {@code offset}, counted from 0. */
    public static String page(String list, int offset, int total, List<String> rows) {
        String next = offset + rows.size() < total
                ? quote(address(list, offset + rows.size(), Math.max(rows.size(), 1)))
                : "null";
        return "{\"href\":" + quote(address(list, offset, Math.max(rows.size(), 1))) + ",\"items\":["
                + String.join(",", rows) + "],\"limit\":" + Math.max(rows.size(), 1) + ",\"next\":" + next
                + ",\"offset\":" + offset + ",\"previous\":null,\"total\":" + total + "}";
    }

    private static String address(String list, int offset, int limit) {
        return "https://api.spotify.com/v1/playlists/" + list + "/tracks?offset=" + offset + "&limit=" + limit;
    }

    /** A page that holds the whole list. */
    public static String page(String list, List<String> rows) {
        return page(list, 0, rows.size(), rows);
    }

    /** A playlist with the page of its items in the fields that the dialect has. */
    public static String playlist(Dialect dialect, String list, String name, String page) {
        List<String> fields = new ArrayList<>(List.of(
                "\"collaborative\":false",
                "\"description\":\"For &amp; by tests\"",
                Song.links("playlist", list),
                "\"followers\":{\"href\":null,\"total\":4711}",
                "\"images\":[{\"height\":null,\"url\":\"https://i.scdn.co/image/" + list + "\",\"width\":null}]",
                "\"name\":" + quote(name),
                "\"owner\":{\"display_name\":\"Kari Nordmann\"," + Song.links("user", "kari") + "}",
                "\"primary_color\":null",
                "\"public\":true",
                "\"snapshot_id\":\"AAAAAqEc\""));
        dialect.fields().forEach(field -> fields.add("\"" + field + "s\":" + page));
        return "{" + String.join(",", fields) + "}";
    }
}
