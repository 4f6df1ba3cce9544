package dev.chartlake.normalise;

import dev.chartlake.entry.EntryKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What {@link RawReader} should find in a document, read slowly from a tree. */
public final class ModelReader {

    /** Fields of the list, and of the entries in the order of their positions. Null values are left out. */
    public record Reading(Map<String, Object> list, List<Map<String, Object>> entries, long read, long repeated) {}

    private static final Pattern LIST = Pattern.compile("/playlists/([A-Za-z0-9]{22})(?![A-Za-z0-9])");
    private static final Pattern OFFSET = Pattern.compile("[?&]offset=(\\d{1,9})");

    private final Map<String, Object> list = new TreeMap<>();
    private final List<Map<String, Object>> entries = new ArrayList<>();
    private final Set<Integer> positions = new TreeSet<>();
    private long read;
    private long repeated;
    private int nextOffset;

    public static Reading read(JsonNode document) {
        ModelReader reader = new ModelReader();
        for (JsonNode answer : document.isArray() ? document : List.of(document)) {
            reader.answer(answer);
        }
        reader.entries.sort(Comparator.comparing(entry -> (Integer) entry.get("position")));
        return new Reading(reader.list, reader.entries, reader.read, reader.repeated);
    }

    private void answer(JsonNode answer) {
        JsonNode page = page(answer);
        put(list, "name", text(answer.path("name")));
        put(list, "owner_id", userId(answer.path("owner")));
        put(list, "owner_name", text(answer.path("owner").path("display_name")));
        put(list, "description", text(answer.path("description")));
        put(list, "url", text(answer.path("external_urls").path("spotify")));
        put(list, "image_url", text(answer.path("images").path(0).path("url")));
        put(list, "followers", integer(answer.path("followers").path("total")));
        put(list, "spotify_snapshot_id", text(answer.path("snapshot_id")));
        put(list, "total", small(page.path("total")));
        if (!list.containsKey("list_id")) {
            boolean playlist = answer.path("type").asString("").equals("playlist");
            String id = id(answer.path("id"));
            String inHref = match(LIST, page.path("href"));
            inHref = inHref == null ? match(LIST, answer.path("href")) : inHref;
            put(list, "list_id", id != null && (playlist || inHref == null) ? id : inHref);
        }
        int position = offset(page);
        for (JsonNode row : page.path("items")) {
            row(row, ++position);
        }
        nextOffset = position;
    }

    /** The object whose {@code items} is the array of rows. */
    private static JsonNode page(JsonNode answer) {
        if (answer.path("items").isArray()) {
            return answer;
        }
        return answer.path("items").isObject() ? answer.path("items") : answer.path("tracks");
    }

    private int offset(JsonNode page) {
        Integer own = small(page.path("offset"));
        if (own != null && own >= 0) {
            return own;
        }
        String inHref = match(OFFSET, page.path("href"));
        return inHref != null ? Integer.parseInt(inHref) : nextOffset;
    }

    private static @Nullable String match(Pattern pattern, JsonNode text) {
        Matcher matcher = pattern.matcher(text.isString() ? text.stringValue() : "");
        return matcher.find() ? matcher.group(1) : null;
    }

    private void row(JsonNode row, int position) {
        read++;
        if (!positions.add(position)) {
            repeated++;
            return;
        }
        Map<String, Object> entry = new TreeMap<>();
        entries.add(entry);
        entry.put("position", position);
        put(entry, "added_at", time(row.path("added_at")));
        put(entry, "added_by", userId(row.path("added_by")));
        JsonNode item = row.path("track").isObject() ? row.path("track") : row.path("item");
        if (!item.isObject()) {
            entry.put("kind", EntryKind.UNAVAILABLE);
            return;
        }
        String uri = text(item.path("uri"));
        String id = id(item, "track");
        String type = text(item.path("type"));
        boolean isLocal = truth(item.path("is_local"));
        EntryKind kind;
        if (Set.of("episode", "chapter").contains("" + type)) {
            kind = EntryKind.EPISODE;
        } else if (type != null && !type.isEmpty() && !type.equals("track")) {
            kind = EntryKind.OTHER;
        } else if (isLocal) {
            kind = EntryKind.LOCAL;
        } else if (type == null && uri != null && uri.matches("(?s)spotify:(episode|chapter):.*")) {
            kind = EntryKind.EPISODE;
        } else if (type == null && uri != null && uri.startsWith("spotify:local:")) {
            kind = EntryKind.LOCAL;
        } else {
            kind = id == null ? EntryKind.UNAVAILABLE : EntryKind.TRACK;
        }
        boolean episode = kind == EntryKind.EPISODE;
        if (truth(row.path("is_local")) && !episode && kind != EntryKind.OTHER) {
            kind = EntryKind.LOCAL;
        }
        entry.put("kind", kind);
        put(entry, "item_uri", uri);
        put(entry, "song_name", text(item.path("name")));
        put(entry, "artist_names", episode ? text(item.path("show").path("name")) : names(item.path("artists")));
        if (kind == EntryKind.TRACK) {
            put(entry, "song_id", id);
            song(item, entry);
            album(item.path("album"), entry);
        }
    }

    private static void song(JsonNode item, Map<String, Object> entry) {
        put(entry, "duration_ms", integer(item.path("duration_ms")));
        put(entry, "song_url", text(item.path("external_urls").path("spotify")));
        put(entry, "popularity", small(item.path("popularity")));
        JsonNode explicit = item.path("explicit");
        boolean said = explicit.isBoolean() || "0".equals(text(explicit)) || "1".equals(text(explicit));
        put(entry, "explicit", said ? truth(explicit) : null);
        String isrc = text(item.path("external_ids").path("isrc"));
        put(entry, "isrc", isrc == null ? null : upper(isrc));
        put(entry, "disc_number", small(item.path("disc_number")));
        put(entry, "track_number", small(item.path("track_number")));
        entry.put("song_artists", artists(item.path("artists")));
    }

