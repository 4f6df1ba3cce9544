package dev.chartlake.simulator.answer;

import dev.chartlake.simulator.world.Row;
import tools.jackson.core.JsonGenerator;

/** Episodes as the Web API writes them, to clients that can read them and to those that cannot. */
final class EpisodeJson {

    private static final String LARGE = "ab6765630000ba8a";
    private static final String MIDDLE = "ab67656300005f1f";
    private static final String SMALL = "ab6765630000f68d";

    private EpisodeJson() {}

    static void episode(JsonGenerator json, Row.Episode episode, Listing.Style style) {
        json.writeStartObject();
        json.writeBooleanProperty("explicit", false);
        json.writeNullProperty("audio_preview_url");
        json.writeStringProperty("description", episode.description());
        json.writeNumberProperty("duration_ms", episode.millis());
        json.writeBooleanProperty("episode", true);
        ItemJson.identity(json, "episode", episode.id());
        json.writeStringProperty("html_description", "<p>" + episode.description() + "</p>");
        ItemJson.images(json, episode.image(), LARGE, MIDDLE, SMALL);
        json.writeBooleanProperty("is_externally_hosted", false);
        if (style.market()) {
            json.writeBooleanProperty("is_playable", true);
        }
        json.writeStringProperty("language", "en");
        languages(json);
        json.writeStringProperty("name", episode.name());
        json.writeStringProperty("release_date", episode.released());
        json.writeStringProperty("release_date_precision", "day");
        ItemJson.markets(json, 0, style);
        show(json, episode, style);
        json.writeBooleanProperty("track", false);
        json.writeStringProperty("type", "episode");
        json.writeEndObject();
    }

    private static void show(JsonGenerator json, Row.Episode episode, Listing.Style style) {
        Row.Show show = episode.show();
        json.writeObjectPropertyStart("show");
        ItemJson.markets(json, 0, style);
        json.writeArrayPropertyStart("copyrights");
        json.writeEndArray();
        json.writeStringProperty("description", show.description());
        json.writeBooleanProperty("explicit", false);
        ItemJson.identity(json, "show", show.id());
        json.writeStringProperty("html_description", "<p>" + show.description() + "</p>");
        ItemJson.images(json, episode.image(), LARGE, MIDDLE, SMALL);
        json.writeBooleanProperty("is_externally_hosted", false);
        languages(json);
        json.writeStringProperty("media_type", "audio");
        json.writeStringProperty("name", show.name());
        json.writeStringProperty("publisher", show.publisher());
        json.writeNumberProperty("total_episodes", show.episodes());
        json.writeStringProperty("type", "show");
        json.writeEndObject();
    }

    private static void languages(JsonGenerator json) {
        json.writeArrayPropertyStart("languages");
        json.writeString("en");
        json.writeEndArray();
    }

    /**
     * What a client that does not ask for episodes gets: shaped as a track whose album and artist are the show, with the
     * booleans of a track, popularity 0 and numbers 0; only type and uri tell. After what people quote in
     * https://github.com/spotify/web-api/issues/1528 and https://github.com/ramsayleung/rspotify/issues/320, since no
     * recording of one is at hand.
     */
    static void disguised(JsonGenerator json, Row.Episode episode, Listing.Style style) {
        json.writeStartObject();
        json.writeNullProperty("preview_url");
        ItemJson.markets(json, 0, style);
        json.writeBooleanProperty("explicit", false);
        json.writeStringProperty("type", "episode");
        json.writeBooleanProperty("episode", false);
        json.writeBooleanProperty("track", true);
        json.writeObjectPropertyStart("album");
        ItemJson.markets(json, 0, style);
        json.writeStringProperty("type", "album");
        json.writeStringProperty("album_type", "compilation");
        ItemJson.images(json, episode.image(), LARGE, MIDDLE, SMALL);
        json.writeStringProperty("name", episode.show().name());
        json.writeStringProperty("release_date", episode.released());
        json.writeStringProperty("release_date_precision", "day");
        showAsArtist(json, episode.show());
        ItemJson.identity(json, "show", episode.show().id());
        json.writeNumberProperty("total_tracks", episode.show().episodes());
        json.writeEndObject();
        showAsArtist(json, episode.show());
        json.writeNumberProperty("disc_number", 0);
        json.writeNumberProperty("track_number", 0);
        json.writeNumberProperty("duration_ms", episode.millis());
        json.writeObjectPropertyStart("external_ids");
        json.writeStringProperty("spotify", "https://open.spotify.com/episode/" + episode.id());
        json.writeEndObject();
        ItemJson.identity(json, "episode", episode.id());
        json.writeStringProperty("name", episode.name());
        if (style.dialect().old()) {
            json.writeNumberProperty("popularity", 0);
        }
        if (style.market()) {
            json.writeBooleanProperty("is_playable", false); // although it is
        }
        json.writeBooleanProperty("is_local", false);
        json.writeEndObject();
    }

    private static void showAsArtist(JsonGenerator json, Row.Show show) {
        json.writeArrayPropertyStart("artists");
        json.writeStartObject();
        ItemJson.identity(json, "show", show.id());
        json.writeStringProperty("name", show.name());
        json.writeStringProperty("type", "artist");
        json.writeEndObject();
        json.writeEndArray();
    }
}
