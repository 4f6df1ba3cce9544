package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.Request;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.spotify.auth.Authorization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What belongs to the signed-in user: the lists of the library, saved and top songs. */
class PersonalListsTest {

    @TempDir
    Path folder;

    private Simulator spotify = Simulator.start(SimulatorOptions.defaults().withRegime(Regime.DEV));

    @AfterEach
    void close() {
        spotify.close();
    }

    private Lake lake() {
        return new Lake(folder.resolve("lake"));
    }

    private Map<String, String> as(String user, String scopes) {
        Map<String, String> environment = new HashMap<>(Lake.spotify(spotify));
        environment.remove("SPOTIFY_CLIENT_SECRET");
        environment.put("SPOTIFY_REFRESH_TOKEN", spotify.refreshToken(user, scopes));
        return environment;
    }

    private Ended extract(String user, String... words) throws IOException, InterruptedException {
        return lake().run(as(user, Authorization.SCOPES), "extract", words);
    }

    private List<String> asked(String path) {
        return spotify.requests().stream()
                .filter(request -> request.path().equals(path))
                .map(Request::query)
                .toList();
    }

    @Test
    void mineAreAllListsOfTheLibrary() throws Exception {
        Ended ended = extract(Users.OLA, "--mine").with(1); // a followed list has no entries in this regime
        assertThat(ended.err())
                .contains("The library has 5 lists, and 1 more that Spotify does not show to this app: skipped")
                .contains(WorldLists.NOT_OWNED + ": failed. ", "403", "4 of 5 lists archived, 1 failed");
        assertThat(ended.out()).contains("Road trip", "Only for me: 12 entries", "A list of 120: 120 entries");
        assertThat(asked("/v1/me/playlists")).containsExactly("limit=50&offset=0");
        lake().transform().with(0);
        assertThat(lake().rows("SELECT playlist_id, owner_id, total FROM playlists WHERE name = 'Only for me'"))
                .containsExactly(WorldLists.PRIVATE + "|" + Users.OLA + "|12");
    }

    /** The library of this user has two pages, with an entry that is null on the first one. */
    @Test
    void aLongLibraryIsReadToItsEnd() throws Exception {
        spotify.close();
        spotify = Simulator.start(SimulatorOptions.defaults().withRegime(Regime.LEGACY_DEV));
        Ended ended = extract(Users.KARI, "--mine", "--saved-tracks").with(0);
        assertThat(ended.err()).contains("The library has 62 lists, and 1 more", "63 of 63 lists archived");
        assertThat(ended.out()).contains("A list of 60: 60 entries", "me-saved-tracks: 0 entries");
        assertThat(asked("/v1/me/playlists")).containsExactly("limit=50&offset=0", "limit=50&offset=50");
    }

    @Test
    void savedAndTopTracksAreListsLikeOthers() throws Exception {
        Ended ended = extract(Users.OLA, "--saved-tracks", "--top-tracks", "short", "--top-tracks")
                .with(0);
        assertThat(ended.out())
                .contains(
                        "me-saved-tracks: 120 entries -> raw_data/to_process/2026-11-21/spotify-web-api/me-saved-tracks/")
                .contains("me-top-tracks-short: 50 entries", "me-top-tracks-medium: 50 entries");
        assertThat(ended.err()).doesNotContain("incomplete", "warning");
        assertThat(asked("/v1/me/top/tracks"))
                .containsExactly("time_range=short_term&limit=50&offset=0", "time_range=medium_term&limit=50&offset=0");
        Path raw;
        try (var files = Files.walk(lake().at("raw_data/to_process"))) {
            raw = files.filter(file -> file.toString().contains("me-saved-tracks") && Files.isRegularFile(file))
                    .findFirst()
                    .orElseThrow();
        }
        assertThat(Files.readString(raw))
                .startsWith("[{\"href\":")
                .contains("\"track\":{")
                .doesNotContain("\"item\":{");

        assertThat(lake().transform().with(0).err()).doesNotContain("Warning");
        assertThat(lake().rows(
                                "SELECT playlist_id, source, complete, count(*), count(song_id), min(position), max(position)"
                                        + " FROM playlist_entries JOIN playlists USING (playlist_id, source, observed_at)"
                                        + " GROUP BY ALL ORDER BY 1"))
                .containsExactly(
                        "me-saved-tracks|spotify-web-api|true|120|120|1|120",
                        "me-top-tracks-medium|spotify-web-api|true|50|50|1|50",
                        "me-top-tracks-short|spotify-web-api|true|50|50|1|50");
        assertThat(lake().value("SELECT count(DISTINCT added_at) FROM playlist_entries WHERE added_at IS NOT NULL"))
                .isEqualTo("120");
        assertThat(lake().report("chart", "--list", "me-top-tracks-short")
                        .with(0)
                        .out())
                .contains("Top tracks - 4 weeks");
    }

    @Test
    void twoAccountsInOneLakeAreApart() throws Exception {
        Map<String, String> kari = as(Users.KARI, Authorization.SCOPES);
        kari.put("SPOTIFY_PROFILE", "kari");
        lake().run(kari, "run", "--top-tracks", "long").with(0);
        lake().run(as(Users.OLA, Authorization.SCOPES), "run", "--top-tracks", "long")
                .with(0);
        assertThat(lake().rows("SELECT DISTINCT playlist_id FROM playlist_entries ORDER BY 1"))
                .containsExactly("me-top-tracks-long", "me-top-tracks-long.kari");
        assertThat(lake().report("chart", "--list", "me-top-tracks-long.kari")
                        .with(0)
                        .out())
                .contains("Top tracks - 1 year (kari)");
    }

    @Test
    void theyNeedAUserWhoAllowedIt() throws Exception {
        assertThat(lake().run(Lake.spotify(spotify), "extract", "--mine")
                        .with(3)
                        .err())
                .contains("No user is signed in", "./chartlake login");
        assertThat(spotify.requests()).isEmpty();
        Map<String, String> little = as(Users.OLA, "user-top-read");
        assertThat(lake().run(little, "extract", "--mine").with(3).err())
                .contains("Insufficient client scope", "./chartlake login");
        assertThat(lake().run(little, "extract", "--saved-tracks", "--top-tracks=short")
                        .with(1)
                        .err())
                .contains(
                        "me-saved-tracks: failed. ", "Insufficient client scope", "./chartlake login", "1 of 2 lists");
        assertThat(lake().run(little, "extract", "--top-tracks", "ever").with(2).err())
                .contains("'ever'", "short, medium, long");
    }

    /** Nothing is asked during a cooldown, also not which lists there are. */
    @Test
    void theLibraryKeepsTheCooldown() throws Exception {
        spotify.faults().add(Fault.rateLimited(Duration.ofHours(2)).path("/v1/me/playlists"));
        assertThat(extract(Users.OLA, "--mine").with(4).err()).contains("not before 20");
        spotify.clearRequests();
        assertThat(extract(Users.OLA, "--mine").with(4).err()).contains("Not before 20");
        assertThat(extract(Users.OLA, "--saved-tracks").with(4).err()).contains("Not before 20");
        assertThat(spotify.requests()).isEmpty();
    }
}
