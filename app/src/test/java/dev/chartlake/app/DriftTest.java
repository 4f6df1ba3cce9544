package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Manifest;
import dev.chartlake.quality.SourceFields;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.ChartFiles;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Fields that sources have anew or no more are noticed, reported, and lose nothing. */
class DriftTest {

    private static final String LIST = Answers.list("drift");

    @TempDir
    Path folder;

    private Lake lake() {
        return new Lake(folder.resolve("lake"));
    }

    private static void put(Lake lake, String path, String content) throws IOException {
        Path file = lake.at("raw_data/to_process/" + path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private static void put(Lake lake, int day, String answer) throws IOException {
        put(lake, "2026-11-" + day + "/spotify-web-api/" + LIST + "/103000Z.json", answer);
    }

    /** A playlist with songs, an episode, a local file and a null. */
    private static String answer(Dialect dialect) {
        List<String> rows = new ArrayList<>(Answers.rows(dialect, 0, 6));
        rows.add(Answers.row(dialect, Answers.episode("One", "The show")));
        rows.add(Answers.row(dialect, Answers.local("Take 1", "Us")));
        rows.add(Answers.row(dialect, "null"));
        return Answers.playlist(dialect, LIST, "Drift", Answers.page(LIST, rows));
    }

    private static List<String> seen(Lake lake, String day, String source) throws IOException {
        return lake.manifests().stream()
                .filter(manifest -> manifest.date().toString().equals(day))
                .flatMap(manifest -> manifest.fields().stream())
                .filter(fields -> fields.source().equals(source))
                .map(SourceFields::seen)
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"collaborative\":', playlist.mood",
        "'{\"href\":\"https://api.spotify.com/v1/playlists/', page.mood",
        "'{\"added_at\":', row.mood",
        "'{\"description\":\"About', episode.mood",
        "'{\"album\":{\"album_type\":\"album\"', track.mood",
        "'{\"album_type\":\"album\"', track.album.mood",
        "'{\"external_urls\":{\"spotify\":\"https://open.spotify.com/artist', track.artists.mood"
    })
    void aFieldThatNobodyKnowsIsNoticedOnEveryLevel(String start, String path) throws Exception {
        Lake lake = lake();
        String usual = answer(Dialect.TRANSITION);
        assertThat(usual).contains(start);
        put(lake, 17, usual);
        assertThat(lake.transform().with(0).err()).isEmpty();
        Map<String, String> rows = rows(lake, 17);
        put(lake, 18, usual.replace(start, "{\"mood\":[{\"id\":\"blue\"}]," + start.substring(1)));
        assertThat(lake.transform().with(0).err())
                .contains("Warning: fields_unchanged in spotify-web-api on 2026-11-18: unknown: " + path);
        lake.sound();
        assertThat(seen(lake, "2026-11-17", "spotify-web-api")).doesNotContain(path);
        assertThat(seen(lake, "2026-11-18", "spotify-web-api")).contains(path);
        assertThat(rows(lake, 18)).isEqualTo(rows);
        put(lake, 19, usual.replace(start, "{\"mood\":1," + start.substring(1)));
        assertThat(lake.transform().with(0).err()).isEmpty();
        assertThat(lake.report("quality", "--output", "csv").with(0).out())
                .containsOnlyOnce("warning,fields_unchanged,spotify-web-api,,1,unknown: " + path);
    }

    /** How many rows each table of a day has. */
    private static Map<String, String> rows(Lake lake, int day) throws IOException {
        return lake.manifests().stream()
                .filter(manifest -> manifest.date().getDayOfMonth() == day)
                .flatMap(manifest -> manifest.tables().stream())
                .collect(Collectors.toMap(Manifest.TablePart::table, part -> String.valueOf(part.rows())));
    }

    @ParameterizedTest
    @CsvSource({
        "'\"collaborative\":false,', playlist.collaborative",
        "'\"limit\":9,', page.limit",
        "'\"is_local\":false,\"primary_color\"', row.is_local",
        "'\"track_number\":3', track.track_number",
        "'\"total_tracks\":12', track.album.total_tracks",
        "'\"show\":', episode.show",
    })
    void aFieldThatIsGoneIsNoticed(String field, String path) throws Exception {
        Lake lake = lake();
        String usual = answer(Dialect.LEGACY);
        assertThat(usual).contains(field);
        String name = field.substring(0, field.indexOf(':'));
        put(lake, 17, usual);
        lake.transform().with(0);
        put(lake, 18, answer(Dialect.LEGACY).replace(name + ":", "\"preview_url\":"));
        // A row's is_local stands beside an item's own, so that only the first of each row goes.
        String err = lake.transform().with(0).err();
        assertThat(err).contains("fields_unchanged in spotify-web-api on 2026-11-18", path);
        lake.sound();
        put(lake, 19, answer(Dialect.LEGACY).replace(name + ":", "\"preview_url\":"));
        assertThat(lake.transform().with(0).err()).doesNotContain(path);
    }

    static List<Arguments> dialects() {
        return Depth.some(
                3,
                Stream.of(Dialect.values())
                        .flatMap(from -> Stream.of(Dialect.values()).map(to -> Arguments.of(from, to)))
                        .toList());
    }

    @ParameterizedTest
    @Thorough
    @MethodSource("dialects")
    void anotherDialectIsNoDrift(Dialect from, Dialect to) throws Exception {
        Lake lake = lake();
        put(lake, 17, answer(from));
        String reduced = answer(to)
                .replaceAll("\"popularity\":\\d+,", "")
                .replaceAll("\"(available_markets|external_ids|followers)\":(\\[[^]]*]|\\{[^}]*}),", "");
        put(lake, 18, reduced);
        assertThat(lake.transform().with(0).err()).isEmpty();
        lake.transform().with(0);
        put(lake, 19, reduced);
        assertThat(lake.transform().with(0).err()).isEmpty();
        assertThat(lake.report("quality", "--output", "csv").with(0).out())
                .contains(
                        "2026-11-18,info,fields_unchanged,spotify-web-api,,1,\"gone since 2026-11-18: track.popularity");
        assertThat(lake.report("quality", "--fail-on", "warning").with(0).err()).contains("0 warnings");
    }

    @Test
    void columnsOfChartsAreFields() throws Exception {
        Lake lake = lake();
        List<ChartFiles.Row> rows = List.of(ChartFiles.Row.of(1, Song.of(1)));
        String usual = ChartFiles.current(true, rows);
        String chart = "/spotify-charts/regional-no-daily/000000Z.csv";
        put(lake, "2026-11-15" + chart, ChartFiles.old(true, rows));
        put(lake, "2026-11-16" + chart, usual);
        put(lake, "2026-11-17" + chart, ChartFiles.viral(rows));
        assertThat(lake.transform().with(0).err()).isEmpty();
        assertThat(seen(lake, "2026-11-15", "spotify-charts"))
                .containsExactly(
                        "old_chart.artist",
                        "old_chart.position",
                        "old_chart.streams",
                        "old_chart.track name",
                        "old_chart.url");
        put(
                lake,
                "2026-11-18" + chart,
                usual.replace(",streams\r\n", ",streams,Streak\r\n").replace("\"\r\n", "\",4\r\n"));
        assertThat(lake.transform().with(0).err()).contains("spotify-charts on 2026-11-18: unknown: chart.streak");
        put(lake, "2026-11-19" + chart, usual.replace("peak_rank", "zenith"));
        assertThat(lake.transform().with(0).err())
                .contains("spotify-charts on 2026-11-19: unknown: chart.zenith; gone: chart.peak_rank");
        lake.sound();
    }

    @Test
    void driftCanKeepADayFromBeingCommitted() throws Exception {
        Lake lake = lake();
        put(lake, 17, answer(Dialect.LEGACY).replace("{\"added_at\"", "{\"mood\":1,\"added_at\""));
        String config = Files.writeString(folder.resolve("c.yaml"), "quality: {contracts: {fields_unchanged: fail}}")
                .toString();
        assertThat(lake.transform("--config", config).with(5).err()).contains("unknown: row.mood");
        lake.transform().with(0);
        lake.sound();
    }

    @Test
    void manyFieldsWithOddNamesAreBounded() throws Exception {
        String odd = IntStream.range(0, 3000)
                .mapToObj(i -> "\"\\u001b[2J\\u202e" + "x".repeat(i % 300) + i + "\":{},")
                .collect(Collectors.joining());
        Lake lake = lake();
        String hostile = answer(Dialect.LEGACY)
                .replace("{\"album_type\"", "{" + odd + "\"album_type\"")
                .replace("{\"added_at\"", "{" + odd + "\"added_at\"");
        put(lake, 17, hostile);
        put(lake, 18, answer(Dialect.LEGACY).replace("{\"added_at\"", "{\"mood\":1,\"added_at\""));
        Ended run = lake.transform().with(0);
        lake.sound();
        assertThat(run.err()).contains("unknown: ").doesNotContain("\u001b", "\u202e");
        assertThat(run.err().lines()).allMatch(line -> line.length() < 600);
        List<String> seen = seen(lake, "2026-11-17", "spotify-web-api");
        assertThat(seen).hasSizeLessThan(200).contains("row.*", "track.album.*", "row.added_at", "track.album.name");
        assertThat(seen).allMatch(path -> path.length() <= 90 && path.matches("[ -~]+"));
        assertThat(seen(lake, "2026-11-18", "spotify-web-api"))
                .contains("row.mood")
                .doesNotContain("row.*");
    }

    /** A worker reads many days and recognises songs by their bytes; what a manifest says is the same without the others. */
    @Test
    void whatADaySaysDoesNotDependOnTheDaysBefore() throws Exception {
        Lake together = lake();
        Lake alone = new Lake(folder.resolve("alone"));
        for (int day = 10; day < 20; day++) {
            String start = "{\"album\":{\"album_type\":\"album\"";
            String odd = IntStream.range(0, day == 13 ? 60 : 9)
                    .mapToObj(i -> "\"odd" + i + "\":1,")
                    .collect(Collectors.joining());
            String own = "\"only" + day + "\":1,";
            String answer = answer(Dialect.TRANSITION)
                    .replace(start, "{" + odd + (day % 2 == 0 ? own : "") + start.substring(1));
            put(together, day, answer);
            put(alone, day, answer);
            alone.transform().with(0);
        }
        together.transform().with(0);
        assertThat(together.data()).isEqualTo(alone.data());
        assertThat(seen(alone, "2026-11-15", "spotify-web-api"))
                .contains("track.odd8")
                .doesNotContain("track.only14");
        assertThat(seen(alone, "2026-11-14", "spotify-web-api")).contains("track.only14");
    }
}
