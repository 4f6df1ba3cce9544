package dev.chartlake.testkit;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An invented play, and how each source tells of it.
 *
 * @param end when it ended
 * @param song what was played
 * @param ms how long it was played
 */
public record Listen(Instant end, Song song, long ms) {

    /** What stands for a person's address in the extended history. */
    public static final String ADDRESS = "192.0.2.17";

    /** As the extended streaming history has it. */
    public String extended() {
        return "{\"ts\":\"" + end.truncatedTo(ChronoUnit.SECONDS)
                + "\",\"username\":\"kari.nordmann\",\"platform\":\"android\","
                + "\"ms_played\":" + ms + ",\"conn_country\":\"NO\",\"ip_addr\":\"" + ADDRESS + "\","
                + "\"user_agent_decrypted\":\"agent 47\","
                + "\"master_metadata_track_name\":" + Answers.quote(song.name())
                + ",\"master_metadata_album_artist_name\":"
                + Answers.quote(song.artists().get(0))
                + ",\"master_metadata_album_album_name\":" + Answers.quote(song.album())
                + ",\"spotify_track_uri\":\"spotify:track:" + song.id()
                + "\",\"episode_name\":null,\"episode_show_name\":null,\"spotify_episode_uri\":null,"
                + "\"reason_start\":\"trackdone\",\"reason_end\":\"fwdbtn\",\"shuffle\":true,\"skipped\":false,"
                + "\"offline\":false,\"offline_timestamp\":null,\"incognito_mode\":false}";
    }

    /** As the streaming history of a usual export has it. */
    public String brief() {
        return "{\n    \"endTime\" : \"" + end.toString().substring(0, 16).replace('T', ' ')
                + "\",\n    \"artistName\" : "
                + Answers.quote(song.artists().get(0)) + ",\n    \"trackName\" : " + Answers.quote(song.name())
                + ",\n    \"msPlayed\" : " + ms + "\n  }";
    }

    /** As the Web API has it, with {@code playedAt} as its time. */
    public String recent(Instant playedAt) {
        return "{\"track\":" + song.json() + ",\"played_at\":\"" + playedAt
                + "\",\"context\":{\"type\":\"playlist\",\"href\":\"https://api.spotify.com/v1/playlists/x\","
                + "\"external_urls\":{},\"uri\":\"spotify:playlist:" + Answers.list("context") + "\"}}";
    }

    /** Rows as a file of an export. */
    public static String file(List<String> rows) {
        return rows.stream().collect(Collectors.joining(",\n  ", "[\n  ", "\n]"));
    }

    /** Rows as an answer of the Web API, the newest one first. */
    public static String answer(List<String> rows) {
        return "{\"items\":[" + String.join(",", rows)
                + "],\"next\":null,\"cursors\":{\"after\":\"1\",\"before\":\"0\"},"
                + "\"limit\":50,\"href\":\"https://api.spotify.com/v1/me/player/recently-played?limit=50\"}";
    }
}
