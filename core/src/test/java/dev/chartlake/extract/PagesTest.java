package dev.chartlake.extract;

import static dev.chartlake.extract.Bench.LIST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.extract.FakeSpotify.Dialect;
import dev.chartlake.extract.FakeSpotify.FakeList;
import dev.chartlake.raw.RawState;
import dev.chartlake.trials.Seeded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of a list of any length arrives once, in order, in bytes as received. */
class PagesTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({
        "0,TRACKS,1", "1,TRACKS,1", "50,ITEMS,1", "100,TRACKS,1", "100,ITEMS,1", "100,BOTH,1", "101,TRACKS,3",
        "101,ITEMS,3", "101,BOTH,3", "250,TRACKS,4", "250,ITEMS,5", "250,BOTH,5", "250,NEITHER,7", "1,NEITHER,2",
        "10000,TRACKS,101", "10000,ITEMS,200", "10000,BOTH,200"
    })
    void readsWholeLists(int rows, Dialect dialect, int requests) throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, rows, dialect);
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(rows);
            assertThat(archived.requests()).isEqualTo(requests);
            assertThat(archived.name()).isEqualTo("Café – ♫ 🎵");
            boolean secondLook = dialect == Dialect.NEITHER ? rows > 50 : rows > 100;
            checkBytes(bench, archived, secondLook);
        }
    }

    @Test
    void readsListsOfRandomLength() throws Exception {
        Seeded.run(5, random -> {
            try (Bench bench = new Bench(Files.createTempDirectory(folder, "lake"))) {
                for (int i = 0; i < 4; i++) {
                    String id = String.format("%022d", i);
                    Dialect dialect = Dialect.values()[random.nextInt(Dialect.values().length)];
                    FakeList list = bench.spotify.list(id, random.nextInt(600), dialect);
                    for (int hole = random.nextInt(5); hole > 0 && !list.uris.isEmpty(); hole--) {
                        list.uris.set(random.nextInt(list.uris.size()), ""); // a row whose item is null still counts
                    }
                    list.tracksLimit = random.nextBoolean() ? 100 : 50;
                    list.itemsOpen = dialect != Dialect.BOTH || random.nextBoolean();
                    int entries = bench.archived(id).entries();
                    assertThat(entries).as(dialect.toString()).isEqualTo(list.uris.size());
                }
            }
        });
    }

    @Test
    void keepsBytesAsReceived() throws Exception {
        String odd =
                "\n{\"b\" :1e2,\"b\":2, \"snapshot_id\":\"\\u0041\\/\", \"tracks\":{\"items\":[null,{},7,{\"track\":null}],"
                        + "\"next\":null,\"total\":4},\"\":\"\\ud83c\\udfb5 ø\"}\r\n\r\n ";
        try (Bench bench = new Bench(folder)) {
            bench.spotify.fail(LIST, 1, FakeSpotify.answer(200, odd));
            ExtractResult.Archived archived = bench.archived(LIST);
            assertThat(archived.entries()).isEqualTo(4);
            assertThat(bench.text(archived.key().in(RawState.TO_PROCESS))).isEqualTo("[" + odd + "]");
        }
    }

    @Test
    void isFiledUnderSpotifysClock() throws Exception {
        try (Bench bench = new Bench(folder)) {
            bench.spotify.list(LIST, 1, Dialect.TRACKS);
            assertThat(bench.archived(LIST).added()).isTrue();
            assertThat(bench.archived(LIST).added()).isFalse();
            assertThat(bench.waiting())
                    .containsExactly("raw_data/to_process/2026-11-21/spotify-web-api/" + LIST + "/083015Z.json");
        }
    }

    @Test
    void asksTheOtherDialectOnceAndRemembers() throws Exception {
        try (Bench bench = new Bench(folder)) {
            for (int i = 0; i < 3; i++) {
                bench.spotify.list(String.format("%022d", i), 150, Dialect.BOTH).itemsOpen = false;
            }
            for (int i = 0; i < 3; i++) {
                assertThat(bench.archived(String.format("%022d", i)).entries()).isEqualTo(150);
            }
            assertThat(bench.spotify.requestsTo("/items")).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Dialect.class,
            names = {"TRACKS", "BOTH"})
    void takesSmallerPagesWhereLargeOnesAreRefused(Dialect dialect) throws Exception {
        try (Bench bench = new Bench(folder)) {
            FakeList list = bench.spotify.list(LIST, 333, dialect);
            list.tracksLimit = 50;
            list.itemsOpen = false;
            assertThat(bench.archived(LIST).entries()).isEqualTo(333);
        }
    }

    private static void checkBytes(Bench bench, ExtractResult.Archived archived, boolean secondLook) throws Exception {
        List<String> served = new ArrayList<>(bench.spotify.served);
        if (secondLook) {
            served.remove(served.size() - 1);
        }
        String text = bench.text(archived.key().in(RawState.TO_PROCESS));
        assertThat(text).isEqualTo("[" + String.join(",", served) + "]");
        List<String> uris = new ArrayList<>();
        Matcher matcher = Pattern.compile("spotify:track:\\d+").matcher(text);
        while (matcher.find()) {
            if (uris.isEmpty() || !uris.get(uris.size() - 1).equals(matcher.group())) {
                uris.add(matcher.group());
            }
        }
        List<String> expected = Objects.requireNonNull(bench.spotify.lists.get(LIST)).uris;
        if (archived.entries() > 0 && text.contains("\"tracks\" :") && text.contains("\"items\":\t")) {
            assertThat(uris).containsAll(expected); // both dialects hold the first rows
        } else {
            assertThat(uris).isEqualTo(expected);
        }
    }
}
