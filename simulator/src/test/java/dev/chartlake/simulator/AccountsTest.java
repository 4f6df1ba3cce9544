package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.world.WorldLists;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccountsTest {

    private final Simulator simulator = Simulator.start(SimulatorOptions.defaults());
    private final Client client = new Client(simulator);

    @AfterEach
    void close() {
        simulator.close();
    }

    @Test
    void aTokenOpensTheWebApi() throws IOException {
        HttpResponse<String> answer = client.signIn("demo", "demo-secret", "grant_type=client_credentials");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"token_type\":\"Bearer\"").contains("\"expires_in\":3600");
        assertThat(client.get("/playlists/" + WorldLists.EMPTY).statusCode()).isEqualTo(200);
    }

    @Test
    void theSecretMayComeInTheForm() throws IOException {
        String form = "grant_type=client_credentials&client_id=demo&client_secret=demo-secret";
        assertThat(client.send("POST", simulator.accountsUrl() + "/api/token", null, form)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aWrongClientIsRefused() throws IOException {
        HttpResponse<String> answer = client.signIn("demo", "guess", "grant_type=client_credentials");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo("{\"error\":\"invalid_client\",\"error_description\":\"Invalid client\"}");
    }

    @Test
    void anotherGrantIsRefused() throws IOException {
        HttpResponse<String> answer = client.signIn("demo", "demo-secret", "grant_type=password");
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"unsupported_grant_type\"");
        assertThat(client.signIn("demo", "demo-secret", "").body()).contains("grant_type parameter is missing");
    }

    @Test
    void everyWayOfHavingNoTokenHasItsMessage() throws IOException {
        String url = simulator.apiUrl() + "/playlists/" + WorldLists.EMPTY;
        assertThat(client.send("GET", url, null, "").body())
                .isEqualTo("{\"error\":{\"status\":401,\"message\":\"No token provided\"}}");
        assertThat(client.send("GET", url, "Bearer guess", "").body()).contains("Invalid access token");
        assertThat(client.send("GET", url, "Basic ZGVtbw==", "").body())
                .contains("Only valid bearer authentication supported");
        assertThat(client.send("GET", url, null, "").statusCode()).isEqualTo(401);
    }

    @Test
    void tokensExpire() throws IOException {
        simulator.setTokenLifetime(Duration.ZERO);
        HttpResponse<String> answer = client.get("/playlists/" + WorldLists.EMPTY);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("The access token expired");
    }

    @Test
    void tokensCanBeMadeToExpireAtOnce() {
        assertThat(client.get("/playlists/" + WorldLists.EMPTY).statusCode()).isEqualTo(200);
        simulator.expireTokens();
        assertThat(client.get("/playlists/" + WorldLists.EMPTY).body()).contains("The access token expired");
    }
}
