package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.world.WorldLists;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class DialectTest {

    private static final String CHART = "/playlists/" + WorldLists.TOP_WORLD;

    private static Simulator start(Dialect dialect) {
        return Simulator.start(SimulatorOptions.defaults().withDialect(dialect));
    }

    @Test
    void legacyHasTracks() {
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            JsonNode list = client.json(CHART);
            assertThat(list.has("items")).isFalse();
            assertThat(list.at("/tracks/items/49/track/popularity").isInt()).isTrue();
            assertThat(list.at("/tracks/items/0").has("item")).isFalse();
            JsonNode newer = client.json(CHART + "/items?limit=50");
            assertThat(newer.path("items")).hasSize(50);
            assertThat(newer.at("/items/7/item")).isEqualTo(newer.at("/items/7/track"));
            assertThat(client.json(CHART + "/tracks").path("limit").asInt()).isEqualTo(100);
            assertThat(client.get("/playlists/" + WorldLists.TOP_DENMARK).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void transitionHasBoth() {
        try (Simulator simulator = start(Dialect.TRANSITION)) {
            Client client = new Client(simulator);
            JsonNode list = client.json(CHART);
            for (String page : new String[] {"tracks", "items"}) {
                JsonNode row = list.at("/" + page + "/items/7");
                assertThat(row.path("track").isObject()).isTrue();
                assertThat(row.path("item")).isEqualTo(row.path("track"));
            }
            assertThat(client.json(CHART + "/tracks?limit=100").path("items")).isEqualTo(list.at("/items/items"));
            assertThat(client.json(CHART + "/items?limit=50").path("items")).isEqualTo(list.at("/items/items"));
            assertThat(client.get("/playlists/" + WorldLists.TOP_DENMARK).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void since2026ThereAreItemsWithFewerFields() {
        try (Simulator simulator = start(Dialect.Y2026)) {
            Client client = new Client(simulator);
            JsonNode list = client.json(CHART);
            assertThat(list.has("tracks")).isFalse();
            assertThat(list.has("followers")).isFalse();
            JsonNode row = list.at("/items/items/0");
            assertThat(row.propertyNames())
                    .containsExactlyInAnyOrder(
                            "added_at", "added_by", "is_local", "primary_color", "item", "video_thumbnail");
            assertThat(row.path("item").propertyNames())
                    .doesNotContain("popularity", "available_markets", "linked_from")
                    .contains("external_ids", "track", "episode");
            assertThat(row.at("/item/album").has("available_markets")).isFalse();
            assertThat(row.at("/item/preview_url").isNull()).isTrue();
            assertThat(client.get(CHART + "/tracks").statusCode()).isEqualTo(403);
            assertThat(client.get("/playlists/" + WorldLists.TOP_DENMARK).body())
                    .isEqualTo("{\"error\":{\"status\":404,\"message\":\"Resource not found\"}}");
        }
    }

    @Test
    void since2026SomebodyElsesListIsMetadataOnly() {
        try (Simulator simulator = start(Dialect.Y2026)) {
            Client client = new Client(simulator);
            JsonNode list = client.json("/playlists/" + WorldLists.NOT_OWNED);
            assertThat(list.has("items")).isFalse();
            assertThat(list.has("tracks")).isFalse();
            assertThat(list.path("name").asString()).isEqualTo("Somebody else's");
            assertThat(client.get("/playlists/" + WorldLists.NOT_OWNED + "/items")
                            .statusCode())
                    .isEqualTo(403);
        }
        try (Simulator simulator = start(Dialect.LEGACY)) {
            assertThat(new Client(simulator)
                            .json("/playlists/" + WorldLists.NOT_OWNED)
                            .at("/tracks/total")
                            .asInt())
                    .isEqualTo(25);
        }
    }

    @ParameterizedTest
    @EnumSource
    void errorsAreTheSameInAll(Dialect dialect) {
        try (Simulator simulator = start(dialect)) {
            Client client = new Client(simulator);
            String endpoint = dialect == Dialect.LEGACY ? "/tracks" : "/items";
            String tooMany = dialect == Dialect.LEGACY ? "101" : "51";
            assertThat(client.get("/playlists/0000000000000000000000").body())
                    .isEqualTo("{\"error\":{\"status\":404,\"message\":\"Resource not found\"}}");
            assertThat(client.get("/playlists/" + WorldLists.REFUSED).body())
                    .isEqualTo("{\"error\":{\"status\":403,\"message\":\"Forbidden\"}}");
            assertThat(client.get("/playlists/too-short").body())
                    .isEqualTo("{\"error\":{\"status\":400,\"message\":\"Invalid base62 id\"}}");
            assertThat(client.get("/nothing").statusCode()).isEqualTo(404);
            Stream.of(tooMany, "0", "-1", "many")
                    .forEach(limit -> assertThat(client.get(CHART + endpoint + "?limit=" + limit)
                                    .body())
                            .isEqualTo("{\"error\":{\"status\":400,\"message\":\"Invalid limit\"}}"));
        }
    }

    @Test
    void simpleFieldsAreFiltered() {
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            assertThat(client.json(CHART + "?fields=snapshot_id,name").propertyNames())
                    .containsExactly("name", "snapshot_id");
            assertThat(client.json(CHART + "/tracks?fields=total,next").propertyNames())
                    .containsExactly("next", "total");
        }
    }

    @Test
    void nestedFieldsAreFiltered() {
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            JsonNode page = client.json(CHART + "/tracks?fields=items(added_at,track(name,artists(name))),next,total");
            assertThat(page.propertyNames()).containsExactly("items", "next", "total");
            assertThat(page.path("items")).hasSize(50).allSatisfy(row -> {
                assertThat(row.propertyNames()).containsExactly("added_at", "track");
                assertThat(row.path("track").propertyNames()).containsExactly("artists", "name");
                assertThat(row.at("/track/artists/0").propertyNames()).containsExactly("name");
            });
            JsonNode playlist = client.json(CHART + "?fields=name,tracks.items.track.id,tracks(total)");
            assertThat(playlist.propertyNames()).containsExactly("name", "tracks");
            assertThat(playlist.path("tracks").propertyNames()).containsExactly("items", "total");
            assertThat(playlist.at("/tracks/items/3").propertyNames()).containsExactly("track");
            assertThat(playlist.at("/tracks/items/3/track").propertyNames()).containsExactly("id");
        }
    }

    @Test
    void anExclamationMarkLeavesOut() {
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            JsonNode all = client.json(CHART);
            JsonNode playlist = client.json(CHART + "?fields=!tracks,!images");
            assertThat(playlist.propertyNames()).hasSize(all.propertyNames().size() - 2);
            assertThat(playlist.has("tracks")).isFalse();
            JsonNode page = client.json(CHART + "/tracks?fields=items(track(name,album(!available_markets,!images)))");
            assertThat(page.at("/items/0/track").propertyNames()).containsExactly("album", "name");
            assertThat(page.at("/items/0/track/album").propertyNames())
                    .contains("id", "name")
                    .doesNotContain("available_markets", "images");
        }
    }

    /** An app since 2026 that filters by the older name gets empty rows, and does not notice. */
    @Test
    void fieldsOfTheOtherDialectGiveEmptyRows() {
        try (Simulator simulator = start(Dialect.Y2026)) {
            JsonNode page = new Client(simulator).json(CHART + "/items?limit=50&fields=items(track(name)),total");
            assertThat(page.path("total").asInt()).isEqualTo(50);
            assertThat(page.path("items")).hasSize(50).allMatch(JsonNode::isEmpty);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"items(track", "items(track))", ",", "items()", "items..track", "!"})
    void brokenFieldsAreRefused(String fields) {
        try (Simulator simulator = start(Dialect.LEGACY)) {
            assertThat(new Client(simulator)
                            .get(CHART + "/tracks?fields=" + URLEncoder.encode(fields, StandardCharsets.UTF_8))
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void aMarketMakesSongsPlayable() {
        try (Simulator simulator = start(Dialect.LEGACY)) {
            JsonNode song = new Client(simulator).json(CHART + "?market=NO").at("/tracks/items/0/track");
            assertThat(song.path("is_playable").asBoolean()).isTrue();
            assertThat(song.has("available_markets")).isFalse();
        }
    }

    @Test
    void dialectsAreParsed() {
        assertThat(Stream.of("legacy", "transition", "2026").map(Dialect::parse))
                .containsExactly(Dialect.values());
        assertThatThrownBy(() -> Dialect.parse("new"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Unknown dialect 'new'. Valid: legacy, transition, 2026");
    }
}
