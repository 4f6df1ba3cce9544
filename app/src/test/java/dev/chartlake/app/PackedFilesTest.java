package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code import} makes of files packed by gzip and zip: the same as of the files in them, within bounds. */
class PackedFilesTest {

    private static final String LIST = Answers.list("packed");

    @TempDir
    Path folder;

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve("input").resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return Files.write(file, content);
    }

    private Lake lake(String name) {
        return new Lake(folder.resolve(name));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(content);
        }
        return packed.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(packed)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue());
                out.closeEntry();
            }
        }
        return packed.toByteArray();
    }

    private static String page(int from, int to, int total) {
        return Answers.page(LIST, from, total, Answers.rows(Dialect.LEGACY, from, to));
    }

    private static String whole(int song) {
        return Answers.page(LIST, Answers.rows(Dialect.LEGACY, song, song + 1));
    }

    private static byte[] chart(int songs) {
        return bytes(ChartFiles.current(
                false,
                LongStream.rangeClosed(1, songs)
                        .mapToObj(rank -> ChartFiles.Row.of((int) rank, Song.of(rank)))
                        .toList()));
    }

    private static Map<String, String> raw(Lake lake) {
        return lake.contents("raw_data");
    }

    /** The names of the archive and in it say as much as folders do. */
    @Test
    void packedFilesBecomeWhatTheFilesInThemWould() throws IOException {
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                LIST + "/2024-01-04/page1.json",
                bytes(page(0, 2, 4)),
                LIST + "/2024-01-04/page2.json",
                bytes(page(2, 4, 4)),
                "no/weekly/2024-01-04.csv",
                chart(3),
                "regional-se-weekly-2024-01-11.csv",
                chart(4)));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            file("plain/" + file.getKey(), file.getValue());
            file("gzip/" + file.getKey() + ".gz", gzip(file.getValue()));
        }
        file("zip/export.zip", zip(files));
        Ended plain = lake("plain").importing(folder.resolve("input/plain")).with(0);
        Ended gzip = lake("gzip").importing(folder.resolve("input/gzip")).with(0);
        Ended zip = lake("zip").importing(folder.resolve("input/zip")).with(0);
        assertThat(plain.out()).startsWith("Imported 3 raw objects: 11 entries of 3 lists, 2024-01-04 to 2024-01-11.");
        assertThat(gzip.out()).isEqualTo(plain.out());
        assertThat(zip.out()).isEqualTo(plain.out());
        assertThat(raw(lake("gzip"))).hasSize(3).isEqualTo(raw(lake("plain")));
        assertThat(raw(lake("zip"))).isEqualTo(raw(lake("plain")));
        lake("zip").transform().with(0);
        lake("zip").sound();
    }

    @Test
    void theNameOfAnArchiveCountsAsAFolder() throws IOException {
        file("regional-no-weekly-2024-01-04.zip", zip(Map.of("data.csv", chart(3))));
        file(
                LIST + ".zip",
                zip(new TreeMap<>(Map.of("2024-01-05.json", bytes(whole(1)), "a/2024-01-06.json", bytes(whole(2))))));
        lake("lake").importing(folder.resolve("input")).with(0);
        assertThat(lake("lake").keys("raw_data"))
                .containsExactly(
                        "raw_data/to_process/2024-01-04/spotify-charts/regional-no-weekly/000000Z.csv",
                        "raw_data/to_process/2024-01-05/spotify-web-api/" + LIST + "/000000Z.json",
                        "raw_data/to_process/2024-01-06/spotify-web-api/" + LIST + "/000000Z.json");
    }

    @Test
    void contentAndNotItsNameSaysThatAFileIsPacked() throws IOException {
        Path gzip = file("2024-01-04.json", gzip(bytes(whole(1))));
        Path zip = file("2024-01-05.json", zip(Map.of("data.json", bytes(whole(2)))));
        Path plain = file("2024-01-06.json.gz", bytes(whole(3)));
        lake("lake").importing(gzip, zip, plain).with(0);
        assertThat(lake("lake").keys("raw_data")).hasSize(3);
    }

    @Test
    void severalGzipFilesInARowAreOne() throws IOException {
        byte[] content = chart(50);
        byte[] first = gzip(Arrays.copyOf(content, 1000));
        byte[] second = gzip(Arrays.copyOfRange(content, 1000, content.length));
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        file("regional-no-weekly-2024-01-04.csv.gz", both);
        assertThat(lake("lake").importing(folder.resolve("input")).with(0).out())
                .contains("50 entries");
    }

    /** Names with {@code ..}, roots and drives in them are hints like any other, and nothing is written there. */
    @Test
    void noNameInAnArchiveIsAPath() throws IOException {
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                "../../../../../../" + LIST + "/2024-01-04.json", bytes(whole(1)),
                "/tmp/../" + LIST + "/2024-01-05.json", bytes(whole(2)),
                "C:\\lists\\" + LIST + "\\2024-01-06.json", bytes(whole(3))));
        file("x.zip", zip(files));
        lake("lake").importing(folder.resolve("input")).with(0);
        assertThat(lake("lake").keys("raw_data"))
                .containsExactlyElementsOf(List.of("04", "05", "06").stream()
                        .map(day -> "raw_data/to_process/2024-01-" + day + "/spotify-web-api/" + LIST + "/000000Z.json")
                        .toList());
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile).filter(file -> !file.startsWith(folder.resolve("lake"))))
                    .containsExactly(folder.resolve("input/x.zip"));
        }
    }

    @Test
    void whatIsNotTakenIsNamed() throws IOException {
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                "notes.txt", bytes("x"),
                "__MACOSX/._regional-no-weekly-2024-01-04.csv", bytes("x"),
                "regional-no-weekly-2024-01-04.csv", chart(1)));
        file("a.zip", zip(files));
        file("b.zip", zip(Map.of("notes.txt", bytes("x"))));
        Ended ended = lake("lake").importing(folder.resolve("input")).with(1);
        assertThat(ended.out()).isEqualTo("Imported 1 raw object: 1 entry of 1 list, 2024-01-04. Not imported: 1.\n");
        assertThat(ended.err())
                .contains("b.zip: there is no file named .json, .jsonl, .ndjson, .csv or .tsv in it. ")
                .contains("Skipped 2 files in folders and zip files: __MACOSX/._regional-no-weekly-2024-01-04.csv in ")
                .contains("notes.txt in ");
    }

    @Test
    void packedTwiceIsRefused() throws IOException {
        byte[] inner = zip(Map.of("2024-01-04.json", bytes(whole(1))));
        file(LIST + "/a.zip", zip(new TreeMap<>(Map.of("b.zip", inner, "2024-01-05.json.gz", gzip(bytes(whole(2)))))));
        file(LIST + "/c.zip", zip(Map.of("2024-01-05.json", gzip(bytes(whole(2))))));
        file(LIST + "/2024-01-06.json.gz", gzip(gzip(bytes(whole(3)))));
        Ended ended = lake("lake").importing(folder.resolve("input")).with(1);
        assertThat(ended.err().lines().filter(line -> line.contains("packed twice")))
                .hasSize(4);
        assertThat(ended.err()).contains("Not imported: b.zip in ").contains("2024-01-05.json in ");
        assertThat(lake("lake").keys("raw_data")).isEmpty();
    }

    /** None of them leaves a part of its content behind, and the files beside it are imported. */
    @Test
    void brokenTruncatedAndEncryptedFilesAreRefused() throws IOException {
        byte[] gzip = gzip(chart(200));
        file("regional-no-weekly-2024-01-04.csv.gz", Arrays.copyOf(gzip, gzip.length / 2));
        byte[] flipped = gzip.clone();
        flipped[flipped.length - 6] ^= 1;
        file("regional-no-weekly-2024-01-11.csv.gz", flipped);
        Map<String, byte[]> two = new TreeMap<>(Map.of(
                "regional-no-weekly-2024-01-18.csv", chart(200), "regional-no-weekly-2024-01-25.csv", chart(100)));
        byte[] zip = zip(two);
        file("truncated.zip", Arrays.copyOf(zip, zip.length - 40));
        byte[] broken = zip.clone();
        broken[1500] ^= 0x55;
        file("broken.zip", broken);
        file("encrypted.zip", encrypted(zip));
        file("tar.csv.gz", gzip(tar()));
        Ended ended = lake("lake").importing(folder.resolve("input")).with(1);
        assertThat(ended.err()
                        .lines()
                        .filter(line -> line.startsWith("Not imported"))
                        .map(line -> line.replaceAll("^Not imported: (?:(\\S+) in )?\\S*/input/(\\S+): ", "$1 $2: ")))
                .containsExactlyInAnyOrder(
                        " regional-no-weekly-2024-01-04.csv.gz: it cannot be unpacked: the packed data is truncated or"
                                + " broken. Get the file again.",
                        " regional-no-weekly-2024-01-11.csv.gz: it cannot be unpacked: the packed data is truncated or"
                                + " broken. Get the file again.",
                        " truncated.zip: it is not a whole zip file: it is truncated or broken. Get the file again.",
                        "regional-no-weekly-2024-01-18.csv broken.zip: it cannot be unpacked: the packed data is"
                                + " truncated or broken. Get the file again.",
                        " encrypted.zip: it is encrypted. Unpack it with its password and import what it holds.",
                        " tar.csv.gz: it is a tar archive. Unpack it and import what it holds.");
        assertThat(lake("lake").keys("raw_data"))
                .containsExactly("raw_data/to_process/2024-01-25/spotify-charts/regional-no-weekly/000000Z.csv");
    }

    /** The mark of encryption in the headers is what every program looks at. */
    private static byte[] encrypted(byte[] zip) {
        byte[] marked = zip.clone();
        for (int i = 0; i < zip.length - 10; i++) {
            boolean header = zip[i] == 'P' && zip[i + 1] == 'K';
            if (header && zip[i + 2] == 3 && zip[i + 3] == 4) {
                marked[i + 6] |= 1;
            } else if (header && zip[i + 2] == 1 && zip[i + 3] == 2) {
                marked[i + 8] |= 1;
            }
        }
        return marked;
    }

    private static byte[] tar() {
        byte[] tar = new byte[2048];
        System.arraycopy(bytes("a.csv"), 0, tar, 0, 5);
        System.arraycopy(bytes("ustar"), 0, tar, 257, 5);
        return tar;
    }

    @Test
    void whatGrowsBeyondMeasureIsStopped() throws IOException {
        byte[] many = new byte[90 << 20];
        Arrays.fill(many, (byte) ' ');
        file("regional-no-weekly-2024-01-04.csv.gz", gzip(many));
        file("declared.zip", zip(Map.of("regional-no-weekly-2024-01-11.csv", many)));
        file("lying.zip", understated(zip(Map.of("regional-no-weekly-2024-01-18.csv", many)), many.length));
        file("regional-no-weekly-2024-01-25.csv", chart(1));
        Ended ended = lake("lake").importing(folder.resolve("input")).with(1);
        assertThat(ended.err())
                .contains("2024-01-04.csv.gz: it unpacks to much more than charts and playlists do, so unpacking was"
                        + " stopped. Unpack it and import what it holds.")
                .contains("declared.zip: it says that it unpacks to 90 MB, much more than charts and playlists do.");
        assertThat(ended.err().lines().filter(line -> line.contains("lying.zip")))
                .hasSize(1);
        assertThat(lake("lake").keys("raw_data"))
                .containsExactly("raw_data/to_process/2024-01-25/spotify-charts/regional-no-weekly/000000Z.csv");
        assertThat(lake("lake").keys("_chartlake/tmp")).isEmpty();
    }

    /** A zip file that says that its file is small. */
    private static byte[] understated(byte[] zip, int size) {
        byte[] changed = zip.clone();
        for (int i = 0; i < zip.length - 4; i++) {
            int number =
                    zip[i] & 0xff | (zip[i + 1] & 0xff) << 8 | (zip[i + 2] & 0xff) << 16 | (zip[i + 3] & 0xff) << 24;
            if (number == size) {
                changed[i] = 1;
                changed[i + 1] = 0;
                changed[i + 2] = 0;
                changed[i + 3] = 0;
            }
        }
        return changed;
    }

    /** Larger than what is held in memory. */
    @Test
    void largeFilesAreUnpackedToo() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            rows.addAll(Answers.rows(Dialect.LEGACY, 0, 1500));
        }
        byte[] content = bytes(Answers.page(LIST, rows));
        assertThat(content.length).isGreaterThan(6 << 20);
        file("2024-01-04.json.gz", gzip(content));
        file("2024-01-05.zip", zip(Map.of("data.json", content)));
        assertThat(lake("lake").importing(folder.resolve("input")).with(0).out())
                .contains("12,000 entries");
        assertThat(lake("lake").contents("raw_data").values().stream()
                        .distinct()
                        .collect(Collectors.joining()))
                .startsWith(content.length + " bytes");
        assertThat(lake("lake").keys("_chartlake/tmp")).isEmpty();
    }
}
