package dev.chartlake.normalise;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes answers of the Web API as trees, from a small world of songs, albums and artists so that values recur, and writes
 * them in many ways.
 */
public final class RandomAnswers {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> LETTERS =
            List.of("a", "B", "7", " ", "é", "中", "🎵", "\"", "\\", "/", "\n", "\t", "\u0001", "\u2028", "'", "–");
    private static final List<String> WORDS =
            List.of("Café – ♫ 🎵", "a", "Same \"quoted\" name", "AC/DC", "longer name than eight bytes");

    private final Random random;
    private final List<ObjectNode> artists = new ArrayList<>();
    private final List<ObjectNode> albums = new ArrayList<>();
    private final List<ObjectNode> songs = new ArrayList<>();
    private final List<ArrayNode> markets = new ArrayList<>();

    /** Of a hundred values, so many are of another type than they should be, null or missing. */
    private final int surprises;

    public RandomAnswers(Random random, int surprises) {
        this.random = random;
        this.surprises = surprises;
        for (int i = 0; i < 4; i++) {
            markets.add(JSON.arrayNode());
            for (int n = random.nextInt(25); n > 0; n--) {
                markets.get(i).add("" + (char) ('A' + random.nextInt(26)) + (char) ('A' + random.nextInt(26)));
            }
        }
        for (int i = 0; i < 12; i++) {
            artists.add(artist());
        }
        for (int i = 0; i < 12; i++) {
            albums.add(album());
        }
        for (int i = 0; i < 20; i++) {
            songs.add(song());
        }
    }

    /** A whole playlist with its first page, pages of items, or both; in either dialect. */
    public JsonNode document() {
        return document(4, 7);
    }

    public JsonNode document(int maxPages, int maxRows) {
        String list = id();
        boolean items = random.nextBoolean();
        boolean both = random.nextInt(6) == 0;
        ArrayNode answers = JSON.arrayNode();
        int offset = 0;
        int pages = 1 + random.nextInt(maxPages);
        boolean playlist = random.nextInt(4) > 0;
        if (playlist) {
            ObjectNode answer = playlist(list);
            ObjectNode page = page(list, offset, random.nextInt(maxRows), items, both);
            offset += page.path("items").size();
            answer.set(items ? "items" : "tracks", page);
            if (both) {
                answer.set(items ? "tracks" : "items", page.deepCopy());
            }
            answers.add(answer);
        }
        for (int i = playlist ? 1 : 0; i < pages; i++) {
            int at = random.nextInt(12) == 0 ? Math.max(0, offset - 2) : offset;
            ObjectNode page = page(list, at, random.nextInt(maxRows), items, both);
            offset = at + page.path("items").size();
            answers.add(page);
        }
        return answers.size() == 1 && random.nextBoolean() ? answers.get(0) : answers;
    }

    private ObjectNode playlist(String list) {
        ObjectNode node = JSON.objectNode();
        set(node, "collaborative", JSON.booleanNode(false));
        set(node, "description", text());
        set(node, "external_urls", link("playlist/" + list));
        set(node, "followers", JSON.objectNode().putNull("href").set("total", number(1_000_000)));
        node.put("href", "https://api.spotify.com/v1/playlists/" + list + "?additional_types=track");
        node.put("id", list);
        set(node, "images", images());
        set(node, "name", text());
        ObjectNode owner = JSON.objectNode();
        set(owner, "display_name", text());
        set(owner, "external_urls", link("user/x"));
        set(owner, "id", random.nextInt(9) == 0 ? JSON.stringNode("") : JSON.stringNode("user" + random.nextInt(4)));
        set(node, "owner", owner);
        set(node, "snapshot_id", text());
        node.put("type", "playlist");
        return node;
    }

