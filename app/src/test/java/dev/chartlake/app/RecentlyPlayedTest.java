package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.outcome.ExitCode;
import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.Request;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.spotify.auth.Authorization;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the signed-in user played since the last run becomes plays. In the simulator each twenty minutes have one. */
class RecentlyPlayedTest {

    private static final String CURSOR = "_chartlake/played/me-recently-played.txt";
    private static final long PLAY_MILLIS = Duration.ofMinutes(20).toMillis();
    private static final long BEFORE_MILLIS = 60_503;
    private static final Duration FIFTY_PLAYS = Duration.ofMillis(50 * PLAY_MILLIS);
    private static final String ENDED = "2026-11-21T11:58:59.497Z";

    @TempDir
    Path folder;

    private final Simulator spotify =
            Simulator.start(SimulatorOptions.defaults().withRegime(Regime.DEV));

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

    private Ended poll(String until, String... more) throws IOException, InterruptedException {
        spotify.setPlayedUntil(Instant.parse(until));
        return lake().run(as(Users.OLA, Authorization.SCOPES), "extract", more.length == 0 ? RECENT : more);
    }

    private static final String[] RECENT = {"--recently-played"};

    private List<String> asked() {
        return spotify.requests().stream()
                .filter(request -> request.path().equals("/v1/me/player/recently-played"))
                .map(Request::query)
                .toList();
    }

    @Test
    void eachUtcDayIsARawObjectOfTheRowsAsReceived() throws Exception {
        Ended first = poll("2026-11-21T12:00:00Z").with(ExitCode.DONE);
        String before = "raw_data/to_process/2026-11-20/spotify-web-api/me-recently-played/230000Z.json";
        String day = "raw_data/to_process/2026-11-21/spotify-web-api/me-recently-played/115859Z.json";
        assertThat(first.out()).isEqualToIgnoringNewLines("me-recently-played: 50 plays -> " + before + ", " + day);
        assertThat(first.err())
                .contains("me-recently-played: done, requests: 1", "1 of 1 list archived, 0 failed")
                .doesNotContain("warning");
        assertThat(lake().keys("raw_data")).containsExactly(before, day);
        assertThat(Files.readString(lake().at(day)))
                .startsWith("[{\"track\":{")
                .contains("\"played_at\":\"" + ENDED + "\"")
                .endsWith("}]");
        assertThat(Files.readString(lake().at(CURSOR)).strip())
                .isEqualTo("" + Instant.parse(ENDED).toEpochMilli());
        lake().transform().with(ExitCode.DONE);
        assertThat(
                        lake().rows(
                                        "SELECT list, source, count(*), count(song_id), min(context_type) FROM plays GROUP BY ALL"))
                .containsExactly("me-recently-played|spotify-web-api|50|50|playlist");
    }

    @Test
    void theNextRunAsksForLaterPlaysOnly() throws Exception {
        poll("2026-11-21T12:00:00Z").with(ExitCode.DONE);
        Ended next = poll("2026-11-21T14:00:00Z").with(ExitCode.DONE);
        assertThat(next.out()).startsWith("me-recently-played: 6 plays -> ");
        assertThat(asked())
                .containsExactly(
                        "limit=50", "limit=50&after=" + Instant.parse(ENDED).toEpochMilli());
    }

    @Test
    void withoutNewPlaysThereIsNoRawObject() throws Exception {
        poll("2026-11-21T12:00:00Z").with(ExitCode.DONE);
        Map<String, String> before = lake().contents("");
        Ended again = poll("2026-11-21T12:10:00Z").with(ExitCode.DONE);
        assertThat(again.out()).isEqualToIgnoringNewLines("me-recently-played: no new plays");
        assertThat(again.err()).contains("0 of 1 list archived, 1 up to date, 0 failed");
        assertThat(lake().contents("")).isEqualTo(before);
    }

    @Test
    void aFullAnswerThatDoesNotReachTheLastRunIsAWarning() throws Exception {
        poll("2026-11-20T12:00:00Z").with(ExitCode.DONE);
        assertThat(poll("2026-11-21T04:20:00Z").with(ExitCode.DONE).err())
                .as("49 plays")
                .doesNotContain("warning");
        assertThat(poll("2026-11-22T12:00:00Z").with(ExitCode.DONE).err())
                .contains(
                        "me-recently-played: warning. 50 plays or more since the last run: some may be missing; run it"
                                + " at least every 50 plays.");
        assertThat(poll("2026-11-22T12:20:00Z").with(ExitCode.DONE).err()).doesNotContain("warning");
    }

