package dev.chartlake.extract;

import static dev.chartlake.extract.Bench.LIST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.FakeSpotify.Dialect;
import dev.chartlake.extract.FakeSpotify.FakeList;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reading goes on with the page that is missing, and an unchanged list costs one request. */
class ResumedReadingTest {

    private static final FakeSpotify.Fault LIMIT = FakeSpotify.answer(429, "Too many requests", "Retry-After", "3600");

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void afterALimitTheMissingPagesAreAskedFor(Dialect dialect) throws Exception {
        try (Bench bench = new Bench(folder)) {
            FakeList list = bench.spotify.list(LIST, 420, dialect);
            bench.spotify.fail("offset=200", 1, LIMIT);
            assertThatThrownBy(() -> bench.extract(LIST)).isInstanceOf(RateLimitException.class);
            assertThat(bench.waiting()).isEmpty();
            List<String> before = pages(bench);
            bench.spotify.requests.clear();

            Archived archived = bench.again().archived(LIST);
            assertThat(archived.entries()).isEqualTo(420);
            assertThat(pages(bench))
                    .as("asked for again")
                    .doesNotContainAnyElementsOf(before.subList(0, before.size() - 1));
            assertThat(bench.spotify.requestsTo(LIST + "?"))
                    .as("whether it has changed")
                    .isOne();
            assertThat(bench.text(archived.key().in(RawState.TO_PROCESS)))
                    .isEqualTo("[" + String.join(",", whole(bench)) + "]");
            assertThat(bench.keys("_chartlake/pages/")).isEmpty();
            assertThat(list.uris).hasSize(420);
        }
    }

    /** What was served, without the answer that shows that the list has not changed. */
    private static List<String> whole(Bench bench) {
        return bench.spotify.served.subList(0, bench.spotify.served.size() - 1);
    }

    private static List<String> pages(Bench bench) {
        return bench.spotify.requests.stream()
                .filter(request -> request.contains("offset="))
                .toList();
    }

    @Test
    void aListThatIsEditedMeanwhileIsReadAnew() throws Exception {
        try (Bench bench = new Bench(folder)) {
            FakeList list = bench.spotify.list(LIST, 420, Dialect.TRACKS);
            bench.spotify.fail("offset=300", 1, LIMIT);
            assertThatThrownBy(() -> bench.extract(LIST)).isInstanceOf(RateLimitException.class);
            list.insertOnTop("spotify:track:new");
            Archived archived = bench.again().archived(LIST);
            assertThat(archived.entries()).isEqualTo(421);
            assertThat(bench.text(archived.key().in(RawState.TO_PROCESS)).split("spotify:track:", -1))
                    .hasSize(422);
            assertThat(bench.keys("_chartlake/pages/")).isEmpty();
        }
    }

