package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chartlake.outcome.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recorded playlist in DynamoDB, beside the documents that a few lines make of the same answer. */
@Execution(ExecutionMode.SAME_THREAD)
class RealDocumentsTest {

    @TempDir
    Path folder;

    private final Map<String, Map<String, @Nullable Object>> tracks = new TreeMap<>();
    private final Map<String, Map<String, @Nullable Object>> albums = new TreeMap<>();
    private final Map<String, Map<String, @Nullable Object>> artists = new TreeMap<>();
    private final List<String> order = new ArrayList<>();

    @Test
    void theTablesHoldWhatAPlaylistSays() throws Exception {
        String real = System.getenv("CHARTLAKE_REAL_DATA");
        assumeThat(real)
                .as("set CHARTLAKE_REAL_DATA to a folder with recorded input: api/")
                .isNotNull();
        Path recorded = Path.of(String.valueOf(real), "api", "playlist_top50_global_2024-04-22.json");
        assumeThat(recorded).exists();
        JsonNode playlist = JsonMapper.shared().readTree(Files.readAllBytes(recorded));
        playlist = playlist.isArray() ? playlist.get(0) : playlist;
        playlist.at("/tracks/items").forEach(row -> track(row.path("track")));
        assertThat(order).hasSizeGreaterThan(40);

        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(recorded).with(ExitCode.DONE);
        lake.transform().with(ExitCode.DONE);
        try (DynamoDb dynamoDb = new DynamoDb()) {
            Map<String, String> environment = new HashMap<>(dynamoDb.environment());
            environment.put("AWS_EC2_METADATA_DISABLED", "true");
            lake.child(environment, "load", "dynamodb", "--create").with(ExitCode.DONE);
            assertThat(plain(dynamoDb.items("playlist_table", "playlist_uri")))
                    .isEqualTo(Map.of(
                            playlist.path("uri").asString(),
                            document(
                                    "playlist_uri", playlist.path("uri").asString(),
                                    "playlist_tracks", order,
                                    "playlist_url", url(playlist))));
            assertThat(plain(dynamoDb.items("track_table", "track_id"))).isEqualTo(tracks);
            assertThat(plain(dynamoDb.items("album_table", "album_id"))).isEqualTo(albums);
            assertThat(plain(dynamoDb.items("artist_table", "artist_id"))).isEqualTo(artists);
        }
    }

    private void track(JsonNode track) {
        String id = track.path("id").asString();
        JsonNode album = track.path("album");
        order.add(id);
        tracks.put(
                id,
                document(
                        "track_id", id,
                        "track_name", track.path("name").asString(),
                        "track_album", album.path("id").asString(),
                        "track_artists", artists(track),
                        "track_duration", track.path("duration_ms").asString(),
                        "track_popularity", track.path("popularity").asString(),
                        "track_uri", track.path("uri").asString()));
        albums.put(
                album.path("id").asString(),
                document(
                        "album_id", album.path("id").asString(),
                        "album_name", album.path("name").asString(),
                        "album_num_tracks", album.path("total_tracks").asString(),
                        "album_release_date", album.path("release_date").asString(),
                        "album_artists", artists(album),
                        "album_uri", album.path("uri").asString(),
                        "album_url", url(album)));
    }

    private List<String> artists(JsonNode of) {
        List<String> ids = new ArrayList<>();
        of.path("artists").forEach(artist -> {
            String id = artist.path("id").asString();
            ids.add(id);
            artists.put(
                    id,
                    document(
                            "artist_id", id,
                            "artist_name", artist.path("name").asString(),
                            "artist_uri", artist.path("uri").asString(),
                            "artist_url", url(artist)));
        });
        return ids;
    }

    private static String url(JsonNode of) {
        return of.at("/external_urls/spotify").asString();
    }

    private static Map<String, @Nullable Object> document(Object... namesAndValues) {
        Map<String, @Nullable Object> document = new TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            document.put(namesAndValues[i].toString(), namesAndValues[i + 1]);
        }
        return document;
    }

    /** Items without the times, which a document of one answer does not have. */
    private static Map<String, Map<String, @Nullable Object>> plain(Map<String, Map<String, AttributeValue>> items) {
        Map<String, Map<String, @Nullable Object>> plain = new TreeMap<>();
        items.forEach((key, item) -> {
            Map<String, @Nullable Object> document = new TreeMap<>();
            item.forEach((name, value) -> {
                if (!name.endsWith("observed_at")) {
                    document.put(name, value(value));
                }
            });
            plain.put(key, document);
        });
        return plain;
    }

    private static @Nullable Object value(AttributeValue value) {
        return switch (value.type()) {
            case S -> value.s();
            case N -> value.n();
            case L -> DynamoDb.texts(value);
            default -> value.toString();
        };
    }
}
