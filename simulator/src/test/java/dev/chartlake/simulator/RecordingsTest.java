package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.world.WorldLists;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class RecordingsTest {

    private static final String LIST = "37i9AAAAAAAAAAAAAAAAAA";
    private static final String USERS = "2AAAAAAAAAAAAAAAAAAAAA";
    private static final LocalDate DAY = LocalDate.of(2021, 3, 25);

    @TempDir
    Path folder;

    private static String page(String key, int rows) {
        return IntStream.rangeClosed(1, rows)
                .mapToObj(i -> "{\"added_at\":null,\"" + key + "\":{\"odd\":1.50,\"id\":\"" + i + "\"},\"last\":[]}")
                .collect(Collectors.joining(",", "{\"href\":\"x\",\"items\":[", "],\"limit\":100,\"total\":99}"));
    }

    private void record(String list, String text) throws IOException {
        Path file = folder.resolve(list).resolve(DAY + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private Simulator start(Dialect dialect) {
        return Simulator.start(SimulatorOptions.defaults()
                .withRecordings(folder)
                .withDialect(dialect)
                .withDate(DAY));
    }

    @Test
    void aPageIsPagedAgain() throws IOException {
        record(LIST, page("track", 7));
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            JsonNode page = client.json("/playlists/" + LIST + "/tracks?limit=3&offset=3");
            assertThat(page.path("items").toString())
                    .isEqualTo("[{\"added_at\":null,\"track\":{\"odd\":1.5,\"id\":\"4\"},\"last\":[]},"
                            + "{\"added_at\":null,\"track\":{\"odd\":1.5,\"id\":\"5\"},\"last\":[]},"
                            + "{\"added_at\":null,\"track\":{\"odd\":1.5,\"id\":\"6\"},\"last\":[]}]");
            assertThat(page.path("total").asInt()).isEqualTo(7);
            assertThat(page.path("next").asString())
                    .isEqualTo(simulator.apiUrl() + "/playlists/" + LIST + "/tracks?offset=6&limit=3");
        }
    }

    @Test
    void aPageIsWrappedIntoAPlaylist() throws IOException {
        record(LIST, "[" + page("track", 7) + "]");
        record(USERS, page("track", 1));
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            JsonNode list = client.json("/playlists/" + LIST);
            assertThat(list.path("id").asString()).isEqualTo(LIST);
            assertThat(list.path("name").asString()).isEqualTo(LIST);
            assertThat(list.at("/owner/id").asString()).isEqualTo("spotify");
            assertThat(list.path("snapshot_id").isNull()).isTrue();
            assertThat(list.at("/tracks/items")).hasSize(7);
            assertThat(client.json("/playlists/" + USERS).path("owner").isNull())
                    .isTrue();
        }
    }

    @Test
    void aWholePlaylistKeepsItsFields() throws IOException {
        record(
                LIST,
                "[{\"name\":\"Kept\",\"owner\":{\"id\":\"o\"},\"snapshot_id\":\"s\",\"extra\":{\"a\":1},\"tracks\":"
                        + page("track", 2) + "}]");
        try (Simulator simulator = start(Dialect.LEGACY)) {
            JsonNode list = new Client(simulator).json("/playlists/" + LIST);
            assertThat(list.path("name").asString()).isEqualTo("Kept");
            assertThat(list.at("/extra/a").asInt()).isEqualTo(1);
            assertThat(list.path("uri").asString()).isEqualTo("spotify:playlist:" + LIST);
            assertThat(list.at("/tracks/items")).hasSize(2);
        }
    }

    @Test
    void theDialectIsTheOneAskedForWhateverWasRecorded() throws IOException {
        record(LIST, page("track", 2));
        record(USERS, page("item", 2));
        for (String list : List.of(LIST, USERS)) {
            try (Simulator simulator = start(Dialect.Y2026)) {
                JsonNode row = new Client(simulator).json("/playlists/" + list).at("/items/items/1");
                assertThat(row.propertyNames()).containsExactly("added_at", "item", "last");
            }
            try (Simulator simulator = start(Dialect.TRANSITION)) {
                Client client = new Client(simulator);
                JsonNode row = client.json("/playlists/" + list + "/items").at("/items/1");
                assertThat(row.propertyNames()).containsExactly("added_at", "track", "item", "last");
                assertThat(row.path("track")).isEqualTo(row.path("item"));
            }
            try (Simulator simulator = start(Dialect.LEGACY)) {
                JsonNode row = new Client(simulator).json("/playlists/" + list).at("/tracks/items/1");
                assertThat(row.propertyNames()).containsExactly("added_at", "track", "last");
            }
        }
    }

    @Test
    void faultsStrikeRecordingsToo() throws IOException {
        record(LIST, page("track", 4));
        try (Simulator simulator = start(Dialect.LEGACY)) {
            simulator.faults().add(Fault.nullEntries(2));
            assertThat(new Client(simulator)
                            .json("/playlists/" + LIST)
                            .at("/tracks/items/1/track")
                            .isNull())
                    .isTrue();
        }
    }

    @Test
    void aDayThatWasNotRecordedIsNotFound() throws IOException {
        record(LIST, page("track", 1));
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            simulator.setDate(DAY.plusDays(1));
            assertThat(client.get("/playlists/" + LIST).body())
                    .isEqualTo("{\"error\":{\"status\":404,\"message\":\"Resource not found\"}}");
            assertThat(client.get("/playlists/" + WorldLists.TOP_WORLD).statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aFileThatIsNoListIsNamed() throws IOException {
        record(LIST, "{\"a\":1}");
        record(USERS, "<html>");
        try (Simulator simulator = start(Dialect.LEGACY)) {
            Client client = new Client(simulator);
            assertThat(client.get("/playlists/" + LIST).statusCode()).isEqualTo(500);
            assertThat(client.get("/playlists/" + LIST).body())
                    .contains("Neither a page nor a playlist", DAY + ".json");
            assertThat(client.get("/playlists/" + USERS).body()).contains("Not JSON", DAY + ".json");
        }
    }

    @Test
    void realHistoryIsServedRowForRow() throws IOException {
        String real = System.getenv("CHARTLAKE_REAL_DATA");
        assumeThat(real)
                .as("set CHARTLAKE_REAL_DATA to a folder with history/<list>/<date>.json")
                .isNotNull();
        Path history = Path.of(String.valueOf(real), "history");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withRecordings(history));
                Stream<Path> files = Files.walk(history)) {
            Client client = new Client(simulator);
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path place = history.relativize(file);
                simulator.setDate(LocalDate.parse(place.getName(1).toString().replace(".json", "")));
                JsonNode page = client.json("/playlists/" + place.getName(0) + "/tracks");
                assertThat(page.path("items"))
                        .as(file.toString())
                        .isEqualTo(Client.JSON.readTree(Files.readString(file)).path("items"));
            }
        }
    }
}