    /** Its place is said by {@code offset}, by both, or by {@code href} alone. */
    private ObjectNode page(String list, int offset, int size, boolean items, boolean both) {
        ObjectNode node = JSON.objectNode();
        ArrayNode rows = node.arrayNode();
        for (int n = size; n > 0; n--) {
            rows.add(row(items, both));
        }
        if (!rows.isEmpty()) {
            rows.set(random.nextInt(rows.size()), JSON.objectNode().putNull(items ? "item" : "track"));
        }
        boolean said = random.nextInt(4) > 0;
        boolean linked = !said || random.nextInt(4) > 0;
        if (linked) {
            node.put(
                    "href",
                    "https://api.spotify.com/v1/playlists/" + list + "/tracks?limit=100&offset=" + offset + "&x=1");
        }
        node.set("items", rows);
        set(node, "limit", number(100));
        set(node, "next", JSON.nullNode());
        if (said) {
            node.put("offset", offset);
        }
        set(node, "previous", JSON.nullNode());
        set(node, "total", number(10_000));
        return node;
    }

    private JsonNode row(boolean items, boolean both) {
        if (chance()) {
            return surprise();
        }
        ObjectNode row = JSON.objectNode();
        set(row, "added_at", JSON.stringNode(time()));
        set(row, "added_by", JSON.objectNode().put("type", "user").put("id", one(List.of("", "spotify", "someone"))));
        set(row, "is_local", JSON.booleanNode(random.nextInt(12) == 0));
        set(row, "primary_color", JSON.nullNode());
        JsonNode item = item();
        if (chance()) {
            item = surprise();
        }
        set(row, items ? "item" : "track", item);
        if (both) {
            set(row, items ? "track" : "item", item);
            // Two objects that differ do not occur, and which of them counts is not promised.
            if (row.path("track").isObject() && !row.path("track").equals(row.path("item"))) {
                row.remove("item");
            }
        } else if (items && random.nextInt(3) == 0) {
            row.put("track", true); // as in the item itself, where it is no song either
        }
        set(row, "video_thumbnail", JSON.objectNode().putNull("url"));
        return row;
    }

    private JsonNode item() {
        if (random.nextInt(10) == 0) {
            ObjectNode episode = JSON.objectNode();
            set(episode, "type", JSON.stringNode("episode"));
            set(episode, "id", JSON.stringNode(id()));
            set(episode, "name", text());
            set(episode, "uri", JSON.stringNode("spotify:episode:" + id()));
            ObjectNode show = JSON.objectNode();
            set(show, "name", text());
            set(show, "id", JSON.stringNode(id()));
            set(episode, "show", show);
            set(episode, "artists", JSON.nullNode());
            return episode;
        }
        ObjectNode song = one(songs);
        if (random.nextInt(3) == 0) {
            song = song.deepCopy();
            set(song, "popularity", number(101));
            set(song, "album", one(albums));
        }
        return song;
    }

    private ObjectNode song() {
        ObjectNode node = JSON.objectNode();
        String id = id();
        set(node, "album", one(albums));
        set(node, "artists", artistList());
        set(node, "available_markets", one(markets));
        set(node, "disc_number", number(3));
        set(node, "duration_ms", number(1_000_000));
        set(node, "episode", JSON.booleanNode(false));
        set(node, "explicit", JSON.booleanNode(random.nextBoolean()));
        set(
                node,
                "external_ids",
                JSON.objectNode()
                        .put("ean", "1")
                        .put("isrc", one(List.of("NOabc1234567", "usum71703861", "", "ØæQ", "GBAYE0601498"))));
        set(node, "external_urls", link("track/" + id));
        set(node, "href", JSON.stringNode("https://api.spotify.com/v1/tracks/" + id));
        set(node, "id", JSON.stringNode(random.nextInt(15) == 0 ? "" : id));
        set(node, "is_local", JSON.booleanNode(random.nextInt(15) == 0));
        set(node, "name", text());
        set(node, "popularity", number(101));
        set(node, "preview_url", text());
        set(node, "track", JSON.booleanNode(true));
        set(node, "track_number", number(30));
        set(node, "type", JSON.stringNode("track"));
        set(node, "uri", JSON.stringNode("spotify:track:" + id));
        return node;
    }

