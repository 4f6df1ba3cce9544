package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.world.WorldLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Holds generated answers to recorded ones: at every place of a document, an object has the field names of an object
 * that was recorded there, and a value has a type that was recorded there. What a song, an episode and a local file look
 * like are different places.
 */
class ShapeTest {

    private Path api = Path.of(".");

    @BeforeEach
    void recordings() {
        String real = System.getenv("CHARTLAKE_REAL_DATA");
        assumeThat(real)
                .as("set CHARTLAKE_REAL_DATA to a folder with recorded answers in api/")
                .isNotNull();
        api = Path.of(String.valueOf(real), "api");
    }

    /** By place: the types of values there, and the sets of field names of objects there. */
    private static final class Shapes {
        final Map<String, Set<String>> types = new HashMap<>();
        final Map<String, Set<String>> fields = new HashMap<>();

        void add(String place, JsonNode node) {
            String here = place;
            if (node.isObject()) {
                here = kind(place, node);
                fields.computeIfAbsent(here, any -> new TreeSet<>()).add(names(node));
                for (Map.Entry<String, JsonNode> one : node.properties()) {
                    add(here + "." + one.getKey(), one.getValue());
                }
            } else if (node.isArray()) {
                for (JsonNode element : node) {
                    add(place + "[]", element);
                }
            }
            types.computeIfAbsent(place, any -> new TreeSet<>())
                    .add(node.getNodeType().name());
        }

        /** Allows a type that no recording happens to have. */
        void also(String place, String type) {
            types.computeIfAbsent(place, any -> new TreeSet<>()).add(type);
        }

        private static String names(JsonNode node) {
            return String.join(" ", new TreeSet<>(node.propertyNames()));
        }

        private static String kind(String place, JsonNode node) {
            if (!place.endsWith(".track") && !place.endsWith(".item")) {
                return place;
            }
            boolean local = node.path("is_local").asBoolean(false);
            return place + "(" + (local ? "local" : node.path("type").asString("")) + ")";
        }

        List<String> differences(Shapes recorded) {
            List<String> all = new ArrayList<>();
            fields.forEach((place, sets) -> sets.forEach(set -> {
                Set<String> known = recorded.fields.getOrDefault(place, Set.of());
                if (!known.contains(set)) {
                    all.add(place + " has fields {" + set + "}, recorded " + known);
                }
            }));
            types.forEach((place, mine) -> mine.forEach(type -> {
                Set<String> known = recorded.types.getOrDefault(place, Set.of());
                if (!known.contains(type)) {
                    all.add(place + " is " + type + ", recorded " + known);
                }
            }));
            return all;
        }
    }

    private Shapes recorded(String place, String... files) throws IOException {
        Shapes shapes = new Shapes();
        for (String file : files) {
            JsonNode node = Client.JSON.readTree(Files.readString(api.resolve(file)));
            shapes.add(place, node.isArray() ? node.get(0) : node);
        }
        return shapes;
    }

