package dev.chartlake.simulator.answer;

import dev.chartlake.simulator.world.Artist;
import dev.chartlake.simulator.world.Row;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** What belongs to the signed-in user, as the Web API writes it. */
public final class PersonalJson {

    private PersonalJson() {}

    /** The user; an app since February 2026 gets less of one. */
    public static void me(JsonGenerator json, String user, Dialect dialect) {
        json.writeStartObject();
        json.writeStringProperty("account_id", "acc-" + user);
        if (dialect.old()) {
            json.writeStringProperty("country", "NO");
        }
        json.writeStringProperty("display_name", Users.name(user));
        if (dialect.old()) {
            json.writeObjectPropertyStart("followers");
            json.writeNullProperty("href");
            json.writeNumberProperty("total", 3);
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("images");
        json.writeEndArray();
        if (dialect.old()) {
            json.writeStringProperty("product", "premium");
        }
        ItemJson.user(json, user);
        json.writeEndObject();
    }

    /** A list in a user's library; null for one that is not shown. */
    public static void summary(JsonGenerator json, @Nullable Listing listing, Dialect dialect, String href) {
        if (listing instanceof Playlist playlist) {
            playlist.summary(json, dialect, href);
        } else {
            json.writeNull();
        }
    }

    /** The pictures of a list. */
    public static void images(JsonGenerator json, Listing listing) {
        if (listing instanceof Playlist playlist) {
            playlist.pictures(json);
        } else {
            json.writeStartArray();
            json.writeEndArray();
        }
    }

    /** A saved song: its row has {@code track} in every dialect. */
    public static void saved(JsonGenerator json, Row row, Dialect dialect, boolean market) {
        json.writeStartObject();
        string(json, "added_at", row.addedAt());
        json.writeName("track");
        ItemJson.item(json, row.item(), new Listing.Style(dialect, true, market, false));
        json.writeEndObject();
    }

    /** A song without a row around it. */
    public static void song(JsonGenerator json, Row.Track song, Dialect dialect) {
        ItemJson.item(json, song, new Listing.Style(dialect, true, false, false));
    }

    /** A play. */
    public static void played(JsonGenerator json, Row play, Dialect dialect) {
        json.writeStartObject();
        json.writeName("track");
        ItemJson.item(json, play.item(), new Listing.Style(dialect, true, false, false));
        string(json, "played_at", play.addedAt());
        json.writeObjectPropertyStart("context");
        json.writeStringProperty("type", "playlist");
        json.writeStringProperty("href", "https://api.spotify.com/v1/playlists/" + WorldLists.ROAD_TRIP);
        ItemJson.externalUrl(json, "playlist", WorldLists.ROAD_TRIP);
        json.writeStringProperty("uri", "spotify:playlist:" + WorldLists.ROAD_TRIP);
        json.writeEndObject();
        json.writeEndObject();
    }

    /** The first song of each artist, in order. */
    public static List<Row.Track> ofDifferentArtists(List<Row.Track> songs) {
        Set<String> seen = new HashSet<>();
        List<Row.Track> first = new ArrayList<>();
        for (Row.Track song : songs) {
            if (seen.add(String.valueOf(song.song().artists().get(0).id()))) {
                first.add(song);
            }
        }
        return first;
    }

    /** The first artist of a song, as a whole artist object. */
    public static void artist(JsonGenerator json, Row.Track of, Dialect dialect) {
        Artist artist = of.song().artists().get(0);
        json.writeStartObject();
        if (dialect.old()) {
            json.writeObjectPropertyStart("followers");
            json.writeNullProperty("href");
            json.writeNumberProperty("total", 1000 + 37 * of.popularity());
            json.writeEndObject();
        }
        json.writeArrayPropertyStart("genres");
        json.writeEndArray();
        json.writeArrayPropertyStart("images");
        json.writeEndArray();
        ItemJson.identity(json, "artist", artist.id());
        json.writeStringProperty("name", artist.name());
        if (dialect.old()) {
            json.writeNumberProperty("popularity", of.popularity());
        }
        json.writeStringProperty("type", "artist");
        json.writeEndObject();
    }

    /** Writes a field with a text or null. */
    public static void string(JsonGenerator json, String name, @Nullable String value) {
        ItemJson.string(json, name, value);
    }
}
