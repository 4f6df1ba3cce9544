package dev.chartlake.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.ExtractResult.Failed;
import dev.chartlake.extract.ExtractResult.Why;
import dev.chartlake.extract.Extractor.Outcome;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.extract.Source;
import dev.chartlake.extract.TimeLimit;
import dev.chartlake.metrics.Metric;
import dev.chartlake.metrics.Metrics;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawKey;
import dev.chartlake.spotify.calls.CooldownException;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.SpotifyAccess;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.Cooldown;
import dev.chartlake.store.LocalStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run does with cooldowns, time limits, and texts that name no playlist, and what it measures. */
class ExtractJobTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final PlaylistRef ONE = new PlaylistRef("a".repeat(22));
    private static final PlaylistRef TWO = new PlaylistRef("b".repeat(22));
    private static final PlaylistRef THREE = new PlaylistRef("c".repeat(22));

    @TempDir
    Path folder;

    private final List<PlaylistRef> asked = new ArrayList<>();
    private final List<Outcome> told = new ArrayList<>();
    private final Metrics metrics = new Metrics();
    private LocalStore store = new LocalStore(Path.of(""));

    @BeforeEach
    void open() {
        store = new LocalStore(folder);
    }

    private AppFolder app() {
        URI nowhere = URI.create("http://127.0.0.1:1/v1");
        return AppFolder.inLake(store, SpotifyAccess.of(nowhere, nowhere, "app", "secret"), "default");
    }

    private Archived taken(PlaylistRef list) {
        asked.add(list);
        RawKey key = new RawKey(RawKey.WEB_API, list.id(), NOW, "json");
        return new Archived("A list", key, 1, 1, true, true, "");
    }

    private Report run(Source source, CooldownPolicy policy, TimeLimit limit, String... texts) throws Exception {
        WantedLists wanted = WantedLists.parse(
                List.of(texts),
                text -> Optional.ofNullable(Map.of("third", THREE).get(text)));
        return new ExtractJob(source, store, app(), Clock.fixed(NOW, ZoneOffset.UTC), metrics)
                .run(wanted, policy, limit, told::add);
    }

    private long measured(Metric metric) {
        return metrics.values().getOrDefault(metric, -1L);
    }

    @Test
    void whatIsToldAndMeasuredIsWhatTheReportSays() throws Exception {
        Report report =
                run(this::taken, CooldownPolicy.KEEP, TimeLimit.NONE, ONE.id(), "nothing", "third", ONE.id(), "no");
        assertThat(asked).containsExactly(ONE, THREE);
        assertThat(told).isEqualTo(report.outcomes()).hasSize(2);
        assertThat(measured(Metric.SNAPSHOTS_TAKEN)).isEqualTo(2);
        assertThat(measured(Metric.LISTS_FAILED)).isEqualTo(2);
        assertThat(measured(Metric.RATE_LIMITED)).isZero();
    }

    @Test
    void duringACooldownNothingIsAskedUnlessItIsIgnored() throws Exception {
        Cooldown.begin(app(), new RateLimitException(NOW.plusSeconds(1), "too many requests"));
        Report kept = run(this::taken, CooldownPolicy.KEEP, TimeLimit.NONE, ONE.id(), TWO.id());
        assertThat(kept.stopped()).get().isInstanceOfSatisfying(CooldownException.class, stopped -> {
            assertThat(stopped.notBefore()).isEqualTo(NOW.plusSeconds(1));
            assertThat(stopped.reason()).isEqualTo("too many requests");
        });
        assertThat(kept.outcomes()).isEmpty();
        assertThat(asked).isEmpty();
        assertThat(measured(Metric.RATE_LIMITED)).isOne();

        Report ignored = run(this::taken, CooldownPolicy.IGNORE, TimeLimit.NONE, ONE.id(), TWO.id());
        assertThat(ignored.stopped()).isEmpty();
        assertThat(asked).containsExactly(ONE, TWO);
        assertThat(Cooldown.active(app(), NOW)).as("Spotify has answered").isEmpty();
    }

    @Test
    void aCooldownThatIsOverIsNone() throws Exception {
        Cooldown.begin(app(), new RateLimitException(NOW, "too many requests"));
        assertThat(run(this::taken, CooldownPolicy.KEEP, TimeLimit.NONE, ONE.id())
                        .stopped())
                .isEmpty();
        assertThat(asked).containsExactly(ONE);
    }

    @Test
    void aNewRateLimitIsKeptEvenIfCooldownsAreIgnored() throws Exception {
        Source limited = list -> {
            throw new RateLimitException(NOW.plusSeconds(60), "slow down");
        };
        Report report = run(limited, CooldownPolicy.IGNORE, TimeLimit.NONE, ONE.id());
        assertThat(report.stopped())
                .get()
                .isInstanceOf(RateLimitException.class)
                .isNotInstanceOf(CooldownException.class);
        assertThat(Cooldown.active(app(), NOW)).contains(new Cooldown(NOW.plusSeconds(60), "slow down"));
    }

    @Test
    void withoutTimeTheFirstListIsTakenAndTheOthersFail() throws Exception {
        Failed late = new Failed(Why.UNAVAILABLE, "no time", "give it more");
        Report report = run(this::taken, CooldownPolicy.KEEP, () -> Optional.of(late), ONE.id(), TWO.id(), THREE.id());
        assertThat(asked).containsExactly(ONE);
        assertThat(report.outcomes()).hasSize(3);
        assertThat(report.outcomes().subList(1, 3)).containsExactly(new Outcome(TWO, late), new Outcome(THREE, late));
        assertThat(told).isEqualTo(report.outcomes());
        assertThat(measured(Metric.LISTS_FAILED)).isEqualTo(2);
    }
}
