package dev.chartlake.extract;

import static dev.chartlake.extract.Bench.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.chartlake.raw.RawState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that end a list too early, never end it, or contradict each other. */
class WholeListsTest {

    private static final Pattern OFFSET = Pattern.compile("offset=(\\d+)");

    @TempDir
    Path folder;

    @Test
    void asksAgainWhereTheFirstPageEndsBeforeTheTotal() throws Exception {
        try (Bench bench = new Bench(folder)) {
            serve(bench, offset -> page(offset, 100, 250, offset == 0 ? "null" : "\"x\"", true));
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(250);
            assertThat(archived.complete()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"null,true,3", "null,false,3", "'\"x\"',true,4", "'\"x\"',false,4"})
    void aListThatStaysShortIsArchivedAsIncomplete(String next, boolean offsets, int requests) throws Exception {
        try (Bench bench = new Bench(folder)) {
            serve(
                    bench,
                    offset -> offset == 0 ? page(0, 100, 250, next, offsets) : page(offset, 0, 250, next, offsets));
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(100);
            assertThat(archived.complete()).isFalse();
            assertThat(archived.warning()).contains("100 of the 250 rows");
            assertThat(archived.requests()).isLessThanOrEqualTo(requests);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 400})
    void aRefusalBehindAnEarlyEndLeavesAnIncompleteSnapshot(int status) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail("offset=", 100, FakeSpotify.answer(status, ""));
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(200, whole(page(0, 3, 5, "null", true))));
            assertThat(bench.archived(LIST).complete()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"same page", "no offset", "offset of its own"})
    void pagesThatRepeatEndTheList(String kind) throws Exception {
        try (Bench bench = new Bench(folder)) {
            serve(bench, offset -> switch (kind) {
                case "same page" -> page(0, 50, -1, "\"x\"", true);
                case "no offset" -> page(0, 50, -1, "\"x\"", false);
                default -> page(offset / 2, 50, -1, "\"x\"", true);
            });
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(50);
            assertThat(archived.complete()).isFalse();
            assertThat(bench.spotify.requests).hasSizeLessThan(6);
            assertThat(bench.text(archived.key().in(RawState.TO_PROCESS)))
                    .containsOnlyOnce("track:0000000000000000000000");
        }
    }

    @ParameterizedTest
    @CsvSource({"50,221", "1,551"})
    void aListWithoutAnEndIsBounded(int size, int requests) throws Exception {
        try (Bench bench = new Bench(folder)) {
            serve(bench, offset -> page(offset, size, -1, "\"x\"", false));
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.complete()).isFalse();
            assertThat(archived.requests()).isLessThanOrEqualTo(requests);
        }
    }

    @Test
    void aVersionThatChangesAtEachRequestNeedsTwoEqualReadings() throws Exception {
        try (Bench bench = new Bench(folder)) {
            AtomicInteger version = new AtomicInteger();
            serve(bench, offset -> page(offset, 100, 250, "\"x\"", true), version::incrementAndGet);
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(250);
            assertThat(archived.complete()).isTrue();
            assertThat(archived.warning()).contains("two readings");
            assertThat(archived.requests()).isEqualTo(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "\"5\"", "0"})
    void aTotalBelowTheRowsNeedsTwoEqualReadings(String total) throws Exception {
        try (Bench bench = new Bench(folder)) {
            serve(
                    bench,
                    offset -> page(offset, 100, 250, "\"x\"", true).replace("\"total\":250", "\"total\":" + total));
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(250);
            assertThat(archived.complete()).isTrue();
            assertThat(archived.warning()).contains("250 rows", total.replace("\"", ""), "two readings");
        }
    }

    @Test
    void aTotalThatSwingsNeedsTwoEqualReadings() throws Exception {
        try (Bench bench = new Bench(folder)) {
            AtomicInteger swing = new AtomicInteger();
            serve(
                    bench,
                    offset -> page(offset, 100, 250, "\"x\"", true)
                            .replace("\"total\":250", "\"total\":" + (250 + swing.incrementAndGet() % 2)));
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(250);
            assertThat(archived.warning()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "\"many\"", "null", "1e400", "{}", "[250]", "99999999999999999999"})
    void aTotalThatIsNoCountIsNotKnown(String total) throws Exception {
        try (Bench bench = new Bench(folder)) {
            serve(
                    bench,
                    offset -> page(offset, 100, 250, offset >= 150 ? "null" : "\"x\"", true)
                            .replace("\"total\":250", "\"total\":" + total));
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(250);
            assertThat(archived.complete()).isTrue();
        }
    }

    @Test
    void aListOfOneSongManyTimesIsNotARepetition() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 250, FakeSpotify.Dialect.ITEMS).uris.replaceAll(uri -> "spotify:track:same");
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(250);
            assertThat(archived.complete()).isTrue();
        }
    }

    private static void serve(Bench bench, IntFunction<String> pages) {
        serve(bench, pages, () -> 1);
    }

    private static void serve(Bench bench, IntFunction<String> pages, java.util.function.IntSupplier version) {
        bench.spotify.fail(LIST, Integer.MAX_VALUE, (HttpExchange exchange) -> {
            Matcher offset = OFFSET.matcher(exchange.getRequestURI().toString());
            boolean further = offset.find();
            String page = pages.apply(further ? Integer.parseInt(offset.group(1)) : 0);
            FakeSpotify.send(exchange, 200, further ? page : whole(page).replace("rev", "rev-" + version.getAsInt()));
        });
    }

    private static String whole(String page) {
        return "{\"name\":\"A\",\"snapshot_id\":\"rev\",\"owner\":{\"id\":\"kari\"},\"tracks\":" + page + "}";
    }

    /** A page of {@code size} rows, fewer where {@code total} ends it; a negative total is left out. */
    private static String page(int offset, int size, int total, String next, boolean saysOffset) {
        int end = total < 0 ? offset + size : Math.min(total, offset + size);
        List<String> rows = new ArrayList<>();
        for (int i = offset; i < end; i++) {
            rows.add("{\"track\":{\"uri\":\"spotify:track:" + String.format("%022d", i) + "\"}}");
        }
        return "{\"items\":[" + String.join(",", rows) + "],\"next\":" + next
                + (saysOffset ? ",\"offset\":" + offset : "")
                + (total < 0 ? "" : ",\"total\":" + total) + "}";
    }
}
