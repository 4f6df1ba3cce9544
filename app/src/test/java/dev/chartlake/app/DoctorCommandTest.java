package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Limit;
import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.Request;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.spotify.auth.Authorization;
import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.FileTokenStore;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor examines an app of each kind at a simulated Spotify, and whatever else can be wrong. */
class DoctorCommandTest {

    @TempDir
    Path folder;

    private final List<String> printed = new ArrayList<>();
    private Simulator spotify = Simulator.start(SimulatorOptions.defaults().withRegime(Regime.DEV));

    @AfterEach
    void nothingSecretIsAnywhereButInTheTokenStore() throws IOException {
        spotify.close();
        List<String> texts = new ArrayList<>(printed);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!folder.resolve("home/accounts").equals(file.getParent())) {
                    texts.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(texts).isNotEmpty().noneMatch(text -> text.contains("demo-secret") || text.contains("proxy-word"));
        for (String secret : spotify.secrets()) {
            assertThat(texts).noneMatch(text -> text.contains(secret));
        }
    }

    private void restart(SimulatorOptions options) {
        spotify.close();
        spotify = Simulator.start(options);
    }

    private void restart(Regime regime) {
        restart(SimulatorOptions.defaults().withRegime(regime));
    }

    private Map<String, String> asApp() {
        Map<String, String> environment = new HashMap<>(Lake.spotify(spotify));
        environment.put("CHARTLAKE_HOME", folder.resolve("home").toString());
        return environment;
    }

    private Map<String, String> asUser() {
        Map<String, String> environment = asApp();
        environment.remove("SPOTIFY_CLIENT_SECRET");
        environment.put("SPOTIFY_REFRESH_TOKEN", spotify.refreshToken(Users.OLA, Authorization.SCOPES));
        return environment;
    }

    private Ended doctor(Map<String, String> environment, String... words) throws IOException, InterruptedException {
        return doctorAt(folder.resolve("lake"), environment, words);
    }

    private Ended doctorAt(Path lake, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        spotify.clearRequests();
        Ended ended = new Lake(lake).run(environment, "doctor", words);
        printed.add(ended.out());
        printed.add(ended.err());
        assertThat(ended.out() + ended.err()).doesNotContain("Exception", "java.");
        return ended;
    }

    private List<String> paths() {
        return spotify.requests().stream().map(Request::path).toList();
    }