    /** The second day's object cannot be written. */
    @Test
    void theTimeIsKeptOnlyWhenAllPlaysAreArchived() throws Exception {
        poll("2026-11-21T12:00:00Z").with(ExitCode.DONE);
        String cursor = Files.readString(lake().at(CURSOR));
        Path inTheWay = Files.createFile(lake().at("raw_data/to_process/2026-11-22"));
        assertThat(poll("2026-11-22T02:00:00Z").code()).isNotEqualTo(ExitCode.DONE);
        assertThat(lake().keys("raw_data/to_process/2026-11-21")).hasSize(2);
        assertThat(Files.readString(lake().at(CURSOR))).isEqualTo(cursor);
        Files.delete(inTheWay);
        assertThat(poll("2026-11-22T02:20:00Z").with(ExitCode.DONE).out()).contains(": 43 plays -> ");
        lake().transform().with(ExitCode.DONE);
        assertThat(lake().sound().value("SELECT count(*) || ' ' || count(DISTINCT played_at) FROM plays"))
                .isEqualTo("93 93");
    }

    @Test
    void itNeedsTheUsersConsent() throws Exception {
        assertThat(lake().run(Lake.spotify(spotify), "extract", RECENT)
                        .with(ExitCode.SIGN_IN)
                        .err())
                .contains("No user is signed in", "./chartlake login");
        assertThat(lake().run(as(Users.OLA, "user-top-read"), "extract", RECENT)
                        .with(ExitCode.SOME_FAILED)
                        .err())
                .contains("me-recently-played: failed. ", "Insufficient client scope", "./chartlake login");
        assertThat(lake().contents("raw_data")).isEmpty();
    }

    /** A cut-off answer is kept and moves no cursor; a cursor that cannot be read is as none. */
    @Test
    void anAnswerThatCannotBeReadIsAskedForAgain() throws Exception {
        poll("2026-11-21T12:00:00Z").with(ExitCode.DONE);
        String cursor = Files.readString(lake().at(CURSOR));
        spotify.faults().add(Fault.truncate().path("/v1/me/player"));
        assertThat(poll("2026-11-21T13:00:00Z").with(ExitCode.SOME_FAILED).err())
                .contains("me-recently-played: failed. ", "quarantine");
        assertThat(Files.readString(lake().at(CURSOR))).isEqualTo(cursor);
        spotify.faults().clear();
        assertThat(poll("2026-11-21T13:00:00Z").with(ExitCode.DONE).out()).contains(": 3 plays -> ");
        Files.writeString(lake().at(CURSOR), "yesterday");
        assertThat(poll("2026-11-21T13:00:00Z").with(ExitCode.DONE).out()).contains(": 50 plays -> ");
        lake().transform().with(ExitCode.DONE);
        assertThat(lake().value("SELECT count(*) || ' ' || count(DISTINCT played_at) FROM plays"))
                .isEqualTo("53 53");
    }

    @Test
    void twoAccountsInOneLakeAreApart() throws Exception {
        Map<String, String> kari = as(Users.OLA, Authorization.SCOPES); // the same plays, as when they listen together
        kari.put("SPOTIFY_PROFILE", "kari");
        lake().run(kari, "run", RECENT).with(ExitCode.DONE);
        lake().run(as(Users.OLA, Authorization.SCOPES), "run", RECENT).with(ExitCode.DONE);
        assertThat(lake().rows("SELECT list, count(*) FROM plays GROUP BY list ORDER BY list"))
                .containsExactly("me-recently-played|50", "me-recently-played.kari|50");
    }