    private static Shapes generated(Dialect dialect, String place, String... paths) {
        Shapes shapes = new Shapes();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDialect(dialect))) {
            Client client = new Client(simulator);
            for (String path : paths) {
                shapes.add(place, client.json(path));
            }
        }
        return shapes;
    }

    @Test
    void legacyPlaylists() throws IOException {
        Shapes real = recorded(
                "",
                "playlist_top50_global_2024-04-22.json",
                "playlist_with_episode.json",
                "playlist_with_local_file.json");
        JsonNode pages = Client.JSON.readTree(Files.readString(api.resolve("playlist_items_episodes_and_tracks.json")));
        real.add(".tracks", pages);
        // A next that leads somewhere, and a market list that is not empty, were not recorded within a playlist.
        real.also(".tracks.next", "STRING");
        assertThat(generated(
                                Dialect.LEGACY,
                                "",
                                "/playlists/" + WorldLists.TOP_WORLD,
                                "/playlists/" + WorldLists.TOP_DENMARK,
                                "/playlists/" + WorldLists.ROAD_TRIP,
                                "/playlists/" + WorldLists.sized(150))
                        .differences(real))
                .isEmpty();
    }

    @Test
    void legacyPages() throws IOException {
        Shapes real = recorded(
                "", "playlist_tracks_top_songs_global_2023-02-10.json", "playlist_items_episodes_and_tracks.json");
        real.also(".next", "STRING");
        real.also(".previous", "STRING");
        assertThat(generated(
                                Dialect.LEGACY,
                                "",
                                "/playlists/" + WorldLists.TOP_NORWAY + "/tracks",
                                "/playlists/" + WorldLists.sized(250) + "/tracks?offset=100")
                        .differences(real))
                .isEmpty();
    }

    @Test
    void transitionPlaylistsAndPages() throws IOException {
        Shapes real = recorded("", "playlist_transition_both_keys.json");
        assertThat(generated(Dialect.TRANSITION, "", "/playlists/" + WorldLists.sized(20))
                        .differences(real))
                .filteredOn(difference -> !difference.contains("preview_url is STRING"))
                .isEmpty();
        Shapes page = recorded("", "playlist_items_transition_both_keys.json");
        assertThat(generated(Dialect.TRANSITION, "", "/playlists/" + WorldLists.sized(20) + "/items?limit=48")
                        .differences(page))
                .filteredOn(difference -> !difference.contains("preview_url is STRING"))
                .isEmpty();
    }

    @Test
    void since2026SongsAreTheRecordedOnesWithoutWhatWasRemoved() throws IOException {
        Set<String> removed = Set.of("popularity", "available_markets", "linked_from");
        Set<String> fields = new TreeSet<>(Client.JSON
                .readTree(Files.readString(api.resolve("playlist_transition_both_keys.json")))
                .at("/items/items/0/item")
                .propertyNames());
        fields.removeAll(removed);
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDialect(Dialect.Y2026))) {
            Client client = new Client(simulator);
            for (JsonNode row :
                    client.json("/playlists/" + WorldLists.TOP_WORLD).at("/items/items")) {
                assertThat(row.path("item").propertyNames()).containsExactlyInAnyOrderElementsOf(fields);
            }
        }
    }

    @Test
    void episodesAndLocalFiles() throws IOException {
        Shapes real = recorded(
                "",
                "playlist_with_episode.json",
                "playlist_with_local_file.json",
                "playlist_top50_global_2024-04-22.json");
        Shapes mine = new Shapes();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            JsonNode rows = new Client(simulator)
                    .json("/playlists/" + WorldLists.ODD_ENTRIES + "?additional_types=track,episode")
                    .at("/tracks/items");
            for (JsonNode row : rows) {
                JsonNode song = row.path("track");
                if (song.path("is_local").asBoolean(false)
                        || song.path("type").asString("").equals("episode")) {
                    mine.add(".tracks.items[]", row);
                }
            }
        }
        assertThat(mine.fields).containsKeys(".tracks.items[].track(local)", ".tracks.items[].track(episode)");
        assertThat(mine.differences(real)).isEmpty();
    }

    @Test
    void errors() throws IOException {
        Shapes notFound = recorded("", "errors/playlist_not_found.json");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Client client = new Client(simulator);
            assertThat(Client.JSON.readTree(
                            client.get("/playlists/0000000000000000000000").body()))
                    .isEqualTo(Client.JSON.readTree(Files.readString(api.resolve("errors/playlist_not_found.json"))));
            assertThat(Client.JSON.readTree(client.signIn("demo", "guess", "grant_type=client_credentials")
                            .body()))
                    .isEqualTo(Client.JSON.readTree(Files.readString(api.resolve("errors/auth-invalid-client.json"))));
            simulator.faults().add(Fault.status(429).times(1));
            assertThat(Client.JSON.readTree(
                            client.get("/playlists/" + WorldLists.EMPTY).body()))
                    .isEqualTo(Client.JSON.readTree(Files.readString(api.resolve("errors/rate_limit.json"))));
            for (String path : List.of("/playlists/short", "/nothing", "/playlists/" + WorldLists.REFUSED)) {
                Shapes mine = new Shapes();
                mine.add("", Client.JSON.readTree(client.get(path).body()));
                assertThat(mine.differences(notFound)).isEmpty();
            }
        }
    }
}
