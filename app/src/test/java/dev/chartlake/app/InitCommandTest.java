package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.spotify.auth.Authorization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code init} writes a file and takes what the app at hand can read. */
class InitCommandTest {

    @TempDir
    Path folder;

    private Simulator spotify = Simulator.start(SimulatorOptions.defaults().withRegime(Regime.DEV));
    private Path file = Path.of("");
    private Path chart = Path.of("");

    @BeforeEach
    void write() throws IOException {
        file = folder.resolve("etc/chartlake.yaml");
        chart = Files.writeString(
                folder.resolve("regional-no-weekly-2026-11-12.csv"),
                "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                        + "1,spotify:track:0ChartlakeSampleSong01,A,B,C,1,1,1,1\n");
    }

    @AfterEach
    void close() {
        spotify.close();
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

    private Ended init(Map<String, String> environment, String... words) {
        List<String> all = new ArrayList<>(List.of("init", "--config", file.toString()));
        all.addAll(List.of(words));
        return Lake.inProcess(environment, all.toArray(String[]::new));
    }

    private Lake lake() {
        return new Lake(folder.resolve("etc/lake"));
    }

    @Test
    void whatTheAppCanReadIsTakenAndTheRestHasACure() throws Exception {
        Ended ended = init(
                        asUser(),
                        "--list",
                        WorldLists.ROAD_TRIP,
                        "--list",
                        WorldLists.NOT_OWNED,
                        "--list",
                        chart.toString(),
                        "--warehouse",
                        "duckdb")
                .with(1);
        assertThat(ended.out())
                .contains(
                        "Wrote " + file,
                        "$ ./chartlake import --config " + file + " " + chart,
                        "$ ./chartlake run --config " + file + " " + WorldLists.ROAD_TRIP + "\n",
                        "Problem, list " + WorldLists.NOT_OWNED,
                        "→ ",
                        "Then: ./chartlake run --config " + file)
                .doesNotContain(WorldLists.NOT_OWNED + "\n");
        assertThat(lake().rows("SELECT DISTINCT playlist_id FROM playlists ORDER BY 1"))
                .containsExactly(WorldLists.ROAD_TRIP, "regional-no-weekly");
        assertThat(folder.resolve("etc/chartlake.duckdb")).exists();
        assertThat(Files.readString(file))
                .contains("playlist/" + WorldLists.ROAD_TRIP, "playlist/" + WorldLists.NOT_OWNED);
    }

    @Test
    void allThatIsReadableEndsWithZero() throws Exception {
        init(asUser(), "--list", WorldLists.ROAD_TRIP, "--lake", "lake").with(0);
        assertThat(lake().value("SELECT count(*) FROM playlist_entries")).isEqualTo("40");
    }

    @Test
    void aNewAppWithoutAUserIsToldToSignIn() throws Exception {
        Ended ended = init(asApp(), "--list", WorldLists.ROAD_TRIP).with(3);
        assertThat(ended.out())
                .contains(
                        "Problem, app: ",
                        "No user is signed in",
                        "→ Sign in: ./chartlake login",
                        "Then: ./chartlake run");
        assertThat(file).exists();
        assertThat(lake().root()).doesNotExist();
    }

    @Test
    void chartFilesNeedNoApp() throws Exception {
        Ended ended = init(Map.of("CHARTLAKE_HOME", folder.resolve("home").toString()), "--list", chart.toString())
                .with(0);
        assertThat(ended.out()).contains("$ ./chartlake transform --config ").doesNotContain("Problem");
        assertThat(lake().value("SELECT count(*) FROM playlist_entries")).isEqualTo("1");
        assertThat(spotify.requests()).isEmpty();
    }

    @Test
    void withoutListsTheNextCommandIsNamed() throws Exception {
        assertThat(init(asUser(), "--yes").with(0).out())
                .endsWith("Next: ./chartlake run --mine --config " + file + "\n");
        Files.delete(file);
        Map<String, String> nobody =
                Map.of("CHARTLAKE_HOME", folder.resolve("home").toString());
        assertThat(init(nobody, "--yes").with(0).out())
                .contains("Next: export SPOTIFY_CLIENT_ID=… && ./chartlake login && ./chartlake run --mine");
        Files.delete(file);
        assertThat(init(nobody, "--sign-in", "none").with(0).out())
                .endsWith("Next: ./chartlake import FILE --config " + file + "\n");
    }

    @Test
    void aFileThatExistsIsKept() throws Exception {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "lake: mine\n");
        Ended ended = init(asUser(), "--yes").with(2);
        assertThat(ended.err()).startsWith(file + " exists already, and is kept as it is.");
        assertThat(file).hasContent("lake: mine");
    }

    @Test
    void whatIsWrongWritesNothing() throws Exception {
        Map<String, String> environment = asUser();
        assertThat(init(environment).with(2).err())
                .contains("no terminal to ask on", "./chartlake init --list https://open.spotify.com/playlist/ID");
        assertThat(init(environment, "--list", "nonsense").with(2).err()).startsWith("--list: Not a Spotify playlist");
        assertThat(init(environment, "--lake", "gs://x").with(2).err()).startsWith("--lake: 'gs://x'");
        assertThat(init(environment, "--warehouse", "oracle").with(2).err())
                .startsWith("--warehouse: No such warehouse");
        assertThat(init(environment, "--schedule", "hourly").with(2).err()).startsWith("--schedule: 'hourly'");
        assertThat(init(environment, "--sign-in", "me").with(2).err()).startsWith("--sign-in: 'me'");
        assertThat(file).doesNotExist();
        assertThat(spotify.requests()).isEmpty();
    }
}
