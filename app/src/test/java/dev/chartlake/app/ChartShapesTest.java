package dev.chartlake.app;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Chart files as people have them: saved by other programs, put together, with songs that share a position. */
class ChartShapesTest {

    private static final String NAME = "regional-no-weekly-2024-01-04.csv";
    private static final String ENTRIES =
            "SELECT position, song_id, song_name, artist_names, streams, reported_peak, reported_previous,"
                    + " reported_periods FROM playlist_entries ORDER BY ALL";
    private static final String CHARTS = "SELECT playlist_id, snapshot_date, count(*), min(position), max(position)"
            + " FROM playlist_entries GROUP BY ALL ORDER BY ALL";

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void newLake() {
        lake = new Lake(folder.resolve("lake"));
    }

    private Path file(String name, byte[] content) throws IOException {
        Path file = folder.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content.getBytes(UTF_8));
    }

    private static String id(int number) {
        return Song.of(number).id();
    }

    private static List<ChartFiles.Row> rows() {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(rank -> new ChartFiles.Row(
                        rank,
                        Song.of(rank).named("Måneskinn, \"" + rank + "\" 🎵"),
                        1,
                        rank % 2 == 0 ? -1 : rank,
                        rank,
                        1_234_567L * rank))
                .toList();
    }

    private List<String> read(Lake into, Path file) throws IOException {
        into.importing(file).with(0);
        into.transform().with(0);
        return into.sound().rows(ENTRIES);
    }

    /** Each file says the same as the chart site's own. */
    @Test
    void otherProgramsSaveTheSameChart() throws IOException {
        String plain = ChartFiles.current(false, rows());
        List<String> expected = read(lake, file(NAME, plain));
        assertThat(expected).hasSize(6);
        int number = 0;
        for (Map.Entry<String, byte[]> shape : shapes(plain).entrySet()) {
            Lake other = new Lake(folder.resolve("lake" + number));
            assertThat(read(other, file(number++ + "/" + NAME, shape.getValue())))
                    .as(shape.getKey())
                    .isEqualTo(expected);
        }
    }

    private static Map<String, byte[]> shapes(String plain) {
        String bare = plain.replace("\ufeff", "");
        Map<String, byte[]> shapes = new LinkedHashMap<>();
        shapes.put("no mark", bare.getBytes(UTF_8));
        shapes.put("LF", plain.replace("\r\n", "\n").getBytes(UTF_8));
        shapes.put("CR", plain.replace("\r\n", "\r").getBytes(UTF_8));
        shapes.put("no end of the last line", plain.strip().getBytes(UTF_8));
        shapes.put("UTF-16 with a mark", bare.getBytes(UTF_16));
        shapes.put("UTF-16LE", plain.getBytes(UTF_16LE));
        shapes.put("UTF-16BE without a mark", bare.getBytes(UTF_16BE));
        shapes.put("empty columns", bare.replace("\r\n", ",,\r\n").getBytes(UTF_8));
        shapes.put("empty rows", (bare + ",,,,,,,,\r\n\r\n  \r\n").getBytes(UTF_8));
        shapes.put("capital letters", bare.replaceFirst("rank,uri", "Rank,URI").getBytes(UTF_8));
        shapes.put("quoted header", quotedHeader(bare).getBytes(UTF_8));
        for (String separator : List.of(";", "\t", "|")) {
            shapes.put(
                    "separator " + separator,
                    separated(rows(), separator, String::valueOf).getBytes(UTF_8));
        }
        shapes.put("unicode text", ("\ufeff" + separated(rows(), "\t", String::valueOf)).getBytes(UTF_16LE));
        shapes.put("floats", separated(rows(), ",", number -> number + ".0").getBytes(UTF_8));
        shapes.put(
                "thousands",
                separated(rows(), ",", number -> grouped(number, ",")).getBytes(UTF_8));
        shapes.put(
                "blanks", separated(rows(), ",", number -> grouped(number, " ")).getBytes(UTF_8));
        shapes.put(
                "narrow blanks",
                separated(rows(), ",", number -> grouped(number, "\u202f")).getBytes(UTF_8));
        shapes.put(
                "points", separated(rows(), ";", number -> grouped(number, ".")).getBytes(UTF_8));
        return shapes;
    }

    private static String quotedHeader(String plain) {
        String header = plain.lines().findFirst().orElseThrow();
        return plain.replace(header, "\"" + header.replace(",", "\",\"") + "\"");
    }

    private static String grouped(long number, String separator) {
        return number < 1000
                ? String.valueOf(number)
                : String.format(java.util.Locale.ROOT, "%,d", number).replace(",", separator);
    }

    /** Columns in another order, with the number of the row before them, links for uris and no label. */
    private static String separated(
            List<ChartFiles.Row> rows, String separator, java.util.function.LongFunction<String> number) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                separator,
                "Unnamed: 0",
                "streams",
                "track_name",
                "artist_names",
                "uri",
                "weeks_on_chart",
                "previous_rank",
                "peak_rank",
                "rank"));
        for (ChartFiles.Row row : rows) {
            lines.add(String.join(
                    separator,
                    String.valueOf(row.rank() - 1),
                    "\"" + number.apply(row.streams()) + "\"",
                    "\"" + row.song().name().replace("\"", "\"\"") + "\"",
                    "\"" + row.song().artistNames() + "\"",
                    "https://open.spotify.com/intl-no/track/" + row.song().id() + "?si=abc",
                    number.apply(row.periods()),
                    number.apply(row.previous()),
                    number.apply(row.peak()),
                    number.apply(row.rank())));
        }
        return String.join("\n", lines) + "\n";
    }

    @Test
    void numbersWithTwoMeaningsAreNull() throws IOException {
        String header = "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n";
        List<String> odd = List.of("1.234", "1.5", "many", "1.23E+06", "99999999999999999999", "12,34");
        StringBuilder text = new StringBuilder(header);
        for (int i = 0; i < odd.size(); i++) {
            text.append(i + 1)
                    .append(",spotify:track:")
                    .append(id(i))
                    .append(",A,B,L,1,1,1,\"")
                    .append(odd.get(i))
                    .append("\"\n");
        }
        lake.importing(file(NAME, text.toString())).with(0);
        lake.transform().with(0);
        assertThat(lake.sound().rows("SELECT count(*), count(streams), count(reported_peak) FROM playlist_entries"))
                .containsExactly("6|0|6");
    }

    @Test
    void whatIsNoChartOfSongsIsSetAside() throws IOException {
        String album = "rank,uri,artist_names,album_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                + "1,spotify:album:" + id(1) + ",A,B,L,1,1,1,5\n";
        String artist =
                "rank,uri,artist_name,peak_rank,previous_rank,weeks_on_chart\n1,spotify:artist:" + id(1) + ",A,1,1,1\n";
        assertThat(lake.importing(file("a/" + NAME, album)).with(1).err()).contains("a chart of albums");
        assertThat(lake.importing(file("b/" + NAME, artist)).with(1).err()).contains("a chart of artists");
        String rank = separated(rows(), ";", String::valueOf).replace(";4\n", ";four\n");
        assertThat(lake.importing(file("c/" + NAME, rank)).with(1).err())
                .contains("line 5, rank: a position from 1 is expected, found 'four'", "byte");
    }

    @Test
    void songsThatShareAPositionAreAllKept() throws IOException {
        String row = ",A,B,L,1,-1,1,999\n";
        String text = "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                + "1,spotify:track:" + id(2) + row + "1,spotify:track:" + id(1) + row + "3,spotify:track:" + id(3) + row
                + "3,spotify:track:" + id(3) + row;
        lake.importing(file(NAME, text)).with(0);
        assertThat(lake.transform().with(0).err()).contains("positions_once").doesNotContain("positions_contiguous");
        assertThat(lake.sound().rows("SELECT position, song_id FROM playlist_entries ORDER BY ALL"))
                .containsExactlyInAnyOrder("1|" + id(1), "1|" + id(2), "3|" + id(3));
        assertThat(lake.sound().rows("SELECT position, song_id FROM chart_history ORDER BY ALL"))
                .hasSize(3);
        assertThat(lake.report("chart", "--by", "song", "--output", "csv")
                        .with(0)
                        .out()
                        .lines())
                .hasSize(4);
    }

    @Test
    void theLabelIsKept() throws IOException {
        String usual = "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                + "1,spotify:track:" + id(1) + ",A,B,\"Say \"\"Yes\"\", Inc.\",1,-1,1,9\n"
                + "2,spotify:track:" + id(2) + ",A,C,,1,-1,1,8\n";
        String moved = "source,rank,uri,artist_names,track_name\nBought,1,spotify:track:" + id(1) + ",A,B\n"
                + "Sold,2,spotify:track:" + id(2) + ",A,C\n";
        lake.importing(file(NAME, usual)).with(0);
        lake.importing(file("regional-no-weekly-2024-01-11.csv", moved)).with(0);
        lake.transform().with(0);
        assertThat(lake.sound().rows("SELECT snapshot_date, position, label FROM playlist_entries ORDER BY ALL"))
                .containsExactly(
                        "2024-01-04|1|Say \"Yes\", Inc.", "2024-01-04|2|-", "2024-01-11|1|Bought", "2024-01-11|2|Sold");
    }

    private static String combined(List<String> markets, List<String> days) {
        StringBuilder text = new StringBuilder(
                "date,country,rank,uri,artist_names,track_name,source,peak_rank,previous_rank,days_on_chart,streams\n");
        for (int rank = 1; rank <= 3; rank++) {
            for (String market : markets) {
                for (String day : days) {
                    text.append(String.join(
                                    ",",
                                    day,
                                    market,
                                    "" + rank,
                                    "spotify:track:" + id(rank),
                                    "A",
                                    "B",
                                    "L",
                                    "1",
                                    "-1",
                                    "1",
                                    "9"))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }

    @Test
    void aCombinedFileIsSplitByMarketAndDay() throws IOException {
        String text = combined(List.of("no", "us"), List.of("2024-01-01", "2024-01-02"));
        assertThat(lake.importing(file("regional-no-daily-2024-01-01.csv", text))
                        .with(0)
                        .out())
                .contains("Imported 4 raw objects: 12 entries");
        assertThat(lake.transform().with(0).err()).doesNotContain("positions_once");
        assertThat(lake.sound().rows(CHARTS))
                .containsExactly(
                        "regional-no-daily|2024-01-01|3|1|3",
                        "regional-no-daily|2024-01-02|3|1|3",
                        "regional-us-daily|2024-01-01|3|1|3",
                        "regional-us-daily|2024-01-02|3|1|3");
        String first = lake.root()
                .resolve("raw_data/processed/2024-01-01/spotify-charts/regional-no-daily/000000Z.csv")
                .toString();
        assertThat(Files.readString(Path.of(first)).lines().toList())
                .containsExactlyElementsOf(text.lines()
                        .filter(line -> line.startsWith("date") || line.startsWith("2024-01-01,no,"))
                        .toList());
        assertThat(lake.importing(folder.resolve("in")).with(0).out()).contains("Already there: 4");
    }

    /** The data sets that people pass around. */
    @Test
    void dataSetsOfManyChartsAreSplit() throws IOException {
        StringBuilder kaggle = new StringBuilder("title,rank,date,artist,url,region,chart,trend,streams\n");
        StringBuilder ranking = new StringBuilder("Position,Track Name,Artist,Streams,URL,Date,Region\n");
        for (int day = 1; day <= 40; day++) {
            for (String market : List.of("Argentina", "Global", "Czech Republic", "South Korea")) {
                for (int rank = 1; rank <= 2; rank++) {
                    String date =
                            java.time.LocalDate.of(2017, 1, 1).plusDays(day).toString();
                    String url = "https://open.spotify.com/track/" + id(rank + day);
                    kaggle.append(String.join(
                            ",", "\"T\"\"\"", "" + rank, date, "A", url, market, "top200", "SAME", "5.0\n"));
                    kaggle.append(String.join(",", "T", "" + rank, date, "A", url, market, "viral50", "SAME", "\n"));
                    ranking.append(String.join(
                                    ",",
                                    "" + rank,
                                    "T",
                                    "A",
                                    "5",
                                    url,
                                    date,
                                    market.equals("Global") ? "global" : "ec"))
                            .append('\n');
                }
            }
        }
        lake.importing(file("charts.csv", kaggle.toString())).with(0);
        lake.transform().with(0);
        assertThat(lake.sound()
                        .rows("SELECT playlist_id, count(*), count(DISTINCT snapshot_date), count(streams)"
                                + " FROM playlist_entries GROUP BY ALL ORDER BY ALL"))
                .containsExactly(
                        "regional-ar-daily|80|40|80",
                        "regional-cz-daily|80|40|80",
                        "regional-global-daily|80|40|80",
                        "regional-kr-daily|80|40|80",
                        "viral-ar-daily|80|40|0",
                        "viral-cz-daily|80|40|0",
                        "viral-global-daily|80|40|0",
                        "viral-kr-daily|80|40|0");
        Lake other = new Lake(folder.resolve("other"));
        other.importing(file("data.csv", ranking.toString())).with(0);
        other.transform().with(0);
        assertThat(
                        other.sound()
                                .rows(
                                        "SELECT playlist_id, count(DISTINCT snapshot_date) FROM playlist_entries GROUP BY ALL ORDER BY 1"))
                .containsExactly("regional-ec-daily|40", "regional-global-daily|40");
    }

    @Test
    void aFileOfOneMarketIsSplitByDay() throws IOException {
        String text = combined(List.of("no"), List.of("2024-01-01", "2024-01-02"))
                .replace(",country", "")
                .replace(",no,", ",");
        lake.importing(file("regional-no-daily-2024-01-01.csv", text)).with(0);
        lake.transform().with(0);
        assertThat(lake.sound().rows(CHARTS))
                .containsExactly("regional-no-daily|2024-01-01|3|1|3", "regional-no-daily|2024-01-02|3|1|3");
    }

    @Test
    void aFileOfOneDayIsSplitByMarket() throws IOException {
        String text = combined(List.of("no", "us"), List.of("2024-01-01"))
                .replace("date,", "")
                .replace("2024-01-01,", "");
        lake.importing(file("charts-2024-01-01.csv", text)).with(0);
        lake.transform().with(0);
        assertThat(lake.sound().rows(CHARTS))
                .containsExactly("regional-no-daily|2024-01-01|3|1|3", "regional-us-daily|2024-01-01|3|1|3");
    }

    /** As one chart, most of its rows would be lost: files that older versions have archived are such. */
    @Test
    void aCombinedFileUnderTheKeyOfOneChartIsSetAside() throws IOException {
        Path raw = lake.root().resolve("raw_data/to_process/2024-01-01/spotify-charts/regional-no-daily/000000Z.csv");
        Files.createDirectories(raw.getParent());
        Files.writeString(raw, combined(List.of("no", "us"), List.of("2024-01-01")));
        assertThat(lake.transform().with(1).err()).contains("charts of several markets or days", "import splits it");
    }
}
