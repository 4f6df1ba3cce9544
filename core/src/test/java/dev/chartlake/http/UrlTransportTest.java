package dev.chartlake.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.chartlake.http.Transport.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UrlTransportTest {

    private static final byte[] JSON = "{\"name\":\"Måneskinn\"}".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", ""})
    void unpacksGzip(String encoding) throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        Answer answer = answer(gzip(JSON), encoding, asked);
        assertThat(asked).containsExactly("gzip");
        assertThat(answer.body()).isEqualTo(JSON);
        assertThat(answer.whole()).isTrue();
    }

    @Test
    void takesPlainBytesThatAreCalledGzip() throws Exception {
        assertThat(answer(JSON, "gzip", new CopyOnWriteArrayList<>()).body()).isEqualTo(JSON);
    }

    @Test
    void gzipThatBreaksOffIsNotWhole() throws Exception {
        byte[] packed = gzip(JSON);
        for (int length = 2; length < packed.length; length++) {
            assertThat(answer(Arrays.copyOf(packed, length), "gzip", new CopyOnWriteArrayList<>())
                            .whole())
                    .as("%d of %d bytes", length, packed.length)
                    .isFalse();
        }
    }

    @Test
    void aBombIsRefused() throws Exception {
        byte[] packed = gzip(new byte[65 << 20]);
        assertThatThrownBy(() -> answer(packed, "gzip", new CopyOnWriteArrayList<>()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("larger than");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 OK\r\n\r\n{"})
    void anAnswerThatDripsIsEnded(String start) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
            Thread dripping = new Thread(() -> drip(server, start));
            dripping.setDaemon(true);
            dripping.start();
            UrlTransport transport = new UrlTransport(Proxies.NONE, Duration.ofMillis(500));
            Request request = new Request(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"), Map.of(), "");
            assertThatThrownBy(() -> transport.send(request))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("takes longer");
        }
    }

    private static void drip(ServerSocket server, String start) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept();
                    OutputStream out = socket.getOutputStream()) {
                out.write(start.getBytes(StandardCharsets.US_ASCII));
                while (true) {
                    out.write('x');
                    out.flush();
                    Thread.sleep(20);
                }
            } catch (SocketException | InterruptedException e) {
                continue; // the client has gone
            } catch (IOException e) {
                return;
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http_proxy|",
                "HTTP_PROXY|",
                "ALL_PROXY|",
                "http_proxy|other.invalid,.example.org",
                "http_proxy|spotify.invalid:81",
                "http_proxy|10.0.0.0/8",
            })
    void asksThroughTheProxy(String variable, String spared) throws Exception {
        try (FakeProxy proxy = new FakeProxy()) {
            Map<String, String> environment = Map.of(
                    variable, "http://me:p%40ss@127.0.0.1:" + proxy.port(), "NO_PROXY", spared == null ? "" : spared);
            URI uri = URI.create("http://spotify.invalid/v1/x");
            Answer answer = new UrlTransport(new Proxies(environment))
                    .send(new Request(uri, Map.of("Authorization", "Bearer t"), ""));
            assertThat(answer.body()).isEqualTo(JSON);
            assertThat(proxy.seen).contains("GET http://spotify.invalid/v1/x Basic bWU6cEBzcw==");
        }
    }

    @Test
    void opensATunnelWithThePassword() throws Exception {
        try (FakeProxy proxy = new FakeProxy()) {
            Map<String, String> environment = Map.of("HTTPS_PROXY", "http://me:p%40ss@127.0.0.1:" + proxy.port());
            UrlTransport transport = new UrlTransport(new Proxies(environment));
            Request request =
                    new Request(URI.create("https://spotify.invalid/v1/x"), Map.of("Authorization", "Bearer t"), "");
            assertThatThrownBy(() -> transport.send(request))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("tunnel");
            assertThat(proxy.seen).contains("CONNECT spotify.invalid:443 Basic bWU6cEBzcw==");
            assertThat(proxy.raw).noneMatch(head -> head.contains("Bearer"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "127.0.0.1", "127.0.0.0/8", "a, 127.0.0.1:PORT ", "localhost 127.0.0.1"})
    void sparedHostsAreAskedDirectly(String spared) throws Exception {
        try (FakeProxy server = new FakeProxy()) {
            Map<String, String> environment = Map.of(
                    "http_proxy",
                    "http://127.0.0.1:9",
                    "no_proxy",
                    spared.replace("PORT", String.valueOf(server.port())));
            URI uri = URI.create("http://127.0.0.1:" + server.port() + "/v1/x");
            new UrlTransport(new Proxies(environment)).send(new Request(uri, Map.of(), ""));
            assertThat(server.seen).containsExactly("GET /v1/x ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://me:p4ss@", "ftp://me:p4ss@x", "http://me:p4ss@x:y", "http://me:p4ss@x:99999"})
    void aProxyThatIsNoneIsNamedWithoutItsPassword(String proxy) {
        Proxies proxies = new Proxies(Map.of("HTTPS_PROXY", proxy));
        assertThatThrownBy(() -> proxies.check(URI.create("https://api.spotify.com/v1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("HTTPS_PROXY")
                .hasMessageNotContaining("p4ss");
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(plain);
        }
        return packed.toByteArray();
    }

    private static Answer answer(byte[] body, String encoding, List<String> asked) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                asked.add(exchange.getRequestHeaders().getFirst("Accept-Encoding"));
                if (!encoding.isEmpty()) {
                    exchange.getResponseHeaders().set("Content-Encoding", encoding);
                }
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        try {
            URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
            return new UrlTransport().send(new Request(uri, Map.of(), ""));
        } finally {
            server.stop(0);
        }
    }

    /** Notes request lines with the proxy's credentials, asks for some once, and answers what needs no tunnel. */
    private static final class FakeProxy implements AutoCloseable {
        final List<String> seen = new CopyOnWriteArrayList<>();
        final List<String> raw = new CopyOnWriteArrayList<>();
        private final ServerSocket server = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());

        FakeProxy() throws IOException {
            Thread serving = new Thread(this::serve);
            serving.setDaemon(true);
            serving.start();
        }

        int port() {
            return server.getLocalPort();
        }

        private void serve() {
            while (!server.isClosed()) {
                try (Socket socket = server.accept()) {
                    StringBuilder head = new StringBuilder();
                    while (head.indexOf("\r\n\r\n") < 0) {
                        int next = socket.getInputStream().read();
                        if (next < 0) {
                            break;
                        }
                        head.append((char) next);
                    }
                    answer(head.toString(), socket.getOutputStream());
                } catch (IOException e) {
                    continue; // the client has gone, or the test is over
                }
            }
        }

        private void answer(String head, OutputStream out) throws IOException {
            raw.add(head);
            String line = head.substring(0, Math.max(0, head.indexOf(" HTTP/")));
            String credentials = head.lines()
                    .filter(header -> header.toLowerCase(java.util.Locale.ROOT).startsWith("proxy-authorization:"))
                    .map(header -> header.substring(20).strip())
                    .findAny()
                    .orElse("");
            seen.add(line + " " + credentials);
            String status = line.startsWith("CONNECT")
                    ? credentials.isEmpty()
                            ? "407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\""
                            : "502 Bad Gateway"
                    : "200 OK";
            byte[] body = status.startsWith("200") ? JSON : new byte[0];
            out.write(("HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(body);
        }

        @Override
        public void close() throws IOException {
            server.close();
        }
    }
}
