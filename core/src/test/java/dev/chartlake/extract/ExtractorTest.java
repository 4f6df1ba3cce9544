package dev.chartlake.extract;

import static dev.chartlake.extract.Bench.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.chartlake.extract.ExtractResult.Archived;
import dev.chartlake.extract.Extractor.Report;
import dev.chartlake.extract.FakeSpotify.Dialect;
import dev.chartlake.extract.FakeSpotify.FakeList;
import dev.chartlake.model.PlaylistRef;
import dev.chartlake.raw.RawState;
import dev.chartlake.spotify.calls.RateLimitException;
import dev.chartlake.spotify.calls.UnreachableException;
import dev.chartlake.spotify.limits.AppFolder;
import dev.chartlake.spotify.limits.Cooldown;
import dev.chartlake.trials.Seeded;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many lists, lists that are refused, and lists that are edited while they are read. */
class ExtractorTest {

    private static final String CHART = "37i9dQZEVXbMDoHDwVN2tF";
    private static final String OTHER = "zzzzzzzzzzzzzzzzzzzzzz";

    @TempDir
    Path folder;

    @Test
    void oneRefusedListDoesNotStopTheOthers() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 120, Dialect.TRACKS);
            bench.spotify.list(OTHER, 3, Dialect.ITEMS);
            FakeList foreign = bench.spotify.list("a".repeat(22), 3, Dialect.NEITHER);
            foreign.itemsOpen = false;
            bench.spotify.list("b".repeat(22), 3, Dialect.ITEMS);
            bench.spotify.fail("b".repeat(22), 100, FakeSpotify.answer(500, ""));
            Report report = run(bench, "a".repeat(22), LIST, CHART, "b".repeat(22), LIST, OTHER);
            assertThat(report.stopped()).isEmpty();
            assertThat(report.outcomes()).hasSize(5);
            assertThat(report.failed()).isEqualTo(3);
            assertThat(bench.waiting()).hasSize(2);
            assertThat(report.outcomes().get(0).result().toString()).contains("403", "owns", "11 February 2026");
            assertThat(report.outcomes().get(2).result().toString())
                    .contains("404", "27 November 2024", "chartlake import");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reset", "503", "html"})
    void anAccountsServiceThatIsDownEndsTheRunAtTheSecondList(String fault) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(
                    "/api/token",
                    1000,
                    switch (fault) {
                        case "reset" -> HttpExchange::close;
                        case "503" -> FakeSpotify.answer(503, "");
                        default -> FakeSpotify.answer(200, "<html>");
                    });
            Report report = run(bench, LIST, OTHER, CHART, "a".repeat(22), "b".repeat(22));
            assertThat(report.stopped()).containsInstanceOf(UnreachableException.class);
            assertThat(report.outcomes()).hasSize(2);
            assertThat(bench.spotify.requestsTo("/api/token")).isEqualTo(10);
        }
    }

    @Test
    void aListWithoutAnAnswerBetweenOthersDoesNotEndTheRun() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 3, Dialect.TRACKS);
            bench.spotify.fail(OTHER, 100, HttpExchange::close);
            bench.spotify.fail("b".repeat(22), 100, HttpExchange::close);
            Report report = run(bench, OTHER, LIST, "b".repeat(22));
            assertThat(report.stopped()).isEmpty();
            assertThat(report.outcomes()).hasSize(3);
        }
    }

    @Test
    void aRateLimitStopsTheRunAndIsRemembered() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 3, Dialect.TRACKS);
            bench.spotify.fail(CHART, 1, FakeSpotify.answer(429, "Too many requests", "Retry-After", "3600"));
            Report report = run(bench, LIST, CHART, OTHER);
            assertThat(report.outcomes()).hasSize(1);
            assertThat(report.stopped()).containsInstanceOf(RateLimitException.class);
            assertThat(bench.spotify.requestsTo(OTHER)).isZero();
            AppFolder app = bench.app();
            assertThat(bench.text(app.app() + "cooldown.json"))
                    .startsWith("{\"not_before\":\"2026-11-21T11:00:00Z\",\"reason\":\"");
            assertThat(Cooldown.active(app, Bench.NOW.plusSeconds(3599))).isPresent();
            assertThat(Cooldown.active(app, Bench.NOW.plusSeconds(3600))).isEmpty();
            Cooldown.end(app);
            assertThat(Cooldown.active(app, Bench.NOW)).isEmpty();
        }
    }

    @Test
    void anUnreadableCooldownIsNone() throws Exception {
        try (Bench bench = new Bench(folder)) {
            for (String text : List.of("", "x", "{}", "{\"not_before\":\"soon\"}")) {
                bench.store.put(bench.app().app() + "cooldown.json", text.getBytes(StandardCharsets.UTF_8));
                assertThat(Cooldown.active(bench.app(), Bench.NOW)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aListThatGrowsWhileItIsReadIsReadAgain(int answer) throws Exception {
        try (Bench bench = new Bench(folder)) {
            FakeList list = bench.spotify.list(LIST, 250, Dialect.ITEMS);
            list.afterAnswer = n -> {
                if (n == answer) {
                    list.insertOnTop("spotify:track:new");
                }
            };
            checkWhole(bench, list, answer < 5 ? 251 : 250); // after the fifth, all rows have been read
        }
    }

    @Test
    void aRowThatIsReplacedWhileTheTotalStaysIsNoticed() throws Exception {
        Seeded.run(10, random -> {
            try (Bench bench = new Bench(Files.createTempDirectory(folder, "lake"))) {
                FakeList list = bench.spotify.list(LIST, 101 + random.nextInt(300), Dialect.TRACKS);
                int row = random.nextInt(list.uris.size());
                list.afterAnswer = n -> {
                    if (n == 2) {
                        list.uris.remove(row);
                        list.insertOnTop("spotify:track:new");
                    }
                };
                checkWhole(bench, list, list.uris.size());
            }
        });
    }

    @Test
    void aListThatNeverHoldsStillFailsAndLeavesNothing() throws Exception {
        try (Bench bench = new Bench(folder)) {
            FakeList list = bench.spotify.list(LIST, 250, Dialect.ITEMS);
            list.afterAnswer = n -> list.insertOnTop("spotify:track:" + n);
            assertThat(bench.failed(LIST).reason()).contains("changed while it was read");
            assertThat(bench.waits).hasSize(3);
            assertThat(bench.waiting()).isEmpty();
            assertThat(bench.keys("_chartlake/tmp/")).isEmpty();
        }
    }

    @Test
    void theVersionOfSpotifysOwnListsIsOnlyAClock() throws Exception {
        try (Bench bench = new Bench(folder)) {
            FakeList list = bench.spotify.list(LIST, 250, Dialect.TRACKS);
            list.owner = "spotify";
            list.afterAnswer = n -> list.revision = n;
            assertThat(bench.archived(LIST).requests()).isEqualTo(4);
        }
    }

    @Test
    void announcedRowsThatNeverComeAreNoSnapshot() throws Exception {
        String hidden = "{\"items\":{\"items\":[],\"total\":7,\"next\":null}}";
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail("/items", 100, FakeSpotify.answer(200, "{\"items\":[],\"total\":7,\"next\":null}"));
            bench.spotify.fail(LIST, 100, FakeSpotify.answer(200, hidden));
            assertThat(bench.failed(LIST).reason()).contains("counts 7 rows");
            assertThat(bench.waiting()).isEmpty();
        }
    }

    private static Report run(Bench bench, String... ids) throws Exception {
        List<PlaylistRef> lists = Stream.of(ids).map(PlaylistRef::new).toList();
        UnfinishedRun run = UnfinishedRun.begin(bench.store, lists, bench.clock);
        return new Extractor(bench.source, bench.app()).run(run, TimeLimit.NONE, outcome -> {});
    }

    /** One snapshot, in which no row is doubled or missing. */
    private static void checkWhole(Bench bench, FakeList list, int rows) throws Exception {
        Archived archived = bench.archived(LIST);
        assertThat(archived.entries()).isEqualTo(rows);
        assertThat(bench.waiting()).hasSize(1);
        String text = bench.text(archived.key().in(RawState.TO_PROCESS));
        for (String uri : list.uris.subList(list.uris.size() - rows, list.uris.size())) {
            assertThat(text.split("\"" + uri + "\"", -1)).as(uri).hasSize(2);
        }
    }
}