    private ObjectNode album() {
        ObjectNode node = JSON.objectNode();
        String id = id();
        set(node, "album_type", JSON.stringNode(one(List.of("album", "single", "compilation"))));
        set(node, "artists", artistList());
        set(node, "available_markets", one(markets));
        set(node, "external_urls", link("album/" + id));
        set(node, "href", JSON.stringNode("https://api.spotify.com/v1/albums/" + id));
        set(node, "id", JSON.stringNode(random.nextInt(12) == 0 ? "" : id));
        set(node, "images", images());
        set(node, "name", text());
        set(
                node,
                "release_date",
                JSON.stringNode(one(List.of(
                        "1969", "1969-07", "1969-07-21", "0000", "2024-02-30", "", "11 characts", "2000-1-1 "))));
        set(node, "release_date_precision", JSON.stringNode("day"));
        set(node, "total_tracks", number(40));
        set(node, "type", JSON.stringNode("album"));
        return node;
    }

    private ObjectNode artist() {
        ObjectNode node = JSON.objectNode();
        String id = id();
        set(node, "external_urls", link("artist/" + id));
        set(node, "href", JSON.stringNode("https://api.spotify.com/v1/artists/" + id));
        set(node, "id", JSON.stringNode(random.nextInt(8) == 0 ? "" : id));
        set(node, "name", JSON.stringNode("" + (char) ('a' + random.nextInt(26)) + text().asString()));
        set(node, "type", JSON.stringNode("artist"));
        return node;
    }

    private ArrayNode artistList() {
        ArrayNode list = JSON.arrayNode();
        int size = random.nextInt(8) == 0 ? random.nextInt(12) : 1 + random.nextInt(2);
        for (int i = 0; i < size; i++) {
            list.add(chance() ? surprise() : one(artists));
        }
        return list;
    }

    private ArrayNode images() {
        ArrayNode images = JSON.arrayNode();
        for (int n = random.nextInt(4); n > 0; n--) {
            ObjectNode image = JSON.objectNode();
            set(image, "height", number(640));
            set(image, "url", JSON.stringNode("https://i.scdn.co/image/" + random.nextInt(20)));
            set(image, "width", number(640));
            images.add(chance() ? surprise() : image);
        }
        return images;
    }

    private ObjectNode link(String what) {
        ObjectNode node = JSON.objectNode();
        set(node, "spotify", JSON.stringNode("https://open.spotify.com/" + what));
        return node;
    }

    private JsonNode text() {
        if (random.nextInt(2) == 0) {
            return JSON.stringNode(one(WORDS));
        }
        StringBuilder text = new StringBuilder();
        for (int n = random.nextInt(random.nextInt(20) == 0 ? 300 : 20); n > 0; n--) {
            text.append(one(LETTERS));
        }
        return JSON.stringNode(text.toString());
    }

    private JsonNode number(int bound) {
        return JSON.numberNode(random.nextInt(bound));
    }

    private String time() {
        return random.nextInt(8) > 0
                ? String.format(
                        "2024-%02d-%02dT%02d:06:52Z",
                        1 + random.nextInt(13), 1 + random.nextInt(31), random.nextInt(25))
                : one(List.of(
                        "1970-01-01T00:00:00Z",
                        "1970-01-02T00:00:00Z",
                        "2024-04-22",
                        "2024-04-22T11:06:52.1Z",
                        "2024-04-22T11:06:52+1",
                        ""));
    }

    private String id() {
        StringBuilder id = new StringBuilder();
        while (id.length() < 22) {
            id.append("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ".charAt(random.nextInt(62)));
        }
        return id.toString();
    }