    private static String line(Ended ended, String start) {
        return ended.out()
                .lines()
                .filter(line -> line.matches("(ok|skipped|warning|problem) +" + start + " .*"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No line on " + start + " in:\n" + ended.out() + ended.err()));
    }

    // What kind of app it is

    @Test
    void extendedQuotaReadsSpotifysOwnLists() throws Exception {
        restart(Regime.EXTENDED);
        Ended ended =
                doctor(asApp(), WorldLists.TOP_DENMARK, WorldLists.NOT_OWNED).with(0);
        assertThat(line(ended, "app")).startsWith("ok").contains("Extended quota");
        assertThat(line(ended, "list " + WorldLists.TOP_DENMARK))
                .startsWith("ok")
                .contains("Danmark", "50 rows");
        assertThat(line(ended, "list " + WorldLists.NOT_OWNED)).startsWith("ok").contains("25 rows");
        assertThat(ended.out()).contains("All is well. 3 requests to Spotify.");
        assertThat(paths()).hasSize(3);

        // Without a list, one more request settles it.
        ended = doctor(asApp()).with(0);
        assertThat(line(ended, "app")).contains("Extended quota");
        assertThat(paths()).containsExactly("/api/token", "/v1/playlists/" + WorldLists.SPOTIFYS_TOP_WORLD + "/tracks");
    }

    @Test
    void anOlderAppInDevelopmentModeReadsListsOfUsersAlone() throws Exception {
        restart(Regime.LEGACY_DEV);
        Ended ended =
                doctor(asUser(), WorldLists.TOP_DENMARK, WorldLists.NOT_OWNED).with(1);
        assertThat(line(ended, "app")).startsWith("ok").contains("Development mode, made before 11 February 2026");
        assertThat(line(ended, "list " + WorldLists.TOP_DENMARK))
                .startsWith("problem")
                .contains("404");
        assertThat(line(ended, "list " + WorldLists.NOT_OWNED)).startsWith("ok");
        assertThat(ended.out()).contains("→ Spotify closed its own lists", "chartlake import FILE", "copy its songs");
        assertThat(paths()).hasSize(5).startsWith("/api/token", "/v1/me");

        ended = doctor(asUser()).with(0);
        assertThat(line(ended, "app")).contains("Development mode", "cannot be told");
        assertThat(paths()).hasSize(3);
    }

    @Test
    void aNewAppReadsTheListsOfItsUserAlone() throws Exception {
        Ended ended =
                doctor(asUser(), WorldLists.ROAD_TRIP, WorldLists.NOT_OWNED).with(1);
        assertThat(line(ended, "app")).startsWith("ok").contains("made since 11 February 2026");
        assertThat(line(ended, "sign-in"))
                .startsWith("ok")
                .contains("SPOTIFY_REFRESH_TOKEN", "Ola (sim_ola)", "app demo");
        assertThat(line(ended, "list " + WorldLists.ROAD_TRIP)).startsWith("ok").contains("Road trip", "40 rows");
        assertThat(line(ended, "list " + WorldLists.NOT_OWNED))
                .startsWith("problem")
                .contains("Somebody else's", "without its rows");
        assertThat(ended.out()).contains("1 problem. ");
        assertThat(paths()).hasSizeLessThanOrEqualTo(6);
        assertThat(doctor(asUser(), WorldLists.ROAD_TRIP).with(0).out()).contains("All is well. 3 requests");
    }

    @Test
    void aNewAppWithoutAUserReadsNothing() throws Exception {
        Ended ended = doctor(asApp(), WorldLists.ROAD_TRIP).with(3);
        assertThat(line(ended, "app")).startsWith("problem").contains("No user is signed in");
        assertThat(line(ended, "sign-in")).startsWith("ok").contains("As the app demo", "without a user");
        assertThat(ended.out()).contains("→ Sign in: ./chartlake login");
        assertThat(paths()).hasSize(2);
        assertThat(line(doctor(asApp()).with(3), "app")).startsWith("problem");
        assertThat(paths()).hasSize(2);
    }

    // Sign-in

    private void signIn(String profile, Instant at) throws IOException {
        FileTokenStore store =
                new FileTokenStore(folder.resolve("home/accounts"), profile + ".json", profile, "Sign in again.");
        try (Closeable lock = store.lock()) {
            store.write(new Consent(
                    "demo",
                    spotify.accountsUrl(),
                    Users.KARI,
                    "Kari",
                    Authorization.SCOPES,
                    at,
                    spotify.refreshToken(Users.KARI, Authorization.SCOPES)));
        }
    }

    @Test
    void aProfileInItsSixthMonthIsAWarning() throws Exception {
        Instant now = Instant.now();
        signIn("young", now.minus(Duration.ofDays(20)));
        signIn("old", now.minus(Duration.ofDays(165)));
        Map<String, String> environment = asApp();
        Ended young = doctor(environment, "--profile", "young").with(0);
        assertThat(line(young, "sign-in")).contains("By profile young, user Kari (sim_kari)", "agreed on 20");
        assertThat(young.out()).doesNotContain("warning");
        Ended old = doctor(environment, "--profile", "old").with(0);
        assertThat(old.out())
                .contains("The sign-in of profile old ends on", "→ Sign in again: ./chartlake login --profile old");
        assertThat(old.out()).contains("1 warning. ");
        Ended none = doctor(environment, "--profile", "nobody").with(3);
        assertThat(line(none, "sign-in")).startsWith("problem").contains("No user is signed in as profile nobody.");
        assertThat(none.out()).contains("./chartlake login --profile nobody");
        assertThat(spotify.requests()).isEmpty();
    }

    @Test
    void aRefusedSignInSaysWhatToDo() throws Exception {
        Map<String, String> wrong = asApp();
        wrong.put("SPOTIFY_CLIENT_SECRET", "another-secret");
        Ended ended = doctor(wrong, WorldLists.ROAD_TRIP).with(3);
        assertThat(line(ended, "sign-in")).startsWith("problem").contains("invalid_client");
        assertThat(line(ended, "list " + WorldLists.ROAD_TRIP)).startsWith("skipped");
        assertThat(ended.out() + ended.err()).doesNotContain("another-secret");
        assertThat(paths()).containsExactly("/api/token");

        Map<String, String> revoked = asUser();
        spotify.revokeRefreshTokens();
        ended = doctor(revoked).with(3);
        assertThat(ended.out()).contains("invalid_grant", "→ ", "The sign-in has ended", "./chartlake login");
        assertThat(paths()).containsExactly("/api/token");

        spotify.faults().add(Fault.premium());
        ended = doctor(asApp(), WorldLists.ROAD_TRIP).with(3);
        assertThat(ended.out()).contains("Premium");
        assertThat(paths()).hasSize(2);
        spotify.faults().clear();

        spotify.faults().add(Fault.status(401));
        ended = doctor(asUser(), WorldLists.ROAD_TRIP).with(3);
        assertThat(ended.out()).contains("does not accept the token that it has just given out");
        assertThat(paths()).hasSize(2);
    }

    @Test
    void withoutAnAppChartFilesCanBeImported() throws Exception {
        Map<String, String> nothing =
                Map.of("CHARTLAKE_HOME", folder.resolve("home").toString());
        Ended ended = doctor(nothing).with(0);
        assertThat(line(ended, "sign-in")).startsWith("warning");
        assertThat(ended.out()).contains("./chartlake import FILE");
        ended = doctor(nothing, WorldLists.ROAD_TRIP).with(3);
        assertThat(line(ended, "sign-in")).startsWith("problem").contains("SPOTIFY_CLIENT_ID is not set.");
        assertThat(spotify.requests()).isEmpty();
    }

    // Limits

    @Test
    void duringACooldownNothingIsAsked() throws Exception {
        restart(SimulatorOptions.defaults().withRegime(Regime.EXTENDED).withQuota(Limit.parse("2/day")));
        Ended ended = doctor(asApp(), WorldLists.TOP_WORLD, WorldLists.ROAD_TRIP, WorldLists.EMPTY)
                .with(4);
        assertThat(line(ended, "list " + WorldLists.ROAD_TRIP)).startsWith("ok");
        assertThat(line(ended, "list " + WorldLists.EMPTY)).startsWith("skipped");
        assertThat(line(ended, "limit"))
                .startsWith("problem")
                .contains("no requests before 20", "The quota of this developer account is used up");
        assertThat(paths()).hasSize(4);

        ended = doctor(asApp(), "--output", "json", WorldLists.TOP_WORLD).with(4);
        assertThat(spotify.requests()).isEmpty();
        assertThat(ended.out())
                .contains("\"exit_code\":4", "\"requests\":0", "\"not_before\":\"20", "\"app\":\"unknown\"");
        ended = new Lake(folder.resolve("lake")).run(asApp(), "extract", WorldLists.TOP_WORLD);
        assertThat(ended.with(4).err()).contains("Not before");
    }

    // Network, clock

    @Test
    void aProxyThatIsNotThereIsNamedWithoutItsPassword() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        Map<String, String> environment = asApp();
        environment.put("http_proxy", "http://ola:proxy-word@127.0.0.1:" + port);
        Ended ended = doctor(environment, WorldLists.ROAD_TRIP).with(1);
        assertThat(line(ended, "connection"))
                .startsWith("problem")
                .contains("through the proxy http://127.0.0.1:" + port);
        assertThat(ended.out()).contains("→ Check that the proxy", "NO_PROXY");
        assertThat(line(ended, "clock")).startsWith("skipped");
        assertThat(spotify.requests()).isEmpty();
        environment.put("no_proxy", "127.0.0.1");
        ended = doctor(environment, WorldLists.ROAD_TRIP).with(3);
        assertThat(line(ended, "connection")).startsWith("ok").contains("without a proxy, without TLS");
    }

    @Test
    void aServerThatDoesNotSpeakTlsIsExplained() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread server = new Thread(() -> {
                try (Socket client = plain.accept()) {
                    client.getOutputStream()
                            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                    client.shutdownOutput();
                    client.getInputStream().readAllBytes();
                } catch (IOException e) {
                    // The client has gone.
                }
            });
            server.start();
            Map<String, String> environment = asApp();
            environment.put("SPOTIFY_ACCOUNTS_URL", "https://127.0.0.1:" + plain.getLocalPort());
            Ended ended = doctor(environment).with(1);
            assertThat(line(ended, "connection")).startsWith("problem");
            assertThat(ended.out()).contains("→ Something on the way does not speak TLS.");
            server.join();
        }
    }

    @Test
    void aCertificateThatIsNotTrustedIsExplained() throws Exception {
        Path keys = folder.resolve("keys.p12");
        int made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "proxy",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=127.0.0.1",
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        keys.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool.txt").toFile())
                .start()
                .waitFor();
        assertThat(made).isZero();
        KeyStore store = KeyStore.getInstance(keys.toFile(), "changeit".toCharArray());
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.start();
        try {
            Map<String, String> environment = asApp();
            environment.put(
                    "SPOTIFY_ACCOUNTS_URL",
                    "https://127.0.0.1:" + server.getAddress().getPort());
            Ended ended = doctor(environment).with(1);
            assertThat(line(ended, "connection")).startsWith("problem");
            assertThat(ended.out()).contains("→ Java does not trust the server's certificate.", "keytool -importcert");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aSimulatedDayIsNoWrongClock() throws Exception {
        restart(SimulatorOptions.defaults()
                .withRegime(Regime.EXTENDED)
                .withDate(LocalDate.now(ZoneOffset.UTC).minusDays(30)));
        Ended ended = doctor(asApp()).with(0);
        assertThat(line(ended, "clock"))
                .startsWith("ok")
                .contains("not Spotify's and plays another day", "days before");
    }

    // Settings and environment

    @Test
    void unknownVariablesAreHinted() throws Exception {
        restart(Regime.EXTENDED);
        Map<String, String> environment = asApp();
        environment.put("SPOTIFY_CLIENT_SECRE", "proxy-word");
        environment.put("CHARTLAKE_SOMETHING_ELSE", "x");
        Ended ended = doctor(environment).with(0);
        assertThat(ended.out())
                .contains(
                        "SPOTIFY_CLIENT_SECRE is not a variable",
                        "→ Did you mean SPOTIFY_CLIENT_SECRET?",
                        "CHARTLAKE_SOMETHING_ELSE is not a variable",
                        "2 warnings. ");
        environment.put("SPOTIFY_MAX_WAIT", "soon");
        ended = doctor(environment).with(2);
        assertThat(ended.out()).contains("SPOTIFY_MAX_WAIT is not a number of seconds");
        assertThat(spotify.requests()).isEmpty();
    }

    @Test
    void anIdThatCannotBeSpotifysIsHinted() throws Exception {
        Map<String, String> environment = asApp();
        environment.remove("SPOTIFY_ACCOUNTS_URL");
        environment.put("https_proxy", "http://127.0.0.1:9");
        Ended ended = doctor(environment).with(1);
        assertThat(ended.out()).contains("SPOTIFY_CLIENT_ID does not look like", "this one has 4 characters");
    }

    @Test
    void theFileIsRead() throws Exception {
        restart(Regime.EXTENDED);
        Path file = Files.writeString(
                folder.resolve("chartlake.yaml"), "lists: [" + WorldLists.ROAD_TRIP + ", nonsense]\n");
        Ended ended = doctor(asApp(), "--config", file.toString()).with(2);
        assertThat(line(ended, "settings")).startsWith("ok").contains("2 lists, 0 warehouses");
        assertThat(line(ended, "list " + WorldLists.ROAD_TRIP)).startsWith("ok");
        assertThat(line(ended, "list nonsense")).startsWith("problem").contains("Not a Spotify playlist");
        Files.writeString(file, "laek: x\n");
        ended = doctor(asApp(), "--config", file.toString()).with(2);
        assertThat(line(ended, "settings")).startsWith("problem").contains("unknown key 'laek'");
        assertThat(spotify.requests()).isEmpty();
        assertThat(doctor(asApp(), "nonsense").with(2).err()).contains("Not a Spotify playlist: 'nonsense'");
    }

    // Lake and warehouses

    @Test
    void aLakeIsLookedAtAndLeftAsItIs() throws Exception {
        restart(Regime.EXTENDED);
        Lake lake = new Lake(folder.resolve("lake"));
        assertThat(line(doctor(asApp()).with(0), "lake")).startsWith("ok").contains("There is no lake at");
        assertThat(lake.root()).doesNotExist();
        lake.extract(spotify, WorldLists.TOP_WORLD).with(0);
        Ended waiting = doctor(asApp()).with(0);
        assertThat(waiting.out()).contains("1 raw object waiting", "→ ./chartlake transform --lake");
        lake.transform().with(0);
        Map<String, String> before = lake.contents("");
        Path config = Files.writeString(
                folder.resolve("chartlake.yaml"),
                "load: {duckdb: {path: w.duckdb}, postgres: {host: 127.0.0.1, port: 9, user: ola, database: x}}\n");
        Map<String, String> environment = asApp();
        environment.put("PGPASSWORD", "proxy-word");
        Ended ended = doctor(environment, "--config", config.toString()).with(1);
        assertThat(ended.out()).contains("can be written", "1 day, 2026-11-21 to 2026-11-21, of 1 list");
        assertThat(line(ended, "warehouse duckdb")).startsWith("warning").contains("1 day not loaded yet");
        assertThat(line(ended, "warehouse postgres")).startsWith("problem").contains("127.0.0.1");
        assertThat(lake.contents("")).isEqualTo(before);
        assertThat(folder.resolve("w.duckdb")).doesNotExist();
        lake.run("load", "--config", config.toString(), "duckdb").with(0);
        ended = doctor(environment, "--config", config.toString()).with(1);
        assertThat(line(ended, "warehouse duckdb")).startsWith("ok").contains("Holds 1 day, 2026-11-21", "Nothing new");
    }

    @Test
    void aPlaceThatCannotBeALakeIsAProblem() throws Exception {
        restart(Regime.EXTENDED);
        Path file = Files.writeString(folder.resolve("file"), "");
        Ended ended = doctorAt(file.resolve("lake"), asApp());
        assertThat(line(ended.with(1), "lake")).startsWith("problem").contains("cannot be written");
        ended = doctorAt(file, asApp());
        assertThat(ended.out()).contains("Not a folder: " + file);
    }

    @Test
    void theJsonHasStableNames() throws Exception {
        Ended ended = doctor(asUser(), "--output", "json", WorldLists.ROAD_TRIP).with(0);
        assertThat(ended.out())
                .startsWith("{\"result\":\"ok\",\"exit_code\":0,\"app\":\"dev\",\"requests\":3,\"not_before\":null,")
                .contains("{\"level\":\"ok\",\"check\":\"list\",\"subject\":\"" + WorldLists.ROAD_TRIP
                        + "\",\"what\":\"Road trip 🚗: readable, 40 rows.\",\"cure\":null}");
    }
}
