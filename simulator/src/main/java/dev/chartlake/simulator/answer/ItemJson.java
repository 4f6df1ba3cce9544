package dev.chartlake.simulator.answer;

import dev.chartlake.simulator.world.Album;
import dev.chartlake.simulator.world.Artist;
import dev.chartlake.simulator.world.Markets;
import dev.chartlake.simulator.world.Row;
import dev.chartlake.simulator.world.Song;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Songs, episodes and local files as the Web API writes them, field by field as in recorded answers. */
public final class ItemJson {

    private static final String API = "https://api.spotify.com/v1/";
    private static final String OPEN = "https://open.spotify.com/";
    private static final String PICTURE = "https://i.scdn.co/image/";

    private ItemJson() {}

    static void item(JsonGenerator json, Row.@Nullable Item item, Listing.Style style) {
        if (item == null) {
            json.writeNull();
        } else if (item instanceof Row.Track track) {
            track(json, track, style);
        } else if (item instanceof Row.LocalFile file) {
            local(json, file, style);
        } else if (item instanceof Row.Episode episode) {
            if (style.episodes()) {
                EpisodeJson.episode(json, episode, style);
            } else {
                EpisodeJson.disguised(json, episode, style);
            }
        }
    }

    private static void track(JsonGenerator json, Row.Track track, Listing.Style style) {
        Song song = track.song();
        json.writeStartObject();
        String preview = style.dialect().old() ? song.preview() : null;
        string(json, "preview_url", preview == null ? null : "https://p.scdn.co/mp3-preview/" + preview);
        markets(json, song.markets(), style);
        json.writeBooleanProperty("explicit", song.explicit());
        json.writeStringProperty("type", "track");
        json.writeBooleanProperty("episode", false);
        json.writeBooleanProperty("track", true);
        album(json, song, style);
        artists(json, song.artists());
        json.writeNumberProperty("disc_number", song.disc());
        json.writeNumberProperty("track_number", song.number());
        json.writeNumberProperty("duration_ms", song.millis());
        json.writeObjectPropertyStart("external_ids");
        if (song.isrc() != null) {
            json.writeStringProperty("isrc", song.isrc());
        }
        json.writeEndObject();
        identity(json, "track", song.id());
        json.writeStringProperty("name", song.name());
        if (style.dialect().old()) {
            json.writeNumberProperty("popularity", track.popularity());
        }
        if (style.market()) {
            json.writeBooleanProperty("is_playable", song.markets() >= 0);
        }
        json.writeBooleanProperty("is_local", false);
        json.writeEndObject();
    }

    private static void album(JsonGenerator json, Song song, Listing.Style style) {
        Album album = song.album();
        json.writeObjectPropertyStart("album");
        markets(json, song.markets(), style);
        json.writeStringProperty("type", "album");
        string(json, "album_type", album.type());
        images(json, album.image(), "ab67616d0000b273", "ab67616d00001e02", "ab67616d00004851");
        json.writeStringProperty("name", album.name());
        string(json, "release_date", album.released());
        string(json, "release_date_precision", album.precision());
        artists(json, album.artists());
        identity(json, "album", album.id());
        json.writeNumberProperty("total_tracks", album.tracks());
        json.writeEndObject();
    }

    private static void artists(JsonGenerator json, List<Artist> artists) {
        json.writeArrayPropertyStart("artists");
        for (Artist artist : artists) {
            json.writeStartObject();
            identity(json, "artist", artist.id());
            json.writeStringProperty("name", artist.name());
            json.writeStringProperty("type", "artist");
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void local(JsonGenerator json, Row.LocalFile file, Listing.Style style) {
        json.writeStartObject();
        json.writeObjectPropertyStart("album");
        json.writeNullProperty("album_type");
        markets(json, -1, style);
        identity(json, "album", null);
        json.writeArrayPropertyStart("images");
        json.writeEndArray();
        json.writeStringProperty("name", file.album());
        json.writeNullProperty("release_date");
        json.writeNullProperty("release_date_precision");
        json.writeStringProperty("type", "album");
        json.writeArrayPropertyStart("artists");
        json.writeEndArray();
        json.writeEndObject();
        artists(json, List.of(new Artist(null, file.artist())));
        markets(json, -1, style);
        json.writeBooleanProperty("explicit", false);
        json.writeNullProperty("preview_url");
        json.writeStringProperty("type", "track");
        json.writeNumberProperty("disc_number", 0);
        json.writeObjectPropertyStart("external_ids");
        json.writeEndObject();
        json.writeObjectPropertyStart("external_urls");
        json.writeEndObject();
        json.writeNullProperty("href");
        json.writeNullProperty("id");
        json.writeNumberProperty("duration_ms", file.seconds() * 1000);
        json.writeStringProperty("name", file.title());
        json.writeStringProperty(
                "uri",
                "spotify:local:" + form(file.artist()) + ":" + form(file.album()) + ":" + form(file.title()) + ":"
                        + file.seconds());
        if (style.dialect().old()) {
            json.writeNumberProperty("popularity", 0);
        }
        json.writeNumberProperty("track_number", 0);
        json.writeBooleanProperty("is_local", true);
        json.writeEndObject();
    }

    /** external_urls, href, id and uri of a thing, all empty when it has no id. */
    static void identity(JsonGenerator json, String kind, @Nullable String id) {
        if (id == null) {
            json.writeObjectPropertyStart("external_urls");
            json.writeEndObject();
            json.writeNullProperty("href");
            json.writeNullProperty("id");
            json.writeNullProperty("uri");
            return;
        }
        externalUrl(json, kind, id);
        json.writeStringProperty("href", API + kind + "s/" + id);
        json.writeStringProperty("id", id);
        json.writeStringProperty("uri", "spotify:" + kind + ":" + id);
    }

    /** The properties of a user, within an object that is already open. The id "" is the nobody of charts. */
    static void user(JsonGenerator json, String id) {
        externalUrl(json, "user", percent(id));
        json.writeStringProperty("href", API + "users/" + percent(id));
        json.writeStringProperty("id", id);
        json.writeStringProperty("type", "user");
        json.writeStringProperty("uri", "spotify:user:" + id);
    }

    static void externalUrl(JsonGenerator json, String kind, String id) {
        json.writeObjectPropertyStart("external_urls");
        json.writeStringProperty("spotify", OPEN + kind + "/" + id);
        json.writeEndObject();
    }

    /** Three sizes of a picture, largest first, or none when there is no picture. */
    static void images(JsonGenerator json, @Nullable String image, String large, String middle, String small) {
        json.writeArrayPropertyStart("images");
        if (image != null) {
            image(json, PICTURE + large + image, 640);
            image(json, PICTURE + middle + image, 300);
            image(json, PICTURE + small + image, 64);
        }
        json.writeEndArray();
    }

    private static void image(JsonGenerator json, String url, int pixels) {
        json.writeStartObject();
        json.writeStringProperty("url", url);
        json.writeNumberProperty("width", pixels);
        json.writeNumberProperty("height", pixels);
        json.writeEndObject();
    }

    /** With a market named, Spotify answers for that one and leaves the list of them out. */
    static void markets(JsonGenerator json, int missing, Listing.Style style) {
        if (style.dialect().old() && !style.market()) {
            json.writeName("available_markets");
            json.writeRawValue(Markets.json(missing));
        }
    }

    /** Writes a field with a text or null. */
    public static void string(JsonGenerator json, String name, @Nullable String value) {
        if (value == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, value);
        }
    }

    private static String form(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String percent(String text) {
        return form(text).replace("+", "%20");
    }
}
