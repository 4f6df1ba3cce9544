package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.trials.Seeded;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class WorldTest {

    private static final LocalDate DAY = LocalDate.of(2026, 9, 1);

    private static JsonNode tracks(Client client, String list) {
        return client.json("/playlists/" + list).at("/tracks/items");
    }

    @ParameterizedTest
    @ValueSource(strings = {WorldLists.TOP_WORLD, WorldLists.TOP_NORWAY, WorldLists.TOP_DENMARK})
    void chartsMove(String chart) {
        Seeded.run(random -> chartMoves(chart, random.nextLong()));
    }

    private static void chartMoves(String chart, long seed) {
        int debuts = 0;
        int returns = 0;
        int exits = 0;
        int climbs = 0;
        int falls = 0;
        Map<String, Integer> popularity = new HashMap<>();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withSeed(seed))) {
            Client client = new Client(simulator);
            Set<String> ever = new HashSet<>();
            List<String> before = List.of();
            for (int day = 0; day < 56; day++) {
                LocalDate date = DAY.plusDays(day);
                simulator.setDate(date);
                List<String> today = new ArrayList<>();
                for (JsonNode row : tracks(client, chart + "?market=NO")) {
                    String id = row.at("/track/id").asString();
                    today.add(id);
                    assertThat(row.path("added_at").asString()).isEqualTo(date + "T09:14:07Z");
                    assertThat(row.at("/track/album/release_date").asString()).isLessThanOrEqualTo(date.toString());
                    int now = row.at("/track/popularity").asInt();
                    Integer last = popularity.put(id, now);
                    if (last != null && before.contains(id)) {
                        assertThat(now).as("seed %d, %s on %s", seed, id, date).isCloseTo(last, within(15));
                    }
                }
                assertThat(today).as("seed %d", seed).hasSize(50).doesNotHaveDuplicates();
                for (String id : before) {
                    int then = before.indexOf(id);
                    int now = today.indexOf(id);
                    exits += now < 0 ? 1 : 0;
                    climbs += now >= 0 && now < then ? 1 : 0;
                    falls += now > then ? 1 : 0;
                }
                for (String id : today) {
                    boolean known = !ever.add(id);
                    debuts += !known && day > 0 ? 1 : 0;
                    returns += known && !before.contains(id) ? 1 : 0;
                }
                before = today;
            }
        }
        String all = "seed %d: %d debuts, %d returns, %d exits, %d climbs, %d falls"
                .formatted(seed, debuts, returns, exits, climbs, falls);
        assertThat(debuts).as(all).isPositive();
        assertThat(returns).as(all).isPositive();
        assertThat(exits).as(all).isEqualTo(debuts + returns);
        assertThat(exits).as("most songs stay; " + all).isLessThan(56 * 50 / 2);
        assertThat(climbs).as(all).isPositive();
        assertThat(falls).as(all).isPositive();
    }

    @Test
    void sameSeedAndDateSameBytes() {
        Seeded.run(random -> sameBytes(random.nextLong()));
    }

    private static void sameBytes(long seed) {
        SimulatorOptions options = SimulatorOptions.defaults().withSeed(seed);
        try (Simulator one = Simulator.start(options);
                Simulator other = Simulator.start(options);
                Simulator another = Simulator.start(options.withSeed(seed + 1))) {
            Client client = new Client(one);
            for (String list :
                    List.of(WorldLists.TOP_WORLD, WorldLists.ODD_ENTRIES, WorldLists.ROAD_TRIP, WorldLists.sized(40))) {
                String body = client.get("/playlists/" + list).body();
                assertThat(client.get("/playlists/" + list).body()).isEqualTo(body);
                assertThat(new Client(other).get("/playlists/" + list).body().replace(other.apiUrl(), one.apiUrl()))
                        .as("seed %d, list %s", seed, list)
                        .isEqualTo(body);
                assertThat(tracks(new Client(another), list)).isNotEqualTo(tracks(client, list));
            }
            one.setDate(DAY);
            JsonNode then = tracks(client, WorldLists.TOP_WORLD);
            one.setDate(DAY.plusDays(200));
            assertThat(tracks(client, WorldLists.TOP_WORLD)).isNotEqualTo(then);
            one.setDate(DAY);
            assertThat(tracks(client, WorldLists.TOP_WORLD)).isEqualTo(then);
        }
    }

    @Test
    void theWorldDoesNotContradictItself() {
        Map<String, String> known = new HashMap<>();
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Client client = new Client(simulator);
            for (String list : List.of(
                    WorldLists.TOP_WORLD,
                    WorldLists.TOP_NORWAY,
                    WorldLists.ROAD_TRIP,
                    WorldLists.ODD_ENTRIES,
                    WorldLists.sized(100))) {
                for (JsonNode row : tracks(client, list + "?market=NO&additional_types=track,episode")) {
                    List<JsonNode> things = new ArrayList<>(List.of(row.path("track"), row.at("/track/album")));
                    row.at("/track/artists").forEach(things::add);
                    row.at("/track/album/artists").forEach(things::add);
                    for (JsonNode thing : things) {
                        String uri = thing.path("uri").asString("");
                        if (!uri.isEmpty()) {
                            String before = known.putIfAbsent(uri, thing.toString());
                            assertThat(thing.toString()).isEqualTo(before == null ? thing.toString() : before);
                        }
                    }
                }
            }
        }
        assertThat(known).hasSizeGreaterThan(300);
    }

    @Test
    void snapshotIdsOfUsersFollowTheContentAndSpotifysTheClock() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDate(LocalDate.of(2026, 11, 17)))) {
            Client client = new Client(simulator);
            JsonNode tuesday = client.json("/playlists/" + WorldLists.ROAD_TRIP);
            JsonNode chart = client.json("/playlists/" + WorldLists.TOP_WORLD);
            simulator.setDate(LocalDate.of(2026, 11, 19));
            JsonNode thursday = client.json("/playlists/" + WorldLists.ROAD_TRIP);
            assertThat(thursday.path("snapshot_id")).isEqualTo(tuesday.path("snapshot_id"));
            assertThat(client.json("/playlists/" + WorldLists.TOP_WORLD).path("snapshot_id"))
                    .isNotEqualTo(chart.path("snapshot_id"));
            simulator.setDate(LocalDate.of(2026, 11, 23));
            JsonNode monday = client.json("/playlists/" + WorldLists.ROAD_TRIP);
            assertThat(monday.path("snapshot_id")).isNotEqualTo(tuesday.path("snapshot_id"));
            assertThat(monday.at("/tracks/items/0/track/id")).isEqualTo(tuesday.at("/tracks/items/1/track/id"));
            byte[] before =
                    Base64.getDecoder().decode(tuesday.path("snapshot_id").asString());
            byte[] after = Base64.getDecoder().decode(monday.path("snapshot_id").asString());
            assertThat(after).hasSize(24);
            assertThat(ByteBuffer.wrap(after).getInt())
                    .isEqualTo(ByteBuffer.wrap(before).getInt() + 1);
            assertThat(new String(
                            Base64.getDecoder().decode(chart.path("snapshot_id").asString()),
                            StandardCharsets.US_ASCII))
                    .matches("[0-9]{9},0{36}656e");
        }
    }

    @Test
    void anEmptyListHasNullImages() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            JsonNode list = new Client(simulator).json("/playlists/" + WorldLists.EMPTY);
            assertThat(list.path("images").isNull()).isTrue();
            assertThat(list.at("/tracks/items")).isEmpty();
            assertThat(list.at("/tracks/total").asInt()).isZero();
        }
    }
}