    /** So that a scheduled run, which names no list, takes them. */
    @Test
    void theConfigurationNamesListsOfTheUser() throws Exception {
        Path file = Files.writeString(
                folder.resolve("chartlake.yaml"),
                "lists:\n- me-recently-played\n- me-saved-tracks\n- me-top-tracks-short\n- Mine\n"
                        + "names:\n  me-top-tracks-long:\n    name: Mine\n");
        String[] config = {"--config", file.toString()};
        Map<String, String> ola = as(Users.OLA, Authorization.SCOPES);
        assertThat(lake().run(ola, "run", config).with(ExitCode.DONE).err()).contains("4 of 4 lists archived");
        ola.put("SPOTIFY_PROFILE", "ola");
        lake().run(ola, "run", config).with(ExitCode.DONE);
        assertThat(lake().rows("SELECT DISTINCT playlist_id FROM playlist_entries ORDER BY 1"))
                .containsExactly(
                        "me-saved-tracks",
                        "me-saved-tracks.ola",
                        "me-top-tracks-long",
                        "me-top-tracks-long.ola",
                        "me-top-tracks-short",
                        "me-top-tracks-short.ola");
        assertThat(lake().rows("SELECT DISTINCT list FROM plays ORDER BY 1"))
                .containsExactly("me-recently-played", "me-recently-played.ola");
        assertThat(lake().run(Lake.spotify(spotify), "run", config)
                        .with(ExitCode.SIGN_IN)
                        .err())
                .contains("No user is signed in");
    }

    /** Polls at random times, at most fifty plays apart, some of them killed: each play is a row once. */
    @Test
    @Thorough
    void pollsThatAreKilledGiveEachPlayOnce() {
        Seeded.run(1, this::pollsWithKills);
    }

    private void pollsWithKills(Random random) throws Exception {
        Lake lake = new Lake(Files.createTempDirectory(folder, "lake"));
        Map<String, String> user = as(Users.OLA, Authorization.SCOPES);
        Instant first = Instant.parse("2026-11-10T00:00:00Z").plusSeconds(random.nextInt(86_400));
        Instant now = first;
        spotify.setPlayedUntil(now);
        lake.run(user, "extract", RECENT).with(ExitCode.DONE);
        for (int i = Depth.of(6, 40); i > 0; i--) {
            Instant cursor = Instant.ofEpochMilli(
                    Long.parseLong(Files.readString(lake.at(CURSOR)).strip()));
            int left = (int) Duration.between(now, cursor.plus(FIFTY_PLAYS)).toSeconds();
            now = now.plusSeconds(random.nextInt(left));
            spotify.setPlayedUntil(now);
            int kind = i == 1 ? 0 : random.nextInt(4);
            if (kind == 1) {
                killed(lake, user, random);
            } else if (kind == 2) {
                undone(lake, user, random);
            } else {
                lake.run(user, "extract", RECENT).with(ExitCode.DONE);
            }
            if (random.nextInt(4) == 0) {
                lake.transform().with(ExitCode.DONE);
            }
        }
        lake.transform().with(ExitCode.DONE);
        assertThat(lake.sound().rows("SELECT epoch_ms(played_at) FROM plays ORDER BY 1"))
                .isEqualTo(LongStream.rangeClosed(number(first) - 49, number(now))
                        .mapToObj(number -> "" + (number * PLAY_MILLIS - BEFORE_MILLIS))
                        .toList());
    }

    /** How many plays had ended at a time. */
    private static long number(Instant until) {
        return (until.toEpochMilli() + BEFORE_MILLIS) / PLAY_MILLIS;
    }

    /** Dies at some time after Spotify has got the request. */
    private void killed(Lake lake, Map<String, String> user, Random random) throws Exception {
        spotify.clearRequests();
        Map<String, String> environment = new HashMap<>(user);
        environment.put("CHARTLAKE_HOME", lake.root().resolveSibling("home").toString());
        Lake.Child child = Lake.Child.of(Main.class, List.of("-Xmx256m"), environment, lake.words("extract", RECENT));
        while (child.process().isAlive() && asked().isEmpty()) {
            Thread.sleep(1);
        }
        Thread.sleep(random.nextInt(400));
        child.process().destroyForcibly();
        child.end();
    }

    /** Leaves the files of a run that died before it wrote the cursor, and perhaps before it wrote the last object. */
    private static void undone(Lake lake, Map<String, String> user, Random random) throws Exception {
        String cursor = Files.readString(lake.at(CURSOR));
        List<String> before = lake.keys("raw_data/to_process");
        lake.run(user, "extract", RECENT).with(ExitCode.DONE);
        List<String> added = new ArrayList<>(lake.keys("raw_data/to_process"));
        added.removeAll(before);
        if (!added.isEmpty() && random.nextBoolean()) {
            Files.delete(lake.at(added.get(added.size() - 1)));
        }
        Files.writeString(lake.at(CURSOR), cursor);
    }
}
