package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.dashboard.SqlLimits;
import dev.chartlake.dashboard.http.WebLimits;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who gets into the dashboard, and what slow or hostile clients can do to everyone else. Bytes are sent by hand. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DashboardDoorsTest {

    private static final String TOKEN = "0123456789abcdef_token";
    private static final List<String> ROUTES = List.of(
            "/",
            "/icon.svg",
            "/api/lists",
            "/api/chart",
            "/api/status",
            "/api/sql",
            "/api/nothing",
            "/nothing",
            "/%2e%2e/x");

    private static final List<String> FOREIGN = List.of(
            "Origin: https://evil.example",
            "Origin: null",
            "Origin: http://127.0.0.1:1",
            "Origin: http://127.0.0.1.evil.example",
            "Sec-Fetch-Site: cross-site",
            "Sec-Fetch-Site: same-site");

    @TempDir
    Path folder;

    private DashboardServer server(String token, WebLimits limits) throws IOException {
        return DashboardServer.start(
                new LocalStore(folder),
                QualityRules.DEFAULT,
                new Options(
                        InetAddress.getLoopbackAddress(),
                        0,
                        token.isEmpty() ? null : token,
                        true,
                        limits,
                        SqlLimits.USUAL));
    }

    @Test
    void theTokenIsCheckedFirstAndIsInNoAnswer() throws IOException {
        try (DashboardServer server = server(TOKEN, WebLimits.USUAL)) {
            assertThat(server.url()).doesNotContain(TOKEN);
            for (String route : ROUTES) {
                for (String method : List.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE")) {
                    for (String host : List.of("127.0.0.1", "evil.example", "")) {
                        for (String wrong : List.of("", "?token=", "?token=wrong", "?token=" + TOKEN + "x")) {
                            String answer = ask(server, method + " " + route + wrong, "Host: " + host);
                            assertThat(answer).startsWith("HTTP/1.1 401 ").doesNotContain(TOKEN);
                        }
                        String known =
                                ask(server, method + " " + route, "Host: " + host, "Cookie: chartlake_token=" + TOKEN);
                        assertThat(known).doesNotStartWith("HTTP/1.1 401").doesNotContain(TOKEN);
                        assertThat(known.startsWith("HTTP/1.1 403")).isEqualTo(!host.equals("127.0.0.1"));
                        String first = ask(server, method + " " + route + "?token=" + TOKEN, "Host: " + host);
                        assertThat(first).doesNotContain(TOKEN);
                    }
                }
            }
        }
    }

    @Test
    void theCookieStandsForTheToken() throws IOException {
        try (DashboardServer server = server(TOKEN, WebLimits.USUAL)) {
            String first = ask(server, "GET /?token=" + TOKEN, "Host: localhost");
            assertThat(first).startsWith("HTTP/1.1 303 ").contains("Location: /\r\n", "HttpOnly", "SameSite=Strict");
            String cookie = first.replaceFirst("(?s).*Set-Cookie: ([^;]*);.*", "$1");
            assertThat(ask(server, "GET /api/lists", "Host: localhost", "Cookie: a=b; " + cookie))
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void aPageOfAnotherSiteGetsNoData() throws IOException {
        try (DashboardServer server = server("", WebLimits.USUAL)) {
            String host = "Host: 127.0.0.1:" + URI.create(server.url()).getPort();
            for (String header : FOREIGN) {
                String own = header.startsWith("Origin") ? "Sec-Fetch-Site: same-origin" : "X-Nothing: 1";
                assertThat(sql(server, "SELECT 42", host, header, own))
                        .as(header)
                        .startsWith("HTTP/1.1 403 ");
                assertThat(ask(server, "GET /api/lists", host, header))
                        .as(header)
                        .startsWith("HTTP/1.1 403 ");
                assertThat(ask(server, "GET /", host, header)).startsWith("HTTP/1.1 200 "); // a link may lead here
            }
            String same = "Origin: http" + host.substring("Host".length()).replace(": ", "://");
            assertThat(sql(server, "SELECT 42", host, same, "Sec-Fetch-Site: same-origin"))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("[[42]]");
        }
    }

    @Test
    void whoeverSendsHalfARequestIsAnsweredInTimeAndHoldsUpNobody() throws IOException {
        WebLimits limits = limits(Duration.ofSeconds(3), 256);
        try (DashboardServer server = server("", limits);
                Clients slow = new Clients(server)) {
            slow.send(60, "GET /api/lists HTTP/1.1\r\nHost: 127");
            slow.send(
                    60,
                    "POST /api/sql HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/sql\r\n"
                            + "Content-Length: 9\r\n\r\nSELE");
            slow.send(60, "");
            for (String route : List.of("/", "/icon.svg", "/api/lists")) {
                assertThat(ask(server, "GET " + route, "Host: localhost")).startsWith("HTTP/1.1 200 ");
            }
            assertThat(sql(server, "SELECT 42", "Host: localhost")).contains("[[42]]");
            assertThat(slow.answers(120)).allMatch(answer -> answer.startsWith("HTTP/1.1 408 "));
        }
    }

    @Test
    void aRequestThatDripsIsEndedToo() throws Exception {
        try (DashboardServer server = server("", limits(Duration.ofMillis(500), 256));
                Socket socket = socket(server)) {
            StringBuilder sent = new StringBuilder();
            String request = "GET / HTTP/1.1\r\nX: " + "y".repeat(30_000);
            while (socket.getInputStream().available() == 0 && sent.length() < request.length()) {
                socket.getOutputStream().write(request.charAt(sent.length()));
                sent.append(request.charAt(sent.length()));
                Thread.sleep(20);
            }
            assertThat(read(socket)).startsWith("HTTP/1.1 408 ");
        }
    }

    /** Answers that nobody takes wait in no thread, and new clients get the places of slow ones. */
    @Test
    void hundredsOfSlowClientsLeaveRoomForOthers() throws IOException {
        try (DashboardServer server = server("", limits(Duration.ofMinutes(5), 40));
                Clients slow = new Clients(server)) {
            slow.send(150, "GET /echarts.min.js HTTP/1.1\r\nHost: localhost\r\n\r\n");
            slow.send(150, "GET /ec");
            slow.send(100, "");
            for (int i = 0; i < 20; i++) {
                assertThat(ask(server, "GET /icon.svg", "Host: localhost")).startsWith("HTTP/1.1 200 ");
            }
        }
    }

    @Test
    void whatIsTooLongOrNoRequestIsRefusedAtOnce() throws IOException {
        try (DashboardServer server = server("", WebLimits.USUAL)) {
            String host = "Host: localhost";
            assertThat(ask(server, "GET /" + "x".repeat(50_000), host)).startsWith("HTTP/1.1 431 ");
            assertThat(ask(server, "GET /", host, "X: " + "y".repeat(100_000))).startsWith("HTTP/1.1 431 ");
            assertThat(ask(
                            server,
                            "POST /api/sql",
                            host,
                            "Content-Type: application/sql",
                            "Content-Length: 99999999999"))
                    .startsWith("HTTP/1.1 413 ");
            assertThat(ask(
                            server,
                            "POST /api/sql",
                            host,
                            "Content-Type: application/sql",
                            "Transfer-Encoding: chunked"))
                    .startsWith("HTTP/1.1 411 ");
            for (String odd : List.of("Content-Length: -1", "Content-Length: x", host, "No header", " folded: 1")) {
                assertThat(ask(server, "GET /", host, odd)).as(odd).startsWith("HTTP/1.1 400 ");
            }
            assertThat(exchange(server, "\u0016\u0003\u0001\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(exchange(
                            server,
                            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\nGET /icon.svg HTTP/1.0\r\n"
                                    + "Host: localhost\r\n\r\n"))
                    .contains("<!DOCTYPE html>", "<svg");
        }
    }

    private static WebLimits limits(Duration request, int connections) {
        return new WebLimits(
                request,
                request,
                request,
                Duration.ofMinutes(5),
                connections,
                WebLimits.USUAL.head(),
                WebLimits.USUAL.body());
    }

    static String ask(DashboardServer server, String line, String... headers) throws IOException {
        return exchange(
                server, line + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n");
    }

    static String sql(DashboardServer server, String sql, String... headers) throws IOException {
        return exchange(
                server,
                "POST /api/sql HTTP/1.1\r\n" + String.join("\r\n", headers)
                        + "\r\nContent-Type: application/sql\r\nConnection: close\r\nContent-Length: " + sql.length()
                        + "\r\n\r\n" + sql);
    }

    private static String exchange(DashboardServer server, String request) throws IOException {
        try (Socket socket = socket(server)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return read(socket);
        }
    }

    private static Socket socket(DashboardServer server) throws IOException {
        URI at = URI.create(server.url());
        return new Socket(at.getHost(), at.getPort());
    }

    private static String read(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Clients that never finish. */
    private record Clients(DashboardServer server, List<Socket> sockets) implements Closeable {

        Clients(DashboardServer server) {
            this(server, new ArrayList<>());
        }

        void send(int count, String text) throws IOException {
            for (int i = 0; i < count; i++) {
                Socket socket = socket(server);
                sockets.add(socket);
                socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            }
        }

        List<String> answers(int count) throws IOException {
            List<String> answers = new ArrayList<>();
            for (Socket socket : sockets.subList(0, count)) {
                answers.add(read(socket));
            }
            return answers;
        }

        @Override
        public void close() throws IOException {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }
}
