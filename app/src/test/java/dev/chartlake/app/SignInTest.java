package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.SignInOptions;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A user signs in at a simulated Spotify, as with a browser, and lists are read for that user. */
class SignInTest {

    private static final Pattern ADDRESS = Pattern.compile("(?m)^(http\\S+/authorize\\?\\S+)$");
    private static final Pattern HIDDEN = Pattern.compile("name=\"([a-z_]+)\" value=\"([^\"]*)\"");

    @TempDir
    Path folder;

    private final HttpClient http = HttpClient.newHttpClient(); // follows no redirects
    private final List<String> printed = new ArrayList<>();
    private Simulator spotify = Simulator.start(SimulatorOptions.defaults().withRegime(Regime.DEV));

    @AfterEach
    void nothingSecretIsAnywhereButInTheTokenStore() throws IOException {
        spotify.close();
        List<String> texts = new ArrayList<>(printed);
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!accounts().equals(file.getParent()) || !file.toString().endsWith(".json")) {
                    texts.add(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
                }
            }
        }
        assertThat(texts).isNotEmpty().noneMatch(text -> text.contains("demo-secret"));
        for (String secret : spotify.secrets()) {
            assertThat(texts).noneMatch(text -> text.contains(secret));
        }
    }

    private Path accounts() {
        return folder.resolve("home/accounts");
    }

    private Path stored(String profile) {
        return accounts().resolve(profile + ".json");
    }

    private void restart(SimulatorOptions options) {
        spotify.close();
        spotify = Simulator.start(options);
    }

    /** Only the app's id, as PKCE needs no more. */
    private Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "SPOTIFY_CLIENT_ID", "demo",
                "SPOTIFY_API_URL", spotify.apiUrl(),
                "SPOTIFY_ACCOUNTS_URL", spotify.accountsUrl(),
                "CHARTLAKE_TRACE", "1",
                "CHARTLAKE_HOME", folder.resolve("home").toString()));
    }

    /** A process of its own, whose standard input the test writes. */
    private Lake.Child start(Map<String, String> environment, String... words) throws IOException {
        return Lake.Child.of(Main.class, List.of("-Xmx256m"), environment, words);
    }

    private Ended end(Lake.Child child) throws IOException, InterruptedException {
        return seen(child.end());
    }

    private Ended end(Console.Running login) throws InterruptedException {
        return seen(login.end());
    }

    private Ended seen(Ended ended) {
        printed.add(ended.out());
        printed.add(ended.err());
        return ended;
    }

    private Ended run(Map<String, String> environment, String... words) {
        return seen(Lake.inProcess(environment, words));
    }

    private Ended extract(String... words) {
        return extract(environment(), words);
    }

    private Ended extract(Map<String, String> environment, String... words) {
        List<String> all = new ArrayList<>(
                List.of("extract", "--lake", folder.resolve("lake").toString()));
        all.addAll(List.of(words));
        return run(environment, all.toArray(String[]::new));
    }

    /** The address that a running {@code login} prints. */
    private static String address(Lake.Child login) throws Exception {
        return address(
                () -> Files.readString(login.out()), () -> Files.readString(login.err()), login.process()::isAlive);
    }

    private static String address(Console.Running login) throws Exception {
        return address(login::out, login::err, login::isRunning);
    }

    private static String address(Callable<String> out, Callable<String> err, BooleanSupplier running)
            throws Exception {
        Instant limit = Instant.now().plus(Hang.LIMIT);
        while (Instant.now().isBefore(limit)) {
            Matcher matcher = ADDRESS.matcher(out.call());
            if (matcher.find()) {
                return matcher.group(1);
            }
            assertThat(running.getAsBoolean()).as(err.call()).isTrue();
            Thread.sleep(20);
        }
        throw new AssertionError("No address");
    }

    /** What the browser is redirected to when the user presses a button on Spotify's page. */
    private String decide(String address, String decision, String user) throws IOException, InterruptedException {
        HttpResponse<String> page = get(address);
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        assertThat(page.body()).contains("Agree", "Cancel", "playlist-read-private");
        StringBuilder form = new StringBuilder("decision=" + decision + "&user=" + user);
        Matcher hidden = HIDDEN.matcher(page.body());
        while (hidden.find()) {
            if (!hidden.group(1).equals("user")) {
                form.append('&').append(hidden.group(1)).append('=').append(encoded(hidden.group(2)));
            }
        }
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(spotify.accountsUrl() + "/authorize"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.toString()))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(302);
        return answer.headers().firstValue("location").orElseThrow();
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Ended login(String user, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("login", "--no-browser", "--port", "0"));
        words.addAll(List.of(more));
        Console.Running login = Lake.start(environment(), words.toArray(String[]::new));
        HttpResponse<String> page = get(decide(address(login), "agree", user));
        assertThat(page.statusCode()).isEqualTo(200);
        printed.add(page.body());
        return end(login);
    }

    private Ended paste(String text, String... more) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("login", "--paste"));
        words.addAll(List.of(more));
        Lake.Child login = start(environment(), words.toArray(String[]::new));
        login.process()
                .outputWriter(StandardCharsets.UTF_8)
                .append(text)
                .append('\n')
                .close();
        return end(login);
    }

    @Test
    void withABrowserAndNoSecret() throws Exception {
        assertThat(extract(WorldLists.ROAD_TRIP).with(2).err())
                .contains("No user is signed in", "SPOTIFY_CLIENT_SECRET is not set", "./chartlake login");
        Ended login = login(Users.OLA).with(0);
        assertThat(login.out())
                .contains(
                        "Signed in as Ola (sim_ola), profile default",
                        stored("default").toString());
        assertThat(login.err()).isEmpty();

        Ended extracted = extract(WorldLists.ROAD_TRIP, WorldLists.PRIVATE).with(0);
        assertThat(extracted.out()).contains("Road trip", "40 entries", "Only for me: 12 entries");
        assertThat(extracted.err()).doesNotContain("Warning");
        assertThat(extract(WorldLists.NOT_OWNED).with(1).err()).contains("403");

        assertThat(run(environment(), "logout").with(0).out()).contains("is deleted");
        assertThat(stored("default")).doesNotExist();
        extract(WorldLists.ROAD_TRIP).with(2);
        assertThat(run(environment(), "logout").with(0).out()).contains("No user is signed in as profile default.");
    }

    /** The sign-in knows its app, so that a shell without variables can extract. */
    @Test
    void theSignInRemembersTheApp() throws Exception {
        login(Users.OLA).with(0);
        Map<String, String> bare = environment();
        bare.remove("SPOTIFY_CLIENT_ID");
        extract(bare, WorldLists.ROAD_TRIP).with(0);

        Map<String, String> other = environment();
        other.put("SPOTIFY_CLIENT_ID", "another");
        assertThat(extract(other, WorldLists.ROAD_TRIP).with(3).err()).contains("app demo", "app another");
        Map<String, String> elsewhere = environment();
        elsewhere.put("SPOTIFY_ACCOUNTS_URL", "http://127.0.0.1:9");
        assertThat(extract(elsewhere, WorldLists.ROAD_TRIP).with(3).err()).contains("http://127.0.0.1:9");
    }

    @Test
    void byPastingTheAddressOrTheCode() throws Exception {
        Lake.Child login = start(environment(), "login", "--paste");
        String redirect = decide(address(login), "agree", Users.KARI);
        assertThat(redirect).startsWith("http://127.0.0.1:8912/callback?code=");
        login.process()
                .outputWriter(StandardCharsets.UTF_8)
                .append("  " + redirect + "\n")
                .close();
        assertThat(end(login).with(0).out()).contains("Signed in as Kari (sim_kari)");

        Lake.Child again = start(environment(), "login", "--paste", "--port", "7777", "--profile", "code");
        String code = decide(address(again), "agree", Users.OLA).replaceAll(".*code=([^&]+)&.*", "$1");
        again.process()
                .outputWriter(StandardCharsets.UTF_8)
                .append(code)
                .append('\n')
                .close();
        assertThat(end(again).with(0).out()).contains("Signed in as Ola (sim_ola), profile code");
    }

    @Test
    void whatCannotBeTheAnswerIsRefused() throws Exception {
        String callback = "http://127.0.0.1:8912/callback";
        assertThat(paste(callback + "?code=AQx&state=another").with(3).err()).contains("another sign-in", "state");
        assertThat(paste(callback + "?code=AQx").with(3).err()).contains("another sign-in");
        assertThat(paste("no idea").with(3).err()).contains("neither an address with a code nor a code");
        Ended guess = paste("AQguessed-code").with(3);
        assertThat(guess.err()).contains("400 (invalid_grant)", "one use").doesNotContain("AQguessed-code");
        assertThat(spotify.requests())
                .filteredOn(request -> request.path().equals("/api/token"))
                .hasSize(1);
        assertThat(accounts()).doesNotExist();
        assertThat(run(environment(), "login", "--profile", "../x").with(2).err())
                .contains("'../x'");
        assertThat(run(environment(), "login", "--port", "70000").with(2).err()).contains("70000");
        Map<String, String> unknown = environment();
        unknown.remove("SPOTIFY_CLIENT_ID");
        assertThat(run(unknown, "login").with(2).err()).contains("SPOTIFY_CLIENT_ID is not set");
    }

    @Test
    void aUserWhoCancelsIsNotSignedIn() throws Exception {
        Console.Running login = Lake.start(environment(), "login", "--no-browser", "--port", "0");
        get(decide(address(login), "cancel", Users.OLA));
        assertThat(end(login).with(3).err()).contains("You did not agree").doesNotContain("Exception");
        assertThat(accounts()).doesNotExist();
    }

    /** A page that another site opens on the port neither signs anybody in nor ends the sign-in. */
    @Test
    void aRedirectOfAnotherSignInIsIgnored() throws Exception {
        Console.Running login = Lake.start(environment(), "login", "--no-browser", "--port", "0");
        String redirect = decide(address(login), "agree", Users.OLA);
        String callback = redirect.substring(0, redirect.indexOf('?'));
        assertThat(get(redirect.replaceAll("state=[^&]*", "state=guess")).statusCode())
                .isEqualTo(400);
        assertThat(get(callback + "?error=access_denied").statusCode()).isEqualTo(400);
        assertThat(get(callback).statusCode()).isEqualTo(400);
        assertThat(get(callback.replace("/callback", "/")).statusCode()).isEqualTo(404);
        assertThat(login.isRunning()).isTrue();
        assertThat(get(redirect).statusCode()).isEqualTo(200);
        end(login).with(0);
    }

    @Test
    void aUserWhomTheAppsOwnerHasNotAddedIsNotSignedIn() throws Exception {
        spotify.faults().add(Fault.unregistered());
        assertThat(login(Users.OLA).with(3).err()).contains("User not registered", "User Management");
        assertThat(stored("default")).doesNotExist();
        spotify.faults().clear();
        spotify.faults().add(Fault.status(403).path("/v1/me"));
        assertThat(login(Users.OLA).with(0).err()).contains("did not say whose account it is", "403");
        assertThat(stored("default")).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void onlyTheOwnerCanReadTheTokens() throws Exception {
        Files.createDirectories(accounts());
        Files.setPosixFilePermissions(accounts(), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(stored("default"), "not a sign-in");
        assertThat(extract(WorldLists.ROAD_TRIP).with(3).err())
                .contains(stored("default").toString(), "Delete");
        login(Users.OLA).with(0);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(accounts())))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(stored("default"))))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(accounts())) {
            assertThat(files.filter(file -> !file.toString().endsWith(".lock"))).containsExactly(stored("default"));
        }
    }

    @Test
    void aRotatedTokenReplacesTheOneBefore() throws Exception {
        restart(SimulatorOptions.defaults().withRegime(Regime.DEV).withSignIn(new SignInOptions(false, true, null)));
        login(Users.OLA).with(0);
        String first = Files.readString(stored("default"));
        extract(WorldLists.ROAD_TRIP).with(0);
        String second = Files.readString(stored("default"));
        assertThat(second).isNotEqualTo(first);
        assertThat(withoutToken(second)).isEqualTo(withoutToken(first)).contains("consented_at", "sim_ola");
        extract(WorldLists.ROAD_TRIP).with(0);
    }

    private static String withoutToken(String stored) {
        return stored.replaceAll("\"refresh_token\":\"[^\"]*\"", "");
    }

    /** Each waits for the one before, and reads the token that it was given. */
    @Test
    void processesThatRefreshAtOnceLoseNoToken() throws Exception {
        restart(SimulatorOptions.defaults().withRegime(Regime.DEV).withSignIn(new SignInOptions(false, true, null)));
        login(Users.OLA).with(0);
        spotify.faults().add(Fault.slow(Duration.ofMillis(700)).path("/api/token"));
        List<Lake.Child> children = new ArrayList<>();
        for (int number = 0; number < 3; number++) {
            children.add(start(
                    environment(),
                    "extract",
                    "--lake",
                    folder.resolve("lake" + number).toString(),
                    WorldLists.ROAD_TRIP));
        }
        for (Lake.Child child : children) {
            end(child).with(0);
        }
        extract(WorldLists.ROAD_TRIP).with(0);
    }

    @Test
    void aSignInThatHasEndedIsNotTriedAgainAndNotDeleted() throws Exception {
        login(Users.OLA).with(0);
        spotify.revokeRefreshTokens();
        spotify.clearRequests();
        assertThat(extract(WorldLists.ROAD_TRIP, WorldLists.EMPTY).with(3).err())
                .contains("400 (invalid_grant)", "profile default", "six months", "Sign in again: ./chartlake login");
        assertThat(spotify.requests()).hasSize(1);
        assertThat(stored("default")).exists(); // Spotify has refused good ones during an incident
        login(Users.OLA).with(0);
        extract(WorldLists.ROAD_TRIP).with(0);
    }

    @Test
    void aSignInLastsSixMonthsAndWarnsFromTheFifth() throws Exception {
        login(Users.OLA).with(0);
        spotify.setDate(spotify.date().plusMonths(6).minusDays(1));
        extract(WorldLists.ROAD_TRIP).with(0);
        spotify.setDate(spotify.date().plusDays(1));
        extract(WorldLists.ROAD_TRIP).with(3);
        spotify.setDate(SimulatorOptions.defaults().date());

        agreed(Instant.now().atOffset(ZoneOffset.UTC).minusMonths(5).plusDays(1).toInstant());
        assertThat(extract(WorldLists.ROAD_TRIP).with(0).err()).doesNotContain("Warning");
        Instant fifth = Instant.now()
                .atOffset(ZoneOffset.UTC)
                .minusMonths(5)
                .minusDays(1)
                .toInstant();
        agreed(fifth);
        String day = fifth.atOffset(ZoneOffset.UTC).plusMonths(6).toLocalDate().toString();
        assertThat(extract(WorldLists.ROAD_TRIP).with(0).err())
                .contains("Warning: The sign-in of profile default ends on " + day, "./chartlake login");
    }

    private void agreed(Instant at) throws IOException {
        String stored = Files.readString(stored("default"));
        Files.writeString(
                stored("default"),
                stored.replaceAll(
                        "\"consented_at\":\"[^\"]*\"",
                        "\"consented_at\":\"" + at.truncatedTo(ChronoUnit.SECONDS) + "\""));
    }

    @Test
    void aRefreshTokenOfTheEnvironmentIsStoredNowhere() throws Exception {
        Map<String, String> environment = environment();
        environment.put("SPOTIFY_REFRESH_TOKEN", spotify.refreshToken(Users.OLA, "playlist-read-private"));
        extract(environment, WorldLists.PRIVATE).with(0);
        environment.put("SPOTIFY_CLIENT_SECRET", "demo-secret");
        extract(environment, WorldLists.ROAD_TRIP).with(0);
        assertThat(folder.resolve("home/accounts")).doesNotExist();
        spotify.revokeRefreshTokens();
        assertThat(extract(environment, WorldLists.ROAD_TRIP).with(3).err())
                .contains("SPOTIFY_REFRESH_TOKEN", "invalid_grant", "./chartlake login");
    }

    @Test
    void triggerAsksAsAProfile() throws Exception {
        login(Users.OLA).with(0);
        login(Users.KARI, "--profile", "kari").with(0);
        Path file = Files.writeString(folder.resolve("lists.csv"), "playlist_uri\n" + WorldLists.NOT_OWNED + "\n");
        String lake = folder.resolve("lake").toString();
        Map<String, String> environment = environment();
        run(environment, "trigger", "--lake", lake, file.toString()).with(1);
        String url = "http://127.0.0.1:1/extract";
        assertThat(run(environment, "trigger", "--lake", lake, "--profile", "kari", "--url", url, file.toString())
                        .with(2)
                        .err())
                .contains("Either --url or --profile");
        run(environment, "trigger", "--lake", lake, "--profile", "kari", file.toString())
                .with(0);
        assertThat(Files.readString(file)).contains("true,\"archived 25 entries");
    }

    @Test
    void eachAccountHasItsProfile() throws Exception {
        login(Users.OLA).with(0);
        login(Users.KARI, "--profile", "kari").with(0);
        extract("--profile", "kari", WorldLists.NOT_OWNED).with(0);
        extract(WorldLists.NOT_OWNED).with(1);
        Map<String, String> environment = environment();
        environment.put("SPOTIFY_PROFILE", "kari");
        extract(environment, WorldLists.NOT_OWNED).with(0);
        assertThat(extract("--profile", "per", WorldLists.NOT_OWNED).with(3).err())
                .contains("profile per", "login --profile per", "default, kari");
        assertThat(login(Users.KARI).with(0).err()).contains("Profile default was Ola (sim_ola) before");
        assertThat(run(environment, "logout", "--profile", "per").with(0).out()).contains("default, kari");
        run(environment, "logout").with(0);
        assertThat(stored("kari")).doesNotExist();
        assertThat(stored("default")).exists();
    }

    /** A sign-in wins over the secret; without one, the app asks for itself. */
    @Test
    void theAppsSecretIsUsedOnlyIfNobodyIsSignedIn() throws Exception {
        Map<String, String> environment = environment();
        environment.put("SPOTIFY_CLIENT_SECRET", "demo-secret");
        assertThat(extract(environment, WorldLists.ROAD_TRIP).with(1).err()).contains("403");
        login(Users.OLA).with(0);
        extract(environment, WorldLists.ROAD_TRIP).with(0);
    }
}
