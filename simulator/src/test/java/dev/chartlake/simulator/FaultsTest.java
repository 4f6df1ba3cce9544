package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.simulator.world.WorldLists;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class FaultsTest {

    private static final String LIST = "/playlists/" + WorldLists.sized(250);
    private static final String TRACKS = LIST + "/tracks";

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final Client client = new Client(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aRateLimitSaysWhenToComeBack() {
        simulator.faults().add(Fault.parse("429:retry-after=2,times=1"));
        HttpResponse<String> answer = client.get(TRACKS);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.body()).isEqualTo("{\"error\":{\"status\":429,\"message\":\"API rate limit exceeded\"}}");
        assertThat(client.get(TRACKS).statusCode()).isEqualTo(200);
        assertThat(simulator.faults().active()).isEmpty();
    }

    @Test
    void aRateLimitMayKeepQuiet() {
        simulator.faults().add(Fault.status(429));
        assertThat(client.get(TRACKS).headers().firstValue("Retry-After")).isEmpty();
    }

    @Test
    void aQuotaThatIsUsedUpTakesHours() {
        simulator.faults().add(Fault.parse("quota"));
        HttpResponse<String> answer = client.get(TRACKS);
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("\"reason\":\"QUOTA_EXCEEDED\"");
        assertThat(answer.headers().firstValue("Retry-After")).contains("52531");
    }

    @Test
    void serverErrorsComeAsOftenAsAsked() {
        simulator.faults().add(Fault.parse("502:times=2"));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(client.get(TRACKS).statusCode());
        }
        assertThat(statuses).containsExactly(502, 502, 200, 200);
    }

    @Test
    void afterLetsSomeRequestsPass() {
        simulator.faults().add(Fault.parse("500:after=2,times=1"));
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            statuses.add(client.get(TRACKS).statusCode());
        }
        assertThat(statuses).containsExactly(200, 200, 500, 200);
    }

    @Test
    void bodiesThatAreNotJson() {
        simulator.faults().add(Fault.html().times(1));
        simulator.faults().add(Fault.premium().times(1));
        simulator.faults().add(Fault.empty().times(1));
        HttpResponse<String> html = client.get(TRACKS);
        assertThat(html.statusCode()).isEqualTo(503);
        assertThat(html.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(html.body()).startsWith("<!DOCTYPE html>");
        HttpResponse<String> premium = client.get(TRACKS);
        assertThat(premium.statusCode()).isEqualTo(403);
        assertThat(premium.body()).startsWith("Active premium subscription required");
        HttpResponse<String> empty = client.get(TRACKS);
        assertThat(empty.statusCode()).isEqualTo(200);
        assertThat(empty.body()).isEmpty();
    }

    @Test
    void connectionsThatBreak() {
        client.token();
        // The JDK's client repeats a GET on its own after a connection that broke before its answer.
        simulator.faults().add(Fault.reset());
        assertThatThrownBy(() -> client.tryGet(TRACKS)).isInstanceOf(IOException.class);
        simulator.faults().clear();
        simulator.faults().add(Fault.truncate());
        assertThatThrownBy(() -> client.tryGet(TRACKS)).isInstanceOf(IOException.class);
        simulator.faults().clear();
        assertThat(client.get(TRACKS).statusCode()).isEqualTo(200);
    }

    @Test
    void lateAnswersAreRight() {
        client.token();
        simulator.faults().add(Fault.parse("slow:millis=300"));
        long start = System.nanoTime();
        assertThat(client.get(TRACKS).statusCode()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
    }

    @Test
    void nullEntriesKeepTheirPlaces() {
        simulator.faults().add(Fault.parse("null-entries:every=7"));
        List<Integer> nulls = new ArrayList<>();
        int position = 0;
        for (int offset = 0; offset < 250; offset += 100) {
            JsonNode page = client.json(TRACKS + "?limit=100&offset=" + offset);
            assertThat(page.path("total").asInt()).isEqualTo(250);
            for (JsonNode row : page.path("items")) {
                position++;
                if (row.path("track").isNull()) {
                    nulls.add(position);
                }
            }
        }
        assertThat(position).isEqualTo(250);
        assertThat(nulls).hasSize(35).allMatch(place -> place % 7 == 0);
    }

    @Test
    void anEditBetweenTwoPagesShiftsTheRest() {
        simulator.faults().add(Fault.parse("edit:after=1"));
        JsonNode list = client.json(LIST + "?fields=snapshot_id");
        JsonNode first = client.json(TRACKS + "?limit=100");
        JsonNode second = client.json(TRACKS + "?limit=100&offset=100");
        assertThat(first.path("total").asInt()).isEqualTo(250);
        assertThat(second.path("total").asInt()).isEqualTo(251);
        assertThat(second.at("/items/0/track/id")).isEqualTo(first.at("/items/99/track/id"));
        JsonNode again = client.json(LIST);
        assertThat(again.path("snapshot_id")).isNotEqualTo(list.path("snapshot_id"));
        assertThat(again.at("/tracks/items/1/track")).isEqualTo(first.at("/items/0/track"));
        assertThat(client.json(TRACKS).path("total").asInt()).isEqualTo(251);
    }

    @Test
    void faultsMeetOnlyWhatTheyAreFor() {
        simulator.faults().add(Fault.parse("500:list=" + WorldLists.EMPTY));
        simulator.faults().add(Fault.parse("503:path=/tracks"));
        assertThat(client.get("/playlists/" + WorldLists.EMPTY).statusCode()).isEqualTo(500);
        assertThat(client.get(LIST).statusCode()).isEqualTo(200);
        assertThat(client.get(TRACKS).statusCode()).isEqualTo(503);
    }

    @Test
    void signingInFailsOnlyWhenAsked() throws IOException {
        simulator.faults().add(Fault.parse("503:times=1"));
        assertThat(client.signIn("demo", "demo-secret", "grant_type=client_credentials")
                        .statusCode())
                .isEqualTo(200);
        simulator.faults().add(Fault.parse("html:path=/api/token"));
        assertThat(client.signIn("demo", "demo-secret", "grant_type=client_credentials")
                        .statusCode())
                .isEqualTo(503);
    }

    @Test
    void faultsCanBeThereFromTheStart() {
        SimulatorOptions options = SimulatorOptions.defaults().withFaults(List.of(Fault.status(500)));
        try (Simulator faulty = Simulator.start(options)) {
            assertThat(new Client(faulty).get(LIST).statusCode()).isEqualTo(500);
        }
    }

    @Test
    void everySpecificationIsRead() {
        assertThat(Fault.parse("429:retry-after=2,times=1"))
                .isEqualTo(Fault.rateLimited(Duration.ofSeconds(2)).times(1));
        assertThat(Fault.parse("500:times=2")).isEqualTo(Fault.status(500).times(2));
        assertThat(Fault.parse("502")).isEqualTo(Fault.status(502));
        assertThat(Fault.parse("html:times=1")).isEqualTo(Fault.html().times(1));
        assertThat(Fault.parse("empty")).isEqualTo(Fault.empty());
        assertThat(Fault.parse("reset:after=3")).isEqualTo(Fault.reset().after(3));
        assertThat(Fault.parse("truncate:path=/items"))
                .isEqualTo(Fault.truncate().path("/items"));
        assertThat(Fault.parse("slow:millis=20")).isEqualTo(Fault.slow(Duration.ofMillis(20)));
        assertThat(Fault.parse("quota:retry-after=9")).isEqualTo(Fault.quota().retryAfter(Duration.ofSeconds(9)));
        assertThat(Fault.parse("null-entries:every=3")).isEqualTo(Fault.nullEntries(3));
        assertThat(Fault.parse("edit:after=2,list=" + WorldLists.ROAD_TRIP))
                .isEqualTo(Fault.edit(2).list(WorldLists.ROAD_TRIP));
        assertThat(Fault.parse("premium")).isEqualTo(Fault.premium());
    }

    @Test
    void whatIsNoneIsQuotedBackWithTheValidOnes() {
        for (String wrong : List.of(
                "",
                "nothing",
                "200",
                "429:",
                "429:retry-after",
                "429:retry-after=soon",
                "html:millis=3",
                "500:times=0")) {
            assertThatThrownBy(() -> Fault.parse(wrong))
                    .as(wrong)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Not a fault: '" + wrong + "'")
                    .hasMessageContaining("Valid: 429:retry-after=2, 500, 502, 503, 504")
                    .hasMessageContaining("edit:after=1");
        }
    }
}
