package dev.chartlake.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.simulator.answer.Dialect;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.trials.Hang;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class SimulatorTest {

    private static final SimulatorOptions OPTIONS = SimulatorOptions.defaults();

    /** Everything that comes back on one connection until the server closes it. */
    private static String raw(Simulator simulator, String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), simulator.port())) {
            socket.setSoTimeout((int) Hang.LIMIT.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aClientThatAcceptsGzipGetsTheSameBytesInFewer() throws Exception {
        try (Simulator simulator = Simulator.start(SimulatorOptions.defaults())) {
            Client client = new Client(simulator);
            String path = "/playlists/" + WorldLists.TOP_WORLD;
            HttpResponse<byte[]> small = client.gzip(path);
            assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
            byte[] plain = new GZIPInputStream(new ByteArrayInputStream(small.body())).readAllBytes();
            assertThat(new String(plain, StandardCharsets.UTF_8))
                    .isEqualTo(client.get(path).body());
            assertThat(small.body().length).isLessThan(plain.length / 5);
        }
    }

    @Test
    void everyAnswerIsGivenAtNoonOfTheSimulatedDate() throws IOException {
        try (Simulator simulator = Simulator.start(OPTIONS.withDate(LocalDate.of(2023, 5, 9)))) {
            Client client = new Client(simulator);
            HttpResponse<String> token = client.signIn("demo", "demo-secret", "grant_type=client_credentials");
            assertThat(token.headers().allValues("Date")).containsExactly("Tue, 09 May 2023 12:00:00 GMT");
            assertThat(client.get("/nothing").headers().allValues("Date"))
                    .containsExactly("Tue, 09 May 2023 12:00:00 GMT");
            simulator.setDate(LocalDate.of(2024, 2, 29));
            assertThat(client.get("/playlists/" + WorldLists.EMPTY).headers().allValues("Date"))
                    .containsExactly("Thu, 29 Feb 2024 12:00:00 GMT");
            assertThat(simulator.date()).isEqualTo("2024-02-29");
        }
    }

    @Test
    void theReadyLineSaysAll() {
        try (Simulator simulator = Simulator.start(OPTIONS.withDialect(Dialect.Y2026))) {
            String url = "http://127.0.0.1:" + simulator.port();
            assertThat(simulator.readyLine())
                    .isEqualTo("Simulator ready: SPOTIFY_API_URL=" + url + "/v1 SPOTIFY_ACCOUNTS_URL=" + url
                            + " (client id demo, secret demo-secret, date 2026-11-21, dialect 2026)");
        }
    }

    @Test
    void requestsAreRecorded() {
        try (Simulator simulator = Simulator.start(OPTIONS)) {
            Client client = new Client(simulator);
            client.get("/playlists/" + WorldLists.EMPTY + "/tracks?limit=5");
            assertThat(simulator.requests())
                    .extracting(Request::toString)
                    .containsExactly("POST /api/token", "GET /v1/playlists/" + WorldLists.EMPTY + "/tracks?limit=5");
            simulator.clearRequests();
            assertThat(simulator.requests()).isEmpty();
        }
    }

    @Test
    void manyAskAtOnce() {
        try (Simulator simulator = Simulator.start(OPTIONS)) {
            Client client = new Client(simulator);
            client.token();
            String path = "/playlists/" + WorldLists.TOP_WORLD;
            String alone = client.get(path).body();
            List<String> together = IntStream.range(0, 24)
                    .parallel()
                    .mapToObj(i -> client.get(path).body())
                    .toList();
            assertThat(together).containsOnly(alone);
            assertThat(simulator.requests()).hasSize(26);
        }
    }

    @Test
    void closingCutsConnectionsAndFreesThePort() {
        Simulator first = Simulator.start(OPTIONS);
        Client client = new Client(first);
        client.get("/playlists/" + WorldLists.EMPTY);
        first.close();
        first.close();
        assertThatThrownBy(() -> client.tryGet("/playlists/" + WorldLists.EMPTY))
                .isInstanceOf(IOException.class);
        try (Simulator second = Simulator.start(OPTIONS.withPort(first.port()))) {
            assertThat(second.port()).isEqualTo(first.port());
            assertThatThrownBy(() -> Simulator.start(OPTIONS.withPort(second.port())))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("Cannot listen on 127.0.0.1:" + second.port());
        }
    }

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        try (Simulator simulator = Simulator.start(OPTIONS)) {
            String both = raw(
                    simulator,
                    "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            assertThat(both.split("HTTP/1.1 404 Not Found\r\n", -1)).hasSize(3);
            assertThat(both).contains("Connection: keep-alive\r\n").contains("Connection: close\r\n");
        }
    }

    @Test
    void brokenAnswersBreakOnTheWire() throws IOException {
        try (Simulator simulator = Simulator.start(OPTIONS)) {
            String request = "GET /v1/playlists/" + WorldLists.EMPTY + " HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                    + new Client(simulator).token() + "\r\n\r\n";
            simulator.faults().add(Fault.truncate().times(1));
            String answer = raw(simulator, request);
            int promised = Integer.parseInt(answer.replaceAll("(?s).*Content-Length: ([0-9]+).*", "$1"));
            String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
            assertThat(body.getBytes(StandardCharsets.UTF_8)).hasSize(promised / 2);
            simulator.faults().add(Fault.reset().times(1));
            assertThatThrownBy(() -> raw(simulator, request))
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void whatIsNotHttpIsABadRequest() throws IOException {
        try (Simulator simulator = Simulator.start(OPTIONS)) {
            assertThat(raw(simulator, "HELLO\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(raw(simulator, "GET / HTTP/1.1\r\nContent-Length: much\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
            assertThat(raw(simulator, "GET / HTTP/1.1\r\nno colon\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(raw(simulator, "GET / HTTP/1.0\r\n\r\n")).startsWith("HTTP/1.1 404 ");
            assertThat(raw(simulator, "HEAD / HTTP/1.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 404 ")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> OPTIONS.withPort(70_000)).hasMessageContaining("not 70000");
        assertThatThrownBy(() -> Simulator.start(OPTIONS.withRecordings(Path.of("no-such-folder"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no-such-folder");
        assertThat(OPTIONS.withClient("me", "my-secret").toString()).doesNotContain("my-secret");
    }
}
