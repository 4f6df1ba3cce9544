package dev.chartlake.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Manifest;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What cannot be read is set aside with a reason, by either way in, and the rest is done. */
class BrokenInputTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String LIST = Answers.list("broken");
    private static final String GOOD = Answers.list("good");
    private static final String CSV_START =
            "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\r\n";

    @TempDir
    Path folder;

    /** Bad files, by a name that says what is wrong; those that end in .csv go where charts are. */
    private static final class Bad extends LinkedHashMap<String, byte[]> {
        private static final long serialVersionUID = 1L;

        void add(String name, String content) {
            put(name, content.getBytes(UTF_8));
        }
    }

    private static String page() {
        return Answers.page(LIST, Answers.rows(Dialect.TRANSITION, 0, 3));
    }

    private static String chart() {
        return ChartFiles.current(
                false,
                IntStream.rangeClosed(1, 5)
                        .mapToObj(rank -> ChartFiles.Row.of(rank, Song.of(rank).named("Måneskinn, " + rank)))
                        .toList());
    }

    /** By import, by lying loose where older pipelines put their files, and by lying there under its final key. */
    private void setAside(Bad bad) throws IOException {
        imported(bad);
        adopted(bad);
        transformed(bad);
    }

    private void imported(Bad bad) throws IOException {
        Path in = folder.resolve("in");
        int day = 0;
        for (Map.Entry<String, byte[]> file : bad.entrySet()) {
            write(in.resolve(LIST).resolve(dated(file.getKey(), day++)), file.getValue());
        }
        write(in.resolve("0 good 2024-05-01.json"), good());
        write(in.resolve("zz good 2024-05-02.json"), good());
        Lake lake = new Lake(folder.resolve("imported"));
        Ended ended = lake.importing(in).with(1);
        assertThat(ended.err().lines().filter(line -> line.startsWith("Set aside")))
                .as(ended.err())
                .hasSize(bad.size());
        assertThat(ended.out()).contains("Set aside: " + bad.size());
        lake.transform().with(0);
        explained(lake, bad);
        assertThat(lake.keys("raw_data/quarantine")).hasSize(2 * bad.size());
    }

    private void adopted(Bad bad) throws IOException {
        Lake lake = new Lake(folder.resolve("adopted"));
        Path waiting = lake.at("raw_data/to_process");
        int day = 0;
        for (Map.Entry<String, byte[]> file : bad.entrySet()) {
            write(waiting.resolve(LIST).resolve(dated(file.getKey(), day++)), file.getValue());
        }
        write(waiting.resolve("0 good 2024-05-01.json"), good());
        write(waiting.resolve("zz good 2024-05-02.json"), good());
        lake.transform().with(1);
        explained(lake, bad);
    }

    private void transformed(Bad bad) throws IOException {
        Lake lake = new Lake(folder.resolve("transformed"));
        Path day = lake.at("raw_data/to_process/2024-05-01");
        int second = 0;
        for (Map.Entry<String, byte[]> file : bad.entrySet()) {
            boolean csv = file.getKey().endsWith(".csv");
            String key = (csv ? "spotify-charts/regional-no-weekly/" : "spotify-web-api/" + LIST + "/")
                    + String.format(Locale.ROOT, "%02d%02d%02dZ", second / 3600, second / 60 % 60, second++ % 60)
                    + (csv ? ".csv" : ".json");
            write(day.resolve(key), file.getValue());
        }
        write(day.resolve("spotify-web-api/" + GOOD + "/100000Z.json"), good());
        write(lake.at("raw_data/to_process/2024-05-02/spotify-web-api/" + GOOD + "/100000Z.json"), good());
        lake.transform().with(1);
        explained(lake, bad);
        List<String> named = lake.manifests().get(0).quarantined().stream()
                .map(object -> "raw_data/quarantine/" + object.key())
                .toList();
        assertThat(lake.keys("raw_data/quarantine").stream().filter(key -> !key.endsWith(".error.json")))
                .containsExactlyInAnyOrderElementsOf(named);
    }

    /** A name with a day of its own, so that each file is one observation. */
    private static String dated(String name, int day) {
        return name.endsWith(".csv")
                ? "regional-x" + day + "-weekly-2024-06-06.csv"
                : name.substring(0, name.lastIndexOf('.'))
                        + String.format(Locale.ROOT, " 2024-06-01T%02d-%02d-00.json", day / 60, day % 60);
    }

    private static byte[] good() {
        return Answers.page(GOOD, Answers.rows(Dialect.LEGACY, 10, 14)).getBytes(UTF_8);
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(parent(file));
        Files.write(file, content);
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    /** Every bad file is in quarantine byte for byte with an explanation, and the good ones are in the tables. */
    private static void explained(Lake lake, Bad bad) throws IOException {
        lake.sound();
        assertThat(lake.rows("SELECT playlist_id, count(*) FROM playlist_entries GROUP BY ALL"))
                .containsExactly(GOOD + "|8");
        for (Manifest manifest : lake.manifests()) {
            assertThat(manifest.entriesRead()).isEqualTo(manifest.entriesWritten() + manifest.entriesRepeated());
        }
        Set<String> expected = bad.values().stream()
                .map(Arrays::hashCode)
                .map(String::valueOf)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> found = new TreeSet<>();
        for (String key : lake.keys("raw_data/quarantine")) {
            if (key.endsWith(".error.json")) {
                continue;
            }
            found.add(String.valueOf(Arrays.hashCode(Files.readAllBytes(lake.at(key)))));
            JsonNode reason = JSON.readTree(Files.readAllBytes(lake.at(key + ".error.json")));
            assertThat(reason.path("file").asString("")).as(key).isNotBlank();
            assertThat(reason.path("reason").asString("")).as(key).isNotBlank().doesNotContain("Exception");
            assertThat(reason.path("cure").asString("")).as(key).isNotBlank();
            assertThat(reason.path("offset").asLong(-1))
                    .as(key + ": " + reason)
                    .isBetween(0L, Files.size(lake.at(key)));
        }
        assertThat(found).isEqualTo(expected);
    }

    @Test
    void truncatedAnywhere() throws IOException {
        Bad bad = new Bad();
        byte[] page = page().getBytes(UTF_8);
        for (int length = 1; length < page.length; length += 1 + length / 25) {
            bad.put("cut at " + length + ".json", Arrays.copyOf(page, length));
        }
        bad.put("cut at the end.json", Arrays.copyOf(page, page.length - 1));
        byte[] array = ("[" + page() + "," + page() + "]").getBytes(UTF_8);
        bad.put("array without its end.json", Arrays.copyOf(array, array.length - 1));
        bad.put("array behind its first answer.json", Arrays.copyOf(array, page.length + 2));
        assertThat(bad.size()).isGreaterThan(80);
        setAside(bad);
    }

    @Test
    void somethingElse() throws IOException {
        Bad bad = new Bad();
        String html = "<!doctype html>\n<html><head><title>Sign in, please</title></head><body>No, no</body></html>\n";
        bad.add("web page.json", html);
        bad.add("web page.csv", html);
        bad.add("empty.json", "");
        bad.add("empty.csv", "");
        bad.add("blank.json", " \n\t\r\n ");
        bad.add("text.json", "Too many requests");
        bad.add("number.json", "17");
        bad.add("null.json", "null");
        bad.add("empty object.json", "{}");
        bad.add("empty array.json", "[]");
        bad.add("array of numbers.json", "[1, 2]");
        bad.add("error.json", "{\"error\":{\"status\":404,\"message\":\"Resource not found\"}}");
        bad.add("sign-in error.json", "{\"error\":\"invalid_client\",\"error_description\":\"Invalid client\"}");
        bad.add("error among pages.json", "[" + page() + ",{\"error\":{\"status\":500,\"message\":\"Oops\"}}]");
        bad.add(
                "page of playlists.json",
                "{\"href\":\"https://api.spotify.com/v1/users/kari/playlists?offset=0\",\"items\":["
                        + Answers.playlist(Dialect.LEGACY, LIST, "One", "{\"href\":\"x\",\"total\":3}")
                        + "],\"limit\":1,\"next\":null,\"offset\":0,\"total\":1}");
        bad.add("playlist without items.json", Answers.playlist(Dialect.LEGACY, LIST, "Foreign", "null"));
        bad.add(
                "playlist with a link to its items.json",
                Answers.playlist(Dialect.Y2026, LIST, "Foreign", "{\"href\":\"x\",\"total\":3}"));
        bad.add("garbage behind.json", page() + "\nx");
        setAside(bad);
    }

    @Test
    void notQuiteJson() throws IOException {
        Bad bad = new Bad();
        bad.add("comma at the end of an array.json", page().replace("],\"limit\"", ",],\"limit\""));
        bad.add("comma at the end.json", page().replaceAll("}$", ",}"));
        bad.add("no comma.json", page().replace(",\"limit\"", "\"limit\""));
        bad.add("no colon.json", page().replace("\"limit\":", "\"limit\" "));
        bad.add("single quotes.json", page().replace('"', '\''));
        bad.add("comment.json", page().replace("\"limit\"", "/* x */\"limit\""));
        bad.add("not a number.json", page().replace("\"popularity\":1", "\"popularity\":NaN"));
        bad.add("leading zero.json", page().replace("\"popularity\":1", "\"popularity\":01"));
        bad.add("half a number.json", page().replace("\"popularity\":1", "\"popularity\":1."));
        bad.add("bare word.json", page().replace("\"explicit\":true", "\"explicit\":True"));
        bad.add("line end in a text.json", page().replace("Song no. 1", "Song\nno. 1"));
        bad.add("zero byte in a text.json", page().replace("Song no. 1", "Song\0no. 1"));
        bad.add("zero byte behind.json", page() + "\0");
        bad.add("no such escape.json", page().replace("Song no. 1", "Song\\x01"));
        bad.add("half an escape.json", page().replace("Song no. 1", "Song \\u12"));
        bad.add("wrong bracket.json", page().replace("],\"limit\"", "},\"limit\""));
        setAside(bad);
    }

    @Test
    void otherEncodings() throws IOException {
        Bad bad = new Bad();
        String named = page().replace("Song no. 1", "Måneskinn");
        bad.put("latin-1.json", named.getBytes(ISO_8859_1));
        bad.put(
                "half a character.json",
                new String(named.getBytes(UTF_8), ISO_8859_1)
                        .replace("\u00c3\u00a5", "\u00c3")
                        .getBytes(ISO_8859_1));
        bad.put("latin-1.csv", chart().replace("\ufeff", "").getBytes(ISO_8859_1));
        byte[] halved = chart().getBytes(UTF_16LE);
        bad.put("half a utf-16.csv", Arrays.copyOf(halved, halved.length - 1));
        setAside(bad);
    }

    @Test
    void notAChart() throws IOException {
        Bad bad = new Bad();
        String row = "1,\"spotify:track:" + Song.of(1).id() + "\",\"Ada\",\"One\",\"Label\",1,2,3,\"100\"\r\n";
        bad.add("other header.csv", "date,amount\n2024-01-01,17\n");
        bad.add("no header.csv", row);
        bad.add("header alone.csv", CSV_START);
        bad.add("field too few.csv", CSV_START + row + row.replace(",1,2,3", ",1,2"));
        bad.add("field too many.csv", CSV_START + row.replace(",1,2,3", ",1,2,3,4"));
        bad.add("text as rank.csv", CSV_START + row.replaceFirst("1", "one"));
        bad.add("rank nought.csv", CSV_START + row.replaceFirst("1", "0"));
        bad.add("no rank.csv", CSV_START + row.replaceFirst("1", ""));
        bad.add("not a song.csv", CSV_START + row.replace(Song.of(1).id(), "here"));
        bad.add("open quote.csv", CSV_START + row + "2,\"spotify:track:");
        setAside(bad);
    }

    @Test
    void monstrous() throws IOException {
        Bad bad = new Bad();
        bad.add("deep arrays.json", "[".repeat(100_000) + "]".repeat(100_000));
        bad.add("deep objects.json", "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000));
        String deep = "[".repeat(100_000) + "]".repeat(100_000);
        bad.add("deep inside a song.json", page().replaceFirst("\"preview_url\":null", "\"preview_url\":" + deep));
        bad.add(
                "deep and open.json",
                page().replaceFirst("\"preview_url\":null", "\"preview_url\":" + "{\"x\":[".repeat(50_000)));
        setAside(bad);
    }

    @Test
    @Thorough
    void aTextLargerThanTheMemoryForIt() throws IOException {
        Bad bad = new Bad();
        bad.add("long name.json", page().replace("Song no. 1", "la ".repeat((Depth.of(18, 40) << 20) / 3)));
        setAside(bad);
    }

    @Test
    void fieldsTwice() throws IOException {
        Bad bad = new Bad();
        String rows = "\"items\":[" + Answers.row(Dialect.LEGACY, Song.of(8)) + "]";
        bad.add("two arrays of items.json", page().replaceFirst("\"limit\"", rows + ",\"limit\""));
        setAside(bad);
    }

    /** Spotify sends no field twice, and readers disagree about which one counts: it must not shift or lose entries. */
    @Test
    void fieldsTwiceInASongLoseNoEntry() throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        write(
                folder.resolve("in/2024-05-01.json"),
                page().replace("\"popularity\":1,", "\"popularity\":1,\"popularity\":2,\"name\":\"Again\",")
                        .getBytes(UTF_8));
        lake.importing(folder.resolve("in")).with(0);
        lake.transform().with(0);
        assertThat(lake.sound().rows("SELECT position, song_id FROM playlist_entries ORDER BY 1"))
                .containsExactly(
                        "1|" + Song.of(0).id(),
                        "2|" + Song.of(1).id(),
                        "3|" + Song.of(2).id());
    }

    /** Setting aside is no dead end: the repaired file takes its place, and the day is whole again. */
    @Test
    void aRepairedFileIsDone() throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        Path file = folder.resolve("in").resolve("2024-05-01T10-00-00.json");
        write(file, Arrays.copyOf(good(), 500));
        lake.importing(file).with(1);
        write(file, good());
        lake.importing(file).with(0);
        lake.transform().with(0);
        assertThat(lake.sound().value("SELECT count(*) FROM playlist_entries")).isEqualTo("4");
        assertThat(lake.transform("--all").with(0).err()).doesNotContain("Set aside");
    }

    @Test
    void theSameBrokenFileTwiceIsSetAsideOnce() throws IOException {
        Lake lake = new Lake(folder.resolve("lake"));
        Path file = folder.resolve("in").resolve("2024-05-01T10-00-00.json");
        write(file, Arrays.copyOf(good(), 500));
        lake.importing(file).with(1);
        Map<String, String> before = lake.data();
        lake.importing(file).with(1);
        assertThat(lake.data()).isEqualTo(before);
        assertThat(lake.keys("raw_data/quarantine")).hasSize(2);
    }
}
