package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Thorough;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The dashboard's server without a browser: what it gives, and to whom. */
class DashboardServerTest {

    private static final String TOKEN = "0123456789abcdef_token";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static Lake lake = new Lake(Path.of("none"));
    private static DashboardServer server = nothing();

    @SuppressWarnings("NullAway") // Set before any test.
    private static DashboardServer nothing() {
        return null;
    }

    @BeforeAll
    static void start() throws IOException {
        lake = DashboardLake.make(folder);
        server = DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback());
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void everyAnswerIsStrict() throws Exception {
        for (String path : new String[] {"", "page.css", "api/lists", "nothing", "api/nothing"}) {
            java.net.http.HttpHeaders headers = get(path).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe");
            assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
        }
    }

    @Test
    void itServesItsOwnFilesAlone() throws Exception {
        assertThat(get("").body()).contains("<script defer src=\"main.js\">");
        assertThat(get("echarts.min.js").statusCode()).isEqualTo(200);
        for (String path : new String[] {
            "nothing",
            "../pom.xml",
            "%2e%2e/index.html",
            "page/../DashboardServer.class",
            "sql/chart.sql",
            "//etc/passwd"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", ""})
    void anotherNameForThisMachineIsRefused(String host) throws Exception {
        assertThat(raw(host)).startsWith("HTTP/1.1 40");
    }

    @Test
    void loopbackNamesPass() throws Exception {
        assertThat(raw("localhost:1234")).startsWith("HTTP/1.1 200");
        assertThat(raw("127.0.0.1")).startsWith("HTTP/1.1 200");
    }

    private static String raw(String host) throws IOException {
        URI at = URI.create(server.url());
        try (Socket socket = new Socket(at.getHost(), at.getPort())) {
            socket.getOutputStream()
                    .write(("GET /api/lists HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                            .readLine());
        }
    }

    @Test
    void withATokenOnlyItsHolderReads() throws Exception {
        try (DashboardServer guarded = DashboardServer.start(
                new LocalStore(lake.root()),
                QualityRules.DEFAULT,
                new Options(InetAddress.getLoopbackAddress(), 0, TOKEN, true))) {
            String url = guarded.url();
            assertThat(get(URI.create(url + "api/lists"), "").statusCode()).isEqualTo(401);
            assertThat(get(URI.create(url + "api/lists?token=wrong"), "").statusCode())
                    .isEqualTo(401);
            assertThat(get(URI.create(url + "api/lists"), "chartlake_token=wrong")
                            .statusCode())
                    .isEqualTo(401);
            HttpResponse<String> first = get(URI.create(url + "?token=" + TOKEN), "");
            assertThat(first.statusCode()).isEqualTo(303);
            assertThat(first.headers().firstValue("Location")).contains("/");
            String cookie = first.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).contains("HttpOnly", "SameSite=Strict");
            assertThat(get(URI.create(url + "api/lists"), cookie.split(";")[0]).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void anAddressThatOthersReachNeedsAToken() throws Exception {
        InetAddress any = InetAddress.getByName("0.0.0.0");
        assertThatThrownBy(() -> DashboardServer.start(
                        new LocalStore(lake.root()), QualityRules.DEFAULT, new Options(any, 0, null, true)))
                .hasMessageContaining("token");
    }

    @Test
    void withoutImagesNoPolicyNamesAnotherHost() throws Exception {
        try (DashboardServer plain = DashboardServer.start(
                new LocalStore(lake.root()),
                QualityRules.DEFAULT,
                new Options(InetAddress.getLoopbackAddress(), 0, null, false))) {
            assertThat(get(URI.create(plain.url()), "")
                            .headers()
                            .firstValue("Content-Security-Policy")
                            .orElseThrow())
                    .doesNotContain("http");
        }
    }

    @Test
    void itOnlyReads() throws Exception {
        assertThat(send("DELETE", "api/lists", "text/plain", "").statusCode()).isEqualTo(405);
        assertThat(send("POST", "api/sql", "text/plain", "SELECT 1").statusCode())
                .isEqualTo(415);
        for (String sql :
                new String[] {"DROP VIEW songs", "COPY songs TO 'x'", "INSTALL httpfs", "SELECT 1; SELECT 2"}) {
            assertThat(send("POST", "api/sql", "application/sql", sql).statusCode())
                    .as(sql)
                    .isEqualTo(400);
        }
        HttpResponse<String> rows = send("POST", "api/sql", "application/sql", "SELECT 1 AS n, NULL AS m");
        assertThat(rows.body())
                .isEqualTo(
                        "{\"columns\":[\"n\",\"m\"],\"types\":[\"number\",\"number\"],\"rows\":[[1,null]],\"more\":false}");
    }

    @Test
    void sqlEndsAfterTenThousandRows() throws Exception {
        String body = send("POST", "api/sql", "application/sql", "SELECT range FROM range(10001)")
                .body();
        assertThat(body).contains("[9999]").doesNotContain("[10000]").endsWith("\"more\":true}");
    }

    /** A list's first views are made of the history of few songs; when all of it is there, they must not change. */
    @Test
    @Thorough
    void viewsAreTheSameBeforeAndAfterTheHistoryIsThere() throws Exception {
        List<String> lists = lake.rows("SELECT 'source=' || source || '&list=' || playlist_id FROM lists ORDER BY 1");
        for (String list : Depth.some(1, lists)) {
            List<String> views = new ArrayList<>();
            List<String> dates = lake.rows("SELECT DISTINCT snapshot_date FROM playlists ORDER BY 1 DESC LIMIT 4");
            Depth.some(1, dates.subList(0, 3)).forEach(date -> views.add("api/chart?" + list + "&date=" + date));
            for (String until : Depth.some(1, dates)) {
                for (int days : Depth.some(2, List.of(0, 3, 20))) {
                    LocalDate since = LocalDate.parse(until).minusDays(days);
                    views.add("api/span?" + list + "&since=" + since + "&until=" + until + "&top=9");
                }
            }
            lake.rows("SELECT DISTINCT song_id FROM playlist_entries WHERE song_id IS NOT NULL ORDER BY 1 LIMIT "
                            + Depth.of(1, 2))
                    .forEach(song -> views.add("api/song?" + list + "&song=" + song));
            lake.rows("SELECT DISTINCT artist_id FROM song_artists ORDER BY 1 LIMIT " + Depth.of(1, 2))
                    .forEach(artist -> views.add("api/artist?" + list + "&credit=&artist=" + artist));
            views.addAll(views.stream().map(view -> view + "&by=song").toList());
            String history = "api/span?" + list + "&since=2000-01-01&until=2100-01-01&top=9";
            List<String> after =
                    ask(Stream.concat(Stream.of(history), views.stream()).toList());
            assertThat(ask(views)).isEqualTo(after.subList(1, after.size()));
        }
    }

    /** The answers of a server that was asked for nothing before. */
    private static List<String> ask(List<String> views) throws Exception {
        try (DashboardServer other =
                DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback())) {
            List<String> answers = new ArrayList<>();
            for (String view : views) {
                answers.add(get(URI.create(other.url() + view), "").body());
            }
            return answers;
        }
    }

    @Test
    void aStatusThatTakesLongIsToldLater() throws Exception {
        LocalStore store = new LocalStore(lake.root());
        CountDownLatch looked = new CountDownLatch(1);
        try (DashboardServer other =
                DashboardServer.start(store, DashboardLake.looking(store, looked), Options.loopback())) {
            URI status = URI.create(other.url() + "api/status");
            assertThat(get(status, "").body())
                    .startsWith("{\"complete\":false,")
                    .doesNotContain("lists");
            looked.countDown();
            String body = get(status, "").body();
            Instant end = Instant.now().plus(Hang.LIMIT);
            while (body.contains("\"complete\":false") && Instant.now().isBefore(end)) {
                Thread.sleep(50);
                body = get(status, "").body();
            }
            assertThat(body).startsWith("{\"complete\":true,").contains("\"lists\":[{");
        }
    }

    @Test
    @Thorough
    void overlapsAreThoseOfTheView() throws Exception {
        String columns =
                "source_a, playlist_id_a, playlist_name_a, source_b, playlist_id_b, playlist_name_b, entries_a,"
                        + " entries_b, common, overlap";
        for (String date : Depth.some(2, lake.rows("SELECT DISTINCT snapshot_date FROM playlists ORDER BY 1"))) {
            for (String form : List.of("", "_by_recording")) {
                String expected = send(
                                "POST",
                                "api/sql",
                                "application/sql",
                                "SELECT " + columns + " FROM market_overlap" + form + " WHERE snapshot_date = DATE '"
                                        + date + "' ORDER BY source_a, playlist_id_a, source_b, playlist_id_b")
                        .body();
                String by = form.isEmpty() ? "&by=song" : "";
                assertThat(get("api/overlap?date=" + date + by).body()).isEqualTo("{\"overlap\":" + expected + "}");
            }
        }
    }

    @Test
    void wrongParametersAreNamed() throws Exception {
        assertThat(get("api/chart?source=a&list=b").body()).contains("The parameter date is missing.");
        assertThat(get("api/chart?source=a&list=b&date=today").body()).contains("date=today");
        assertThat(get("api/span?source=a&list=b&since=x&until=2026-01-01&top=3")
                        .body())
                .contains("since=x");
        assertThat(get("api/overlap?date=2026-01-01&by=isrc").body()).contains("by=isrc", "recording, song");
        assertThat(get("api/search?q=a&top=1%3B").statusCode()).isEqualTo(400);
        assertThat(get("api/search?q=%27%20OR%201%3D1%20--&top=5").body()).contains("\"rows\":[]");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return get(URI.create(server.url() + path), "");
    }

    private static HttpResponse<String> get(URI uri, String cookie) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        if (!cookie.isEmpty()) {
            request.header("Cookie", cookie);
        }
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> send(String method, String path, String type, String body) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(server.url() + path))
                        .header("Content-Type", type)
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
