package dev.chartlake.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.raw.RawKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class CorpusTest {

    @TempDir
    Path lake;

    @Test
    void writesOnePagePerListAndDay() throws IOException {
        Corpus.write(lake, 3, 4, 50, 7);

        Map<String, byte[]> pages = pages(lake);
        assertThat(pages).hasSize(12);
        ObjectMapper json = new ObjectMapper();
        pages.forEach((path, bytes) -> {
            RawKey key = RawKey.parse(path).orElseThrow();
            JsonNode page = json.readTree(bytes);
            assertThat(page.get("href").asString()).contains("/playlists/" + key.list() + "/tracks?");
            assertThat(page.get("items")).hasSize(50);
            for (JsonNode item : page.get("items")) {
                JsonNode track = item.get("track");
                assertThat(track.get("id").asString()).matches("[0-9A-Za-z]{22}");
                assertThat(track.get("popularity").asInt()).isBetween(0, 100);
                assertThat(track.get("artists").size()).isBetween(1, 4);
                assertThat(track.get("album").get("images")).hasSize(3);
                assertThat(track.get("track_number").asInt())
                        .isBetween(1, track.get("album").get("total_tracks").asInt());
            }
        });
    }

    @Test
    void entriesWeighAboutFourKilobytes() throws IOException {
        Corpus.write(lake, 4, 1, 50, 7);

        long bytes =
                pages(lake).values().stream().mapToLong(page -> page.length).sum();

        assertThat(bytes / (4 * 50)).isBetween(3_600L, 4_400L);
    }

    @Test
    void listsShareSomeSongsAndChangeALittleEveryDay() throws IOException {
        Corpus.write(lake, 40, 2, 50, 7);

        ObjectMapper json = new ObjectMapper();
        Map<String, Set<String>> songs = new TreeMap<>();
        pages(lake).forEach((path, bytes) -> {
            Set<String> ids = new HashSet<>();
            json.readTree(bytes)
                    .get("items")
                    .forEach(item -> ids.add(item.at("/track/id").asString()));
            assertThat(ids).as(path).hasSize(50);
            songs.computeIfAbsent(path.substring(0, 10), day -> new HashSet<>()).addAll(ids);
        });
        Set<String> first = songs.getOrDefault("2026-01-01", Set.of());
        Set<String> second = songs.getOrDefault("2026-01-02", Set.of());
        assertThat(first).hasSizeBetween(1_000, 1_800);
        assertThat(second).hasSizeBetween(1_000, 1_800).isNotEqualTo(first);
        first.retainAll(second);
        assertThat(first).hasSizeGreaterThan(second.size() * 8 / 10);
    }

    @Test
    void sameArgumentsGiveTheSameBytes(@TempDir Path other) throws IOException {
        Corpus.write(lake, 3, 2, 10, 7);
        Corpus.write(other, 3, 2, 10, 7);

        Map<String, byte[]> pages = pages(lake);
        Map<String, byte[]> again = pages(other);
        assertThat(again.keySet()).isEqualTo(pages.keySet());
        pages.forEach((path, bytes) -> assertThat(again.get(path)).as(path).isEqualTo(bytes));
    }

    @Test
    void anotherSeedGivesOtherLists(@TempDir Path other) throws IOException {
        Corpus.write(lake, 1, 1, 1, 7);
        Corpus.write(other, 1, 1, 1, 8);

        assertThat(pages(other).keySet()).isNotEqualTo(pages(lake).keySet());
    }

    @Test
    void refusesMoreEntriesThanAPageHolds() {
        assertThatThrownBy(() -> Corpus.write(lake, 1, 1, 101, 7)).hasMessageContaining("1 to 100 entries a page");
    }

    private static Map<String, byte[]> pages(Path lake) throws IOException {
        Path waiting = lake.resolve("raw_data/to_process");
        Map<String, byte[]> pages = new TreeMap<>();
        try (Stream<Path> files = Files.walk(waiting)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                pages.put(waiting.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return pages;
    }
}