    /** ASCII alone: a code has no other letters, and what is no code is kept as it is. */
    private static String upper(String code) {
        StringBuilder upper = new StringBuilder();
        code.chars()
                .forEach(
                        c -> upper.append(c < 128 ? String.valueOf((char) c).toUpperCase(Locale.ROOT) : (char) c + ""));
        return upper.toString();
    }

    private static void album(JsonNode album, Map<String, Object> entry) {
        put(entry, "album_id", id(album, "album"));
        put(entry, "album_name", text(album.path("name")));
        put(entry, "album_type", text(album.path("album_type")));
        String release = text(album.path("release_date"));
        put(entry, "release_text", release);
        int length = release == null ? 0 : release.getBytes(StandardCharsets.UTF_8).length;
        put(
                entry,
                "release_precision",
                length == 4 ? "year" : length == 7 ? "month" : length == 10 || isDay(release) ? "day" : null);
        put(entry, "total_tracks", small(album.path("total_tracks")));
        put(entry, "album_url", text(album.path("external_urls").path("spotify")));
        put(entry, "image_url", text(album.path("images").path(0).path("url")));
        entry.put("album_artists", artists(album.path("artists")));
    }

    private static List<List<String>> artists(JsonNode artists) {
        List<List<String>> found = new ArrayList<>();
        for (JsonNode artist : artists.isArray() || artists.isString() ? listed(artists) : List.<JsonNode>of()) {
            found.add(List.of(
                    "" + id(artist, "artist"),
                    "" + artistName(artist),
                    "" + text(artist.path("external_urls").path("spotify"))));
        }
        return found;
    }

    private static @Nullable String names(JsonNode artists) {
        List<String> names = new ArrayList<>();
        for (JsonNode artist : artists.isArray() || artists.isString() ? listed(artists) : List.<JsonNode>of()) {
            String name = artistName(artist);
            if (name != null) {
                names.add(name);
            }
        }
        return names.isEmpty() ? null : String.join(", ", names);
    }

    private static Iterable<JsonNode> listed(JsonNode artists) {
        return artists.isArray() ? artists : List.of(artists);
    }

    private static @Nullable String artistName(JsonNode artist) {
        return artist.isString() ? artist.stringValue() : text(artist.path("name"));
    }

    /** A whole number may be a title, too. */
    private static @Nullable String text(JsonNode node) {
        if (node.isIntegralNumber() && node.asString().matches("\\d+")) {
            return node.asString();
        }
        return node.isString() ? node.stringValue() : null;
    }

    private static @Nullable String id(JsonNode node) {
        return node.isString() && !node.stringValue().isEmpty() ? node.stringValue() : null;
    }

    private static @Nullable String userId(JsonNode user) {
        String id = text(user.path("id"));
        return id == null || id.isEmpty() ? null : id;
    }

    /** The id, or the one in a uri or link. */
    private static @Nullable String id(JsonNode node, String type) {
        String id = id(node.path("id"));
        for (JsonNode other :
                List.of(node.path("uri"), node.path("external_urls").path("spotify"), node.path("href"))) {
            Matcher m = Pattern.compile("[:/]" + type + "s?[:/]([A-Za-z0-9]{22})(?![A-Za-z0-9])")
                    .matcher(other.isString() ? other.stringValue() : "");
            id = id == null && m.find() ? m.group(1) : id;
        }
        return id;
    }

    private static boolean truth(JsonNode node) {
        return node.isBoolean() ? node.booleanValue() : "1".equals(text(node));
    }

    private static boolean isDay(@Nullable String release) {
        if (release == null || !release.strip().matches("\\d{4}-\\d{1,2}-\\d{1,2}")) {
            return false;
        }
        String[] parts = release.strip().split("-");
        try {
            LocalDate.of(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
            return release.length() > 7;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** Whole numbers, also as texts and with fractions of zero. */
    private static @Nullable Long integer(JsonNode node) {
        try {
            return node.isNumber() || node.isString()
                    ? new BigDecimal(node.asString().strip()).longValueExact()
                    : null;
        } catch (ArithmeticException | NumberFormatException e) {
            return null;
        }
    }

    private static @Nullable Integer small(JsonNode node) {
        Long value = integer(node);
        return value != null && value > Integer.MIN_VALUE && value <= Integer.MAX_VALUE ? value.intValue() : null;
    }

    /** A time with an offset, or seconds, milliseconds or microseconds since 1970; 1970-01-01 stands for unknown. */
    private static @Nullable Long time(JsonNode node) {
        String text = node.isString() ? node.stringValue() : "";
        Long number = integer(node);
        try {
            Instant at = number == null ? OffsetDateTime.parse(text).toInstant() : epoch(number);
            boolean known = at.isAfter(Instant.parse("1970-01-01T23:59:59.999999999Z"));
            return known ? ChronoUnit.MICROS.between(Instant.EPOCH, at) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static Instant epoch(long number) {
        int digits = String.valueOf(number).length();
        return switch (number > 0 ? digits : 0) {
            case 10 -> Instant.ofEpochSecond(number);
            case 13 -> Instant.ofEpochMilli(number);
            case 16 -> Instant.EPOCH.plus(number, ChronoUnit.MICROS);
            default -> Instant.EPOCH;
        };
    }

    private static void put(Map<String, Object> to, String name, @Nullable Object value) {
        if (value != null) {
            to.put(name, value);
        }
    }
}
