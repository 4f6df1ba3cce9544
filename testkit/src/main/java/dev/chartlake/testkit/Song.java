package dev.chartlake.testkit;

import java.util.List;
import java.util.stream.Collectors;

/**
 * An invented song. Ids grow from names, so that the same name always has the same id.
 *
 * @param key what its id grows from
 * @param artists their names, the first one first
 * @param released as the album says it; JSON, so a text has its quotes
 * @param precision as the album says it
 */
public record Song(
        String key,
        String name,
        List<String> artists,
        String album,
        List<String> albumArtists,
        String released,
        String precision,
        int popularity) {

    private static final int ALBUMS_SIZE = 3;

    /** The song of a number: some have several artists, some share an album, and albums of others exist. */
    public static Song of(long number) {
        long album = Math.floorDiv(number, ALBUMS_SIZE);
        String first = "Band " + album % 97;
        List<String> artists =
                number % 4 == 0 ? List.of(first, "Guest " + number % 13, "Band " + number % 7) : List.of(first);
        return new Song(
                "song " + number,
                "Song no. " + number,
                artists.stream().distinct().toList(),
                "Album " + album,
                album % 11 == 0 ? List.of("Various Artists") : List.of(first),
                "\"20" + (10 + album % 15) + "-0" + (1 + album % 9) + "-1" + album % 10 + "\"",
                "day",
                (int) (number % 101));
    }

    /** The same with another name. */
    public Song named(String other) {
        return new Song(key, other, artists, album, albumArtists, released, precision, popularity);
    }

    /** The same by others, who are also the artists of its album. */
    public Song by(String... others) {
        return new Song(key, name, List.of(others), album, List.of(others[0]), released, precision, popularity);
    }

    /** The same on an album by others. */
    public Song on(String otherAlbum, String... others) {
        return new Song(key, name, artists, otherAlbum, List.of(others), released, precision, popularity);
    }

    /** The same with another date; {@code json} is null or a text in quotes. */
    public Song released(String json, String otherPrecision) {
        return new Song(key, name, artists, album, albumArtists, json, otherPrecision, popularity);
    }

    /** 22 letters and digits. */
    public String id() {
        return Answers.id("song", key);
    }

    /** 22 letters and digits. */
    public String albumId() {
        return Answers.id("album", album);
    }

    /** 22 letters and digits. */
    public static String artistId(String artist) {
        return Answers.id("artist", artist);
    }

    /** The names, as a table shows them. */
    public String artistNames() {
        return String.join(", ", artists);
    }

    /** The object that an answer holds. */
    public String json() {
        return "{\"album\":{\"album_type\":\"album\",\"artists\":" + credits(albumArtists)
                + ",\"available_markets\":[\"DE\",\"NO\",\"SE\"]," + links("album", albumId())
                + ",\"images\":[{\"height\":640,\"url\":\"https://i.scdn.co/image/" + albumId()
                + "\",\"width\":640},{\"height\":64,\"url\":\"https://i.scdn.co/image/small\",\"width\":64}],\"name\":"
                + Answers.quote(album) + ",\"release_date\":" + released + ",\"release_date_precision\":\"" + precision
                + "\",\"total_tracks\":12},\"artists\":" + credits(artists)
                + ",\"available_markets\":[\"DE\",\"NO\",\"SE\"],\"disc_number\":1,\"duration_ms\":"
                + (100_000 + popularity) + ",\"episode\":false,\"explicit\":" + (popularity % 2 == 0)
                + ",\"external_ids\":{\"isrc\":\"XXTST24" + String.format("%05d", popularity) + "\"},"
                + links("track", id()) + ",\"is_local\":false,\"name\":" + Answers.quote(name) + ",\"popularity\":"
                + popularity + ",\"preview_url\":null,\"track\":true,\"track_number\":3}";
    }

    private static String credits(List<String> artists) {
        return artists.stream()
                .map(name -> "{" + links("artist", artistId(name)) + ",\"name\":" + Answers.quote(name) + "}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    static String links(String type, String id) {
        return "\"external_urls\":{\"spotify\":\"https://open.spotify.com/" + type + "/" + id
                + "\"},\"href\":\"https://api.spotify.com/v1/" + type + "s/" + id + "\",\"id\":\"" + id
                + "\",\"type\":\"" + type + "\",\"uri\":\"spotify:" + type + ":" + id + "\"";
    }
}