    /** The value, or in its place another one, null, or no field at all. */
    private void set(ObjectNode node, String name, JsonNode value) {
        if (!chance()) {
            node.set(name, value);
        } else if (random.nextInt(4) > 0) {
            node.set(name, surprise());
        }
        if (name.equals("popularity")
                && node.path(name).isIntegralNumber()
                && !String.valueOf(node.path(name)).matches("\\d{1,3}")) {
            node.remove(name); // see ApiReaderTest.recurringItemsKeepAlsoAnOddPopularity
        }
    }

    private boolean chance() {
        return random.nextInt(100) < surprises;
    }

    /** No text, for that would be right in many places; but a text of digits where a number should be is one. */
    private JsonNode surprise() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> JSON.nullNode();
            case 3 -> JSON.numberNode(random.nextInt());
            case 4 -> JSON.numberNode(random.nextLong());
            case 5 -> JSON.numberNode(random.nextInt(100) + 0.5);
            case 6 -> JSON.numberNode(new BigInteger("123456789012345678901234567890"));
            case 7 -> JSON.booleanNode(random.nextBoolean());
            case 8 -> JSON.arrayNode().add(1).add("id").add(JSON.objectNode().put("id", "inner"));
            case 9 ->
                JSON.objectNode()
                        .set("x", JSON.objectNode().put("spotify", "inner").put("id", "inner"));
            case 10 -> JSON.stringNode(String.valueOf(random.nextInt(1000)));
            default -> JSON.arrayNode();
        };
    }

    private <T> T one(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** How one document is written. */
    public enum Style {
        PLAIN,
        /** One order of fields in all objects of the document. */
        OTHER_ORDER,
        /** Another order in every object. */
        ANY_ORDER
    }

    /** Writes a tree: in {@code style}, and with white space and escapes that mean nothing if {@code odd}. */
    public String write(JsonNode node, Style style, boolean odd) {
        StringBuilder out = new StringBuilder();
        write(node, style, random.nextInt(5), odd ? 1 + random.nextInt(30) : 0, out);
        return out.toString();
    }

    private void write(JsonNode node, Style style, int salt, int odd, StringBuilder out) {
        space(odd, out);
        if (node.isObject()) {
            List<Map.Entry<String, JsonNode>> fields = new ArrayList<>(node.properties());
            if (style != Style.PLAIN) {
                // Four orders that come again and again, so that a reader may learn them; or none twice.
                int order = style == Style.OTHER_ORDER ? salt : random.nextInt();
                fields.sort(Comparator.comparing(field -> (field.getKey().hashCode() ^ order) * 0x9E3779B9));
            }
            if (!node.has("offset")) {
                // See ApiReaderTest.anOffsetInALinkCountsAlsoBehindItsItems.
                fields.sort(Comparator.comparing(field -> !field.getKey().equals("href")));
            }
            String separator = "{";
            for (Map.Entry<String, JsonNode> field : fields) {
                out.append(separator);
                separator = ",";
                space(odd, out);
                text(field.getKey(), odd, out);
                space(odd, out);
                out.append(':');
                write(field.getValue(), style, salt, odd, out);
            }
            out.append(fields.isEmpty() ? "{}" : "}");
        } else if (node.isArray()) {
            String separator = "[";
            for (JsonNode element : node) {
                out.append(separator);
                separator = ",";
                write(element, style, salt, odd, out);
            }
            out.append(node.isEmpty() ? "[]" : "]");
        } else if (node.isString()) {
            text(node.stringValue(), odd, out);
        } else {
            out.append(node);
        }
        space(odd, out);
    }

    private void text(String text, int odd, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean half = Character.isSurrogate(c);
            if (c < ' ' || odd > 0 && !half && random.nextInt(40) < odd - 10) {
                out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else if (c == '"' || c == '\\' || c == '/' && odd > 0 && random.nextBoolean()) {
                out.append('\\').append(c);
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void space(int odd, StringBuilder out) {
        if (odd > 0 && random.nextInt(30) < odd) {
            out.append(one(List.of(" ", "\n", "\t", "\r\n", "\n          ")));
        }
    }
}
