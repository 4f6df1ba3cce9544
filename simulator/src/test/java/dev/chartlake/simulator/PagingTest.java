package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.world.WorldLists;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class PagingTest {

    private static final String LONGEST = "/playlists/" + WorldLists.sized(WorldLists.LONGEST);

    /** Follows next from an address to the end and collects the ids under a pointer, checking the pages on the way. */
    private static List<String> walk(Client client, String start, String pointer, int limit) {
        List<String> ids = new ArrayList<>();
        String next = start;
        while (next != null) {
            JsonNode page = client.json(next);
            assertThat(page.path("offset").asInt()).isEqualTo(ids.size());
            assertThat(page.path("limit").asInt()).isEqualTo(limit);
            assertThat(page.path("total").asInt()).isEqualTo(WorldLists.LONGEST);
            assertThat(page.path("previous").isNull()).isEqualTo(ids.isEmpty());
            page.path("items").forEach(row -> ids.add(row.at(pointer).asString()));
            next = page.path("next").isNull() ? null : page.path("next").asString();
        }
        return ids;
    }

    @Test
    void tenThousandEntriesInHundreds() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            List<String> ids = walk(new Client(simulator), LONGEST + "/tracks?limit=100", "/track/id", 100);
            assertThat(ids).hasSize(WorldLists.LONGEST).doesNotHaveDuplicates();
        }
    }

    @Test
    void tenThousandEntriesInFifties() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDialect(Dialect.Y2026))) {
            List<String> ids = walk(new Client(simulator), LONGEST + "/items?limit=50", "/item/id", 50);
            assertThat(ids).hasSize(WorldLists.LONGEST).doesNotHaveDuplicates();
        }
    }

    @Test
    void linksAreThisServersAndKeepTheParameters() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Client client = new Client(simulator);
            String list = simulator.apiUrl() + "/playlists/" + WorldLists.sized(250);
            JsonNode page = client.json(list + "/tracks?additional_types=track,episode&offset=100&limit=100");
            assertThat(page.path("href").asString())
                    .isEqualTo(list + "/tracks?offset=100&limit=100&additional_types=track%2Cepisode");
            assertThat(page.path("previous").asString())
                    .isEqualTo(list + "/tracks?offset=0&limit=100&additional_types=track%2Cepisode");
            assertThat(page.path("next").asString())
                    .isEqualTo(list + "/tracks?offset=200&limit=100&additional_types=track%2Cepisode");
            JsonNode last = client.json(page.path("next").asString());
            assertThat(last.path("items")).hasSize(50);
            assertThat(last.path("next").isNull()).isTrue();
            assertThat(client.json(list).path("href").asString()).isEqualTo(list);
        }
    }

    @Test
    void theNextOfAnEmbeddedPageCanBeFollowed() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults().withDialect(Dialect.Y2026))) {
            Client client = new Client(simulator);
            JsonNode first = client.json("/playlists/" + WorldLists.sized(120)).path("items");
            assertThat(first.path("items")).hasSize(100);
            JsonNode second = client.json(first.path("next").asString());
            assertThat(second.path("offset").asInt()).isEqualTo(100);
            assertThat(second.path("items")).hasSize(20);
        }
    }

    @Test
    void pastTheEndIsEmpty() {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            JsonNode page = new Client(simulator)
                    .json("/playlists/" + WorldLists.sized(3) + "/tracks?offset=999999999&limit=100");
            assertThat(page.path("items")).isEmpty();
            assertThat(page.path("next").isNull()).isTrue();
            assertThat(page.path("total").asInt()).isEqualTo(3);
        }
    }

    @Test
    void sizesAreLimited() {
        assertThat(WorldLists.sized(0)).hasSize(22);
        assertThatThrownBy(() -> WorldLists.sized(10_001)).hasMessageContaining("not 10001");
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            assertThat(new Client(simulator)
                            .get("/playlists/0SizedDemoList00010001")
                            .statusCode())
                    .isEqualTo(404);
        }
    }
}
