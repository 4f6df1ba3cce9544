package dev.chartlake.extract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.jobs.CooldownPolicy;
import dev.chartlake.jobs.ExtractJob;
import dev.chartlake.jobs.WantedLists;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.store.LocalStore;
import dev.chartlake.trials.Seeded;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was stopped or killed goes on with what is missing. */
class UnfinishedRunTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final PlaylistRef A = new PlaylistRef("a".repeat(22));
    private static final PlaylistRef B = new PlaylistRef("b".repeat(22));
    private static final PlaylistRef C = new PlaylistRef("c".repeat(22));

    @TempDir
    Path folder;

    private LocalStore store = new LocalStore(Path.of(""));
    private Instant now = NOW;

    /** How many further lists are answered before Spotify sets a limit; negative if the process is to die there. */
    private int answers = Integer.MAX_VALUE;

    private boolean dies;
    private final List<PlaylistRef> asked = new ArrayList<>();

    @BeforeEach
    void open() {
        store = new LocalStore(folder);
    }

    private ExtractResult take(PlaylistRef list) throws IOException {
        if (answers-- <= 0) {
            if (dies) {
                throw new IllegalStateException("killed");
            }
            throw new RateLimitException(now.plusSeconds(60), "slow down");
        }
        asked.add(list);
        now = now.plusSeconds(1);
        RawKey key = new RawKey(RawKey.WEB_API, list.id(), now, "json");
        store.put(key.in(RawState.TO_PROCESS), new byte[0]);
        return new Archived("A list", key, 1, 1, true, true, "");
    }

    private Report run(PlaylistRef... lists) throws Exception {
        asked.clear();
        URI nowhere = URI.create("http://127.0.0.1:1/v1");
        AppFolder app = AppFolder.inLake(store, SpotifyAccess.of(nowhere, nowhere, "app", "secret"), "default");
        WantedLists wanted = new WantedLists(new LinkedHashSet<>(List.of(lists)), List.of());
        return new ExtractJob(this::take, store, app, clock, new Metrics())
                .run(wanted, CooldownPolicy.KEEP, TimeLimit.NONE, outcome -> {});
    }

    /** Shows the time that goes by while lists are read. */
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

    private void after(Duration wait) {
        now = now.plus(wait);
        answers = Integer.MAX_VALUE;
    }

    @Test
    void afterALimitOnlyWhatIsMissingIsAskedForAndThenEverythingAgain() throws Exception {
        answers = 1;
        assertThat(run(A, B, C).stopped()).containsInstanceOf(RateLimitException.class);
        assertThat(asked).containsExactly(A);
        after(Duration.ofMinutes(2));
        Report rest = run(A, B, C);
        assertThat(asked).containsExactly(B, C);
        assertThat(rest.before()).isEqualTo(1);
        assertThat(rest.stopped()).isEmpty();
        assertThat(run(A, B, C).before()).isZero();
        assertThat(asked).containsExactly(A, B, C);
    }

    @Test
    void aRunThatIsKilledGoesOnWithWhatIsMissing() throws Exception {
        answers = 2;
        dies = true;
        assertThatThrownBy(() -> run(A, B, C)).hasMessage("killed");
        after(Duration.ZERO);
        assertThat(run(C, B, A).before()).as("in another order").isEqualTo(2);
        assertThat(asked).containsExactly(C);
    }

    /** Spotify keeps fifty plays alone, so they are not left to the last, nor taken as a list is, once a day. */
    @Test
    void playsComeFirstAndOnEveryRun() throws Exception {
        PlaylistRef plays = new PlaylistRef("me-recently-played.kari");
        answers = 2;
        run(A, B, plays, C);
        assertThat(asked).containsExactly(plays, A);
        after(Duration.ofMinutes(2));
        answers = 2;
        Report rest = run(A, B, plays, C);
        assertThat(asked).containsExactly(plays, B);
        assertThat(rest.before()).isEqualTo(1);
        after(Duration.ofMinutes(2));
        assertThat(run(A, B, plays, C).stopped()).isEmpty();
        assertThat(asked).containsExactly(plays, C);
    }

    @Test
    void otherListsAreAnotherRun() throws Exception {
        answers = 2;
        run(A, B, C);
        after(Duration.ofMinutes(2));
        run(A, B);
        assertThat(asked).containsExactly(A, B);
        run(A);
        assertThat(asked).containsExactly(A);
        run(A, B, C);
        assertThat(asked).containsExactly(C);
    }

    @Test
    void onTheNextDayAllAreAskedForTheOldestFirst() throws Exception {
        run(A, B, C);
        after(Duration.ofDays(1));
        answers = 2;
        run(A, B, C);
        assertThat(asked).containsExactly(A, B);
        after(Duration.ofDays(1));
        run(A, B, C);
        assertThat(asked).containsExactly(C, A, B);
    }

    @Test
    void marksOfRunsThatNobodyGoesOnWithAreSweptAway() throws Exception {
        answers = 1;
        run(A, B);
        Files.walk(folder.resolve("_chartlake/extract"))
                .forEach(path -> path.toFile()
                        .setLastModified(
                                Instant.now().minus(Duration.ofDays(10)).toEpochMilli()));
        now = Instant.now();
        after(Duration.ofMinutes(2));
        run(B, C);
        assertThat(store.list("_chartlake/extract/")).isEmpty();
    }

    @Test
    void withAQuotaThatEndsEveryRunEarlyAllListsGetTheirTurn() throws Exception {
        Seeded.run(20, random -> {
            store = new LocalStore(Files.createTempDirectory(folder, "lake"));
            int lists = 2 + random.nextInt(12);
            int quota = 1 + random.nextInt(lists);
            PlaylistRef[] all = new PlaylistRef[lists];
            for (int i = 0; i < lists; i++) {
                all[i] = new PlaylistRef("%022d".formatted(i));
            }
            Map<PlaylistRef, Integer> times = new HashMap<>();
            int days = 3 * lists;
            for (int day = 0; day < days; day++) {
                after(Duration.ofDays(1));
                answers = quota;
                dies = random.nextBoolean();
                Set<PlaylistRef> today = new HashSet<>();
                for (int part = 0; part < 2; part++) {
                    try {
                        run(all);
                    } catch (IllegalStateException e) {
                        assertThat(e).hasMessage("killed");
                    }
                    asked.forEach(list -> assertThat(today.add(list))
                            .as("nothing twice a day")
                            .isTrue());
                    now = now.plusSeconds(120);
                    if (answers > 0) {
                        break; // the run has come to its end, and another one would begin anew
                    }
                    answers = 0;
                }
                today.forEach(list -> times.merge(list, 1, Integer::sum));
            }
            assertThat(times.keySet()).containsExactlyInAnyOrder(all);
            int least = times.values().stream().min(Integer::compare).orElseThrow();
            int most = times.values().stream().max(Integer::compare).orElseThrow();
            assertThat(most - least).as("turns: " + times).isLessThanOrEqualTo(1);
        });
    }
}