    @Test
    void pagesOfTwoDaysAgoAreAskedForAgain() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 420, Dialect.TRACKS);
            bench.spotify.fail("offset=300", 1, LIMIT);
            assertThatThrownBy(() -> bench.extract(LIST)).isInstanceOf(RateLimitException.class);
            for (String key : bench.keys("_chartlake/pages/")) {
                assertThat(folder.resolve(key)
                                .toFile()
                                .setLastModified(
                                        Bench.NOW.minus(Duration.ofDays(3)).toEpochMilli()))
                        .isTrue();
            }
            bench.spotify.requests.clear();
            assertThat(bench.again().archived(LIST).entries()).isEqualTo(420);
            assertThat(pages(bench)).hasSize(4);
        }
    }

    @Test
    @Thorough
    void killedAndRestartedEachPageIsFetchedOnce() {
        Seeded.run(Depth.of(3, 40), random -> {
            Path lake = Files.createTempDirectory(folder, "lake");
            try (Bench first = new Bench(lake)) {
                List<String> lists = new ArrayList<>();
                Set<String> left = new HashSet<>();
                for (int i = 0; i < 20; i++) {
                    String id = "%022d".formatted(i);
                    lists.add(id);
                    left.add(id);
                    first.spotify.list(id, 101 + random.nextInt(500), Dialect.values()[random.nextInt(4)]);
                }
                for (int run = 0; run < 6; run++) {
                    Bench bench = first.again();
                    bench.deathIn = run == 5 ? Integer.MAX_VALUE : 1 + random.nextInt(40);
                    try {
                        for (String id : lists) {
                            if (left.contains(id)) {
                                bench.archived(id);
                                left.remove(id);
                            }
                        }
                    } catch (Bench.Death e) {
                        assertThat(run).isLessThan(5);
                    }
                }
                assertThat(left).isEmpty();
                List<String> pages = new ArrayList<>(pages(first));
                pages.removeAll(first.unanswered);
                assertThat(pages).doesNotHaveDuplicates();
                assertThat(first.keys("_chartlake/pages/")).isEmpty();
                for (String id : lists) {
                    assertThat(first.keys("raw_data/to_process/2026-11-21/spotify-web-api/" + id + "/"))
                            .hasSize(1);
                }
            }
        });
    }

    @Test
    void anUnchangedListCostsOneRequestAndHasAllItsRows() throws Exception {
        try (Bench bench = new Bench(folder)) {
            FakeList list = bench.spotify.list(LIST, 420, Dialect.BOTH);
            String before = bench.text(bench.archived(LIST).key().in(RawState.TO_PROCESS));
            bench.date = "Sun, 22 Nov 2026 08:30:15 GMT";
            Archived again = bench.again().archived(LIST);
            assertThat(again.requests()).isOne();
            assertThat(again.added()).isTrue();
            assertThat(again.entries()).isEqualTo(420);
            assertThat(again.key().date()).hasToString("2026-11-22");
            assertThat(bench.text(again.key().in(RawState.TO_PROCESS))).isEqualTo(before);

            list.insertOnTop("spotify:track:new");
            bench.date = "Mon, 23 Nov 2026 08:30:15 GMT";
            Archived changed = bench.again().archived(LIST);
            assertThat(changed.entries()).isEqualTo(421);
            assertThat(changed.requests()).isGreaterThan(2);
        }
    }

    @Test
    void spotifysOwnListsAreReadWholeWhateverTheirVersion() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 420, Dialect.TRACKS).owner = "spotify";
            int requests = bench.archived(LIST).requests();
            bench.date = "Sun, 22 Nov 2026 08:30:15 GMT";
            assertThat(bench.again().archived(LIST).requests())
                    .isEqualTo(requests)
                    .isGreaterThan(2);
        }
    }

    @Test
    void afterAWeekOrWithoutTheEarlierSnapshotAllPagesAreAskedFor() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 420, Dialect.TRACKS);
            Archived first = bench.archived(LIST);
            bench.date = "Sun, 29 Nov 2026 08:30:15 GMT";
            bench.now = Bench.NOW.plus(Duration.ofDays(8));
            Archived second = bench.again().archived(LIST);
            assertThat(second.requests()).isEqualTo(first.requests());
            bench.date = "Mon, 30 Nov 2026 08:30:15 GMT";
            bench.store.delete(second.key().in(RawState.TO_PROCESS));
            assertThat(bench.again().archived(LIST).requests()).isEqualTo(first.requests());
        }
    }

    @Test
    void theDialectIsRememberedForAMonth() throws Exception {
        try (Bench bench = new Bench(folder)) {
            for (int i = 0; i < 3; i++) {
                bench.spotify.list("%022d".formatted(i), 150, Dialect.BOTH).itemsOpen = false;
            }
            bench.archived("%022d".formatted(0));
            bench.again().archived("%022d".formatted(1));
            assertThat(bench.spotify.requestsTo("/items")).isOne();
            bench.now = Bench.NOW.plus(Duration.ofDays(31));
            bench.again().archived("%022d".formatted(2));
            assertThat(bench.spotify.requestsTo("/items")).isEqualTo(2);
        }
    }
}
