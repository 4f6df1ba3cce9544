package dev.chartlake.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as anybody might write one: the JDK's, over real HTTP. */
final class Client {

    static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Simulator simulator;
    private @Nullable String token;

    Client(Simulator simulator) {
        this.simulator = simulator;
    }

    /** The body of a path below /v1 that is expected to answer 200. */
    JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " answered " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    /** A path below /v1, or a whole address, with a token. */
    HttpResponse<String> get(String path) {
        try {
            return tryGet(path);
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    HttpResponse<String> tryGet(String path) throws IOException {
        return send("GET", path.startsWith("http") ? path : simulator.apiUrl() + path, "Bearer " + token(), "");
    }

    /** The bytes of a path below /v1 as they come, for a client that says it accepts gzip. */
    HttpResponse<byte[]> gzip(String path) throws IOException, InterruptedException {
        var request = java.net.http.HttpRequest.newBuilder(URI.create(simulator.apiUrl() + path))
                .header("Authorization", "Bearer " + token())
                .header("Accept-Encoding", "gzip");
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    String token() {
        if (token == null) {
            try {
                token = JSON.readTree(signIn("demo", "demo-secret", "grant_type=client_credentials")
                                .body())
                        .path("access_token")
                        .asString();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
        return token;
    }

    HttpResponse<String> signIn(String id, String secret, String form) throws IOException {
        String basic = Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
        return send("POST", simulator.accountsUrl() + "/api/token", "Basic " + basic, form);
    }

    HttpResponse<String> send(String method, String url, @Nullable String authorization, String body)
            throws IOException {
        var request = java.net.http.HttpRequest.newBuilder(URI.create(url))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/x-www-form-urlencoded");
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
