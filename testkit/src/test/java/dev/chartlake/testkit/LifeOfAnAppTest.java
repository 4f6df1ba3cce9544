package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.http.Answer;
import dev.chartlake.http.Transport;
import dev.chartlake.http.UrlTransport;
import dev.chartlake.jobs.CooldownPolicy;
import dev.chartlake.jobs.ExtractJob;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.simulator.Fault;
import dev.chartlake.simulator.Regime;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.Users;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.spotify.SpotifySource;
import dev.chartlake.spotify.auth.ClientCredentials;
import dev.chartlake.spotify.auth.Consent;
import dev.chartlake.spotify.auth.Grant;
import dev.chartlake.spotify.auth.MemoryTokenStore;
import dev.chartlake.spotify.auth.RefreshToken;
import dev.chartlake.spotify.calls.CooldownException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SignInException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.calls.UnreachableException;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Weeks, or sixty days in its long form, of an app that takes twenty lists a day: a quota ban, an outage, a kill, an edit while a list is read, and a
 * sign-in that dies. Nothing is lost or doubled, nothing is asked during a ban, and a quiet day costs what it must.
 */
class LifeOfAnAppTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 9, 1);
    private static final int DAYS = Depth.of(14, 60);
    private static final List<String> FEW_ROWS = List.of(
            WorldLists.TOP_WORLD,
            WorldLists.TOP_NORWAY,
            WorldLists.ROAD_TRIP,
            WorldLists.EMPTY,
            WorldLists.ODD_ENTRIES);
    private static final int[] MANY_ROWS = {120, 350};

    @TempDir
    Path folder;

    /** The end of a process. */
    private static final class Death extends Error {
        private static final long serialVersionUID = 1L;
    }

    private enum Day {
        QUIET,
        BAN,
        OUTAGE,
        KILL,
        EDIT,
        DEAD_SIGN_IN
    }

    /** An app, its lake, its clock, and the Spotify that it asks. */
    private static final class App implements AutoCloseable {
        private final Simulator spotify;
        private final SpotifyAccess access;
        private final LocalStore lake;
        private final boolean user;
        private MemoryTokenStore signIn;
        private Instant now = Instant.EPOCH;
        private int deathIn = Integer.MAX_VALUE;

        App(Regime regime, Path folder) {
            SimulatorOptions options =
                    SimulatorOptions.defaults().withPort(0).withRegime(regime).withDate(FIRST);
            spotify = Simulator.start(options);
            access = SpotifyAccess.of(
                    URI.create(spotify.apiUrl()),
                    URI.create(spotify.accountsUrl()),
                    options.clientId(),
                    options.clientSecret());
            lake = new LocalStore(folder);
            user = regime == Regime.DEV;
            signIn = agreed();
        }

        private MemoryTokenStore agreed() {
            String token = spotify.refreshToken(Users.OLA, "playlist-read-private playlist-read-collaborative");
            Consent consent = new Consent(
                    access.clientId(), access.accountsUrl().toString(), Users.OLA, "Ola", "", Instant.EPOCH, token);
            return new MemoryTokenStore(consent, "profile default", "Sign in again: ./chartlake login");
        }

        private final Clock clock = new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }
        };

        private Answer send(Transport.Request request) throws IOException {
            if (--deathIn == 0) {
                throw new Death();
            }
            return new UrlTransport().send(request);
        }

        /** A process of its own. */
        Report run(Set<PlaylistRef> lists) throws IOException, InterruptedException {
            Grant grant = user ? RefreshToken.of(signIn) : new ClientCredentials();
            SpotifySource source =
                    SpotifySource.open(access, grant, lake, clock, wait -> now = now.plus(wait), this::send);
            AppFolder limits = AppFolder.inLake(lake, access, "default");
            return new ExtractJob(source, lake, limits, clock, new Metrics())
                    .run(new WantedLists(lists, List.of()), CooldownPolicy.KEEP, TimeLimit.NONE, outcome -> {});
        }

        long requests() {
            return spotify.requests().stream()
                    .filter(request -> request.path().startsWith("/v1/"))
                    .count();
        }

        @Override
        public void close() {
            spotify.close();
        }
    }

    private static Set<PlaylistRef> lists() {
        Set<PlaylistRef> lists = new LinkedHashSet<>();
        FEW_ROWS.forEach(id -> lists.add(new PlaylistRef(id)));
        for (int rows : MANY_ROWS) {
            lists.add(new PlaylistRef(WorldLists.sized(rows)));
        }
        lists.add(new PlaylistRef(WorldLists.TOP_DENMARK));
        lists.add(new PlaylistRef(WorldLists.NOT_OWNED));
        for (int rows = 5; lists.size() < 20; rows += 7) {
            lists.add(new PlaylistRef(WorldLists.sized(rows)));
        }
        return lists;
    }

    @ParameterizedTest
    @EnumSource(Regime.class)
    @Thorough
    void nothingIsLostOrDoubledOrAskedTooOften(Regime regime) {
        Seeded.run(1, random -> {
            try (App app = new App(regime, Files.createTempDirectory(folder, "lake"))) {
                live(app, random);
            }
        });
    }

    private static void live(App app, Random random) throws Exception {
        Set<String> refused = new TreeSet<>();
        Set<Long> quietDays = new TreeSet<>();
        List<String> expected = new ArrayList<>();
        int quiet = 0;
        for (int day = 0; day < DAYS; day++) {
            LocalDate date = FIRST.plusDays(day);
            app.spotify.setDate(date);
            app.now = date.atTime(12, 0).toInstant(ZoneOffset.UTC);
            app.spotify.faults().clear();
            app.deathIn = Integer.MAX_VALUE;
            Day kind = day < 2 || random.nextInt(3) > 0 ? Day.QUIET : Day.values()[1 + random.nextInt(5)];
            trouble(app, kind, random);
            long before = app.requests();
            Report report = app.run(lists());
            assertThat(report.stopped()).as(date + " after " + kind).isEmpty();
            if (day == 0) {
                report.outcomes().stream()
                        .filter(outcome -> outcome.result() instanceof Failed)
                        .forEach(outcome -> refused.add(outcome.list().id()));
            }
            assertThat(failed(report)).as(date + " after " + kind).allMatch(refused::contains);
            if (kind == Day.QUIET && day > 0) {
                quiet++;
                quietDays.add(app.requests() - before);
                assertThat(report.before()).isZero();
            }
            for (PlaylistRef list : lists()) {
                if (!refused.contains(list.id())) {
                    expected.add("raw_data/to_process/" + date + "/spotify-web-api/" + list.id());
                }
            }
        }
        assertThat(refused).hasSizeLessThan(10);
        assertThat(app.lake.list("raw_data/to_process/").stream()
                        .map(ObjectInfo::key)
                        .map(key -> key.substring(0, key.lastIndexOf('/')))
                        .toList())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(app.lake.list("_chartlake/pages/")).isEmpty();
        assertThat(app.lake.list("_chartlake/extract/")).isEmpty();
        assertThat(quiet).isPositive();
        // A request for each list. Those that are refused, and the two long ones once a week, take some more.
        long fewest = quietDays.iterator().next();
        assertThat(fewest).isBetween(20L, 20L + 2 * refused.size());
        assertThat(quietDays).allMatch(number -> number <= fewest + 2 * (120 / 50 + 350 / 50 + 2));
    }

    private static List<String> failed(Report report) {
        return report.outcomes().stream()
                .filter(outcome -> !(outcome.result() instanceof Archived archived) || !archived.complete())
                .map(Outcome::list)
                .map(PlaylistRef::id)
                .toList();
    }

    /** What goes wrong on a day before the run that brings everything. */
    private static void trouble(App app, Day kind, Random random) throws Exception {
        switch (kind) {
            case QUIET -> {}
            case BAN -> {
                app.spotify.faults().add(Fault.quota().after(random.nextInt(15)).retryAfter(Duration.ofHours(9)));
                assertThat(app.run(lists()).stopped()).get().isInstanceOf(RateLimitException.class);
                app.spotify.faults().clear();
                long asked = app.requests();
                for (int i = 0; i < 3; i++) {
                    app.now = app.now.plus(Duration.ofHours(2));
                    assertThat(app.run(lists()).stopped()).get().isInstanceOf(CooldownException.class);
                }
                assertThat(app.requests()).as("asked during a ban").isEqualTo(asked);
                app.now = app.now.plus(Duration.ofHours(4));
            }
            case OUTAGE -> {
                app.spotify.faults().add(Fault.reset().after(random.nextInt(15)).times(Fault.ALWAYS));
                assertThat(app.run(lists()).stopped()).get().isInstanceOf(UnreachableException.class);
                app.spotify.faults().clear();
            }
            case KILL -> {
                app.deathIn = 1 + random.nextInt(19);
                try {
                    app.run(lists());
                    throw new AssertionError("It lives");
                } catch (Death e) {
                    app.deathIn = Integer.MAX_VALUE;
                }
            }
            case EDIT -> app.spotify.faults().add(Fault.edit(1).list(WorldLists.sized(350)));
            case DEAD_SIGN_IN -> {
                if (app.user) {
                    app.spotify.revokeRefreshTokens();
                    Report report = app.run(lists());
                    assertThat(report.stopped())
                            .get()
                            .isInstanceOfSatisfying(
                                    SignInException.class,
                                    stopped -> assertThat(stopped.reason())
                                            .contains("invalid_grant", "./chartlake login"));
                    assertThat(report.outcomes()).isEmpty();
                    app.signIn = app.agreed();
                }
            }
        }
    }
}
