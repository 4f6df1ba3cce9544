package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.report.Report;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Every report, from the command line to stdout, on a lake small enough to know the answers. */
class ReportRunTest {

    private static final String A = Answers.list("hits");
    private static final String B = Answers.list("twin b");
    private static final String C = Answers.list("twin c");
    private static final String HITS = "Top “Hits”, 1 – 🎵";
    private static final String CHART = "regional-no-daily";

    private static final Song ONE = Song.of(1).named("One, \"quoted\"").by("Æon", "O'Neil");
    private static final Song TWO = Song.of(2).named("שיר 🎧").by("להקת");
    private static final Song THREE = Song.of(3).named("Three").by("Æon");
    private static final Song FOUR = Song.of(4).named("Four'); DROP").by("Vier");

    @TempDir
    static Path folder;

    private static Lake lake;

    @BeforeAll
    static void makeLake() throws IOException {
        lake = new Lake(folder.resolve("lake"));
        put(A, "2026-11-01", HITS, ONE, TWO, THREE);
        put(A, "2026-11-02", HITS, TWO, ONE, FOUR);
        put(A, "2026-11-04", HITS, TWO, FOUR, THREE);
        put(B, "2026-11-04", "Twin", FOUR, TWO);
        put(C, "2026-11-04", "twin", ONE);
        String header = "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,days_on_chart,streams\n";
        chart("2026-11-01", header + row(1, ONE, 1, -1, 1, 500) + row(2, TWO, 1, -1, 9, 400));
        chart("2026-11-02", header + row(1, TWO, 2, 2, 10, 600) + row(2, ONE, 1, 7, 2, 300));
        lake.transform().with(0);
    }

    private static void put(String list, String day, String name, Song... songs) throws IOException {
        List<String> rows =
                Stream.of(songs).map(song -> Answers.row(Dialect.LEGACY, song)).toList();
        Path file = lake.at("raw_data/to_process/" + day + "/spotify-web-api/" + list + "/103000Z.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, Answers.playlist(Dialect.LEGACY, list, name, Answers.page(list, rows)));
    }

    private static void chart(String day, String csv) throws IOException {
        Path file = Files.writeString(folder.resolve(CHART + "-" + day + ".csv"), csv);
        lake.importing(file).with(0);
    }

    private static String row(int rank, Song song, int peak, int previous, int days, int streams) {
        return "%d,spotify:track:%s,%s,\"%s\",Label,%d,%d,%d,%d\n"
                .formatted(
                        rank,
                        song.id(),
                        "\"" + String.join(", ", song.artists()) + "\"",
                        song.name().replace("\"", "\"\""),
                        peak,
                        previous,
                        days,
                        streams);
    }

    private static Ended report(String name, String... options) {
        return lake.report(name, options);
    }

    private static String table(String name, String... options) {
        return report(name, options).with(0).out();
    }

    private static List<String> csv(String name, String... options) {
        String[] all =
                Stream.concat(Stream.of(options), Stream.of("--output", "csv")).toArray(String[]::new);
        return report(name, all).with(0).out().lines().skip(1).toList();
    }

    @Test
    void chart() {
        assertThat(table("chart", "--list", A)).isEqualTo("""
                Top “Hits”, 1 – 🎵, 2026-11-04

                #  move  last  peak  peak_date   periods  streak  song          artists
                -  ----  ----  ----  ----------  -------  ------  ------------  -------
                1  =        1     1  2026-11-02        3       3  שיר 🎧        להקת
                2  ▲1       3     2  2026-11-04        2       2  Four'); DROP  Vier
                3  RE             3  2026-11-01        2       1  Three         Æon
                """);
        assertThat(csv("chart", "--list", A, "--date", "2026-11-02", "--by", "song"))
                .containsExactly(
                        "2026-11-02,spotify-web-api," + A + ",\"" + HITS + "\",1,2,1,up,1,2026-11-02,2,2,2026-11-01,"
                                + TWO.id() + ",שיר 🎧,להקת,,",
                        "2026-11-02,spotify-web-api," + A + ",\"" + HITS + "\",2,1,-1,down,1,2026-11-01,2,2,2026-11-01,"
                                + ONE.id() + ",\"One, \"\"quoted\"\"\",\"Æon, O'Neil\",,",
                        "2026-11-02,spotify-web-api," + A + ",\"" + HITS + "\",3,,,new,3,2026-11-02,1,1,2026-11-02,"
                                + FOUR.id() + ",Four'); DROP,Vier,,");
        assertThat(csv("chart", "--list", CHART)).hasSize(2).anyMatch(row -> row.contains(",600,"));
        assertThat(table("chart", "--list", CHART)).contains("streams");
    }

    @Test
    void chartIsWhatTheViewSays() {
        String sql =
                "SELECT snapshot_date, source, playlist_id, playlist_name, position, previous_position, change, status,"
                        + " peak, peak_date, periods, streak, first_seen, recording_id, song_id, song_name, artist_names, streams,"
                        + " NULL AS reported FROM chart_history_by_recording WHERE playlist_id = '" + A
                        + "' AND snapshot_date = '2026-11-04' ORDER BY position";
        String view = lake.run("query", "--output", "csv", sql).with(0).out();
        assertThat(report("chart", "--list", A, "--output", "csv").with(0).out())
                .isEqualTo(view);
    }

    @Test
    void theDayBeforeWhereThereIsNoSnapshot() {
        Ended ended = report("chart", "--list", A, "--date", "2026-11-03").with(0);
        assertThat(ended.out()).startsWith(HITS + ", 2026-11-02\n");
        assertThat(ended.err())
                .contains("There is no snapshot of " + HITS + " on 2026-11-03; this is the one of 2026-11-02.");
        assertThat(report("chart", "--list", A, "--date", "2026-10-31").with(2).err())
                .contains("no snapshot of " + HITS + " on 2026-10-31 or before", "2026-11-01", "2026-11-04");
    }

    @Test
    void movers() {
        assertThat(table("movers", "--list", A))
                .startsWith("Movers of " + HITS + ", 2026-11-02 to 2026-11-04\n")
                .contains("\n▲1    2     3  Four'); DROP  Vier\n");
        assertThat(csv("movers", "--list", A, "--until", "2026-11-02"))
                .hasSize(2)
                .first()
                .asString()
                .contains(",1,2,1," + TWO.id());
        assertThat(csv("movers", "--list", A, "--since", "2026-11-01"))
                .singleElement()
                .asString()
                .contains(",1,2,1," + TWO.id());
        assertThat(report("movers", "--list", B).with(2).err()).contains("no snapshot before 2026-11-04");
    }

    @Test
    void debutsAndExits() {
        assertThat(csv("debuts", "--list", A))
                .extracting(row -> row.replaceAll("^(\\S+?),.*,(new|re-entry),(\\d).*", "$1 $2 $3"))
                .containsExactly("2026-11-04 re-entry 3", "2026-11-02 new 3");
        assertThat(csv("debuts", "--list", A, "--since", "2026-11-04")).hasSize(1);
        assertThat(csv("exits", "--list", A))
                .hasSize(2)
                .allMatch(row -> row.contains(ONE.id()) || row.contains(THREE.id()))
                .first()
                .asString()
                .startsWith("2026-11-04,")
                .contains("🎵\",2,2026-11-02,1,2026-11-01,2,2,2026-11-01," + ONE.id());
        Ended none = report("exits", "--list", B, "--output", "json").with(0);
        assertThat(none.out().strip()).isEqualTo("[]");
        assertThat(none.err()).contains("No song left Twin, 2026-10-29 to 2026-11-04. Try an earlier --since.");
    }

    @Test
    void artistsAndAlbumsAreWhatTheViewsSay() {
        assertThat(csv("artists", "--list", A)).first().asString().contains(",Æon,2,3,4,");
        String artists = "SELECT artist_id, artist_name, songs, periods, appearances, share_of_chart, peak, peak_date,"
                + " periods_at_number_one, streams, NULL AS reported FROM artist_stats WHERE playlist_id = '" + A
                + "' ORDER BY appearances DESC, peak, artist_name, artist_id";
        List<String> view = lake.run("query", "--output", "csv", artists)
                .with(0)
                .out()
                .lines()
                .skip(1)
                .toList();
        assertThat(csv("artists", "--list", A))
                .map(row -> row.substring(row.indexOf("🎵\",") + 4))
                .isEqualTo(view);
        String albums = "SELECT album_id, songs, periods, appearances, share_of_chart, peak FROM album_stats"
                + " WHERE playlist_id = '" + A + "' ORDER BY appearances DESC, peak, album_name, album_id";
        List<String> all = lake.run("query", "--output", "csv", albums)
                .with(0)
                .out()
                .lines()
                .skip(1)
                .toList();
        assertThat(csv("albums", "--list", A)).hasSameSizeAs(all);
        assertThat(table("albums", "--list", A, "--since", "2026-11-04")).contains("66.7 %");
        assertThat(report("artists", "--list", CHART, "--until", "2026-11-01")
                        .with(0)
                        .err())
                .doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {"One, \"quoted\"", "ONE, \"QUO", "id", "uri", "link"})
    void song(String text) {
        String name = switch (text) {
            case "id" -> ONE.id();
            case "uri" -> "spotify:track:" + ONE.id();
            case "link" -> "https://open.spotify.com/track/" + ONE.id() + "?si=x";
            default -> text;
        };
        assertThat(table("song", name))
                .startsWith("One, \"quoted\" – Æon, O'Neil\n")
                .contains(HITS, "twin", "Daily Top Songs - Norway");
        assertThat(csv("song", name, "--list", A))
                .singleElement()
                .asString()
                .contains(",,2026-11-01,2026-11-02,2,1,1,2026-11-01,1,2,");
        assertThat(csv("song", name, "--by", "song")).hasSize(3);
    }

    @Test
    void songsThatCannotBeTold() {
        assertThat(report("song", "R").with(2).err())
                .contains("songs are called 'R'", "Three – Æon (" + THREE.id() + ")");
        assertThat(report("song", "nothing ' like; it").with(2).err()).contains("No list ever had a song called");
        assertThat(report("song", "Three", "--list", B).with(0).err()).contains("was never on this list");
    }

    @Test
    void compare() {
        assertThat(table("compare", "--list", A, "--with", B))
                .contains("""
                a  b  difference""", "\n1  2           1  שיר 🎧", "\n2  1          -1  Four");
        assertThat(csv("compare", "--list", A, "--with-date", "2026-11-01")).hasSize(4);
        assertThat(report("compare", "--list", A).with(2).err()).contains("--with LIST, --with-date DATE");
    }

    @Test
    void overlap() {
        assertThat(csv("overlap", "--date", "2026-11-04"))
                .hasSize(3)
                .first()
                .asString()
                .contains(",2,3,2,0.6666666666666666");
        assertThat(csv("overlap", "--list", C)).hasSize(2);
        assertThat(table("overlap", "--list", C)).startsWith("Overlap with twin, 2026-11-04\n");
    }

    @Test
    void records() {
        String all = table("records", "--list", A, "--limit", "1");
        assertThat(all)
                .contains(
                        "longest run                     3  2026-11-04  שיר",
                        "most re-entries                 1  2026-11-04  Three")
                .contains(
                        "highest debut                   3  2026-11-02  Four",
                        "longest run at number one       2  2026-11-04  שיר");
        assertThat(csv("records", "--list", A)).anyMatch(row -> row.contains("biggest climb,2,1,"));
    }

    @Test
    void disagreements() {
        assertThat(csv("disagreements"))
                .hasSize(2)
                .anyMatch(row -> row.contains(",1,peak,1,2,2,2,2,10,"))
                .anyMatch(row -> row.contains(",2,previous,1,1,1,7,2,2,"));
        assertThat(report("disagreements", "--list", A).with(0).err()).contains("Nothing disagrees");
    }

    @ParameterizedTest
    @Thorough
    @EnumSource(Report.class)
    void everyReportPrintsJsonAndCsvAndGoesBySongId(Report report) {
        List<String> options = switch (report) {
            case SONG_RUN -> List.of("Three");
            case COMPARE -> List.of("--list", A, "--with", B);
            case DISAGREEMENTS -> List.of();
            default -> List.of("--list", A);
        };
        String[] json =
                Stream.concat(options.stream(), Stream.of("--output", "json")).toArray(String[]::new);
        List<String> rows = csv(report.text(), options.toArray(String[]::new));
        assertThat(JsonMapper.shared()
                        .readTree(report(report.text(), json).with(0).out()))
                .hasSameSizeAs(rows)
                .isNotEmpty();
        if (report != Report.DISAGREEMENTS) {
            String[] by =
                    Stream.concat(options.stream(), Stream.of("--by", "song")).toArray(String[]::new);
            if (Depth.isThorough()) {
                assertThat(csv(report.text(), by)).hasSameSizeAs(rows);
            }
            assertThat(table(report.text(), by).lines().findFirst().orElse("")).endsWith(", by song id");
        }
    }

    @Test
    @Thorough
    void listsAreCalledByNameIdLinkOrAlias() {
        for (String name : Depth.some(
                3,
                List.of(
                        "top “hits”, 1 -  🎵",
                        "https://open.spotify.com/playlist/" + A + "?si=1",
                        A,
                        HITS,
                        "spotify:playlist:" + A))) {
            assertThat(table("chart", "--list", name)).startsWith(HITS + ", ");
        }
        assertThat(table("chart", "--list", "Regional-NO-daily")).startsWith("Daily Top Songs - Norway, 2026-11-02");
        assertThat(report("chart", "--list", "TWIN").with(2).err())
                .contains("2 lists are called 'TWIN'", "spotify-web-api/" + B, "spotify-web-api/" + C);
        assertThat(table("chart", "--list", "spotify-web-api/" + C)).startsWith("twin, ");
        assertThat(report("chart", "--list", "Top Hitz' OR 1=1 --").with(2).err())
                .contains("No list is called 'Top Hitz' OR 1=1 --'. There are " + HITS);
        assertThat(report("chart").with(2).err()).contains("Say which list with --list", HITS, CHART);
    }

    @Test
    void whatIsWrongIsSaid() throws Exception {
        assertThat(report("chart", "--list", A, "--date", "yesterday").with(2).err())
                .contains("Not a date for date: 'yesterday'");
        assertThat(report("chart", "--list", A, "--limit", "0").with(2).err()).contains("Give 1 or more");
        assertThat(report("chart", "--list", A, "--by", "isrc").with(2).err()).contains("There are: song, recording");
        assertThat(report("debuts", "--list", A, "--since", "2026-11-05")
                        .with(2)
                        .err())
                .contains("ends before it begins");
        Lake empty = new Lake(Files.createDirectory(folder.resolve("empty")));
        for (Report report : Report.values()) {
            String[] arguments =
                    report == Report.SONG_RUN ? new String[] {"x"} : new String[] {"--with-date", "2026-11-01"};
            if (report != Report.SONG_RUN && report != Report.COMPARE) {
                arguments = new String[0];
            }
            assertThat(empty.report(report.text(), arguments).with(2).err())
                    .containsAnyOf(
                            "There is no list in this lake yet. Run extract or import", "No list ever had a song");
        }
    }

    @Test
    void theOnlyListNeedsNoName() throws IOException {
        Lake one = new Lake(folder.resolve("one"));
        Path file = Files.writeString(
                folder.resolve("regional-se-daily-2026-11-01.csv"),
                "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,days_on_chart,streams\n"
                        + row(1, ONE, 1, -1, 1, 500));
        one.importing(file).with(0);
        one.transform().with(0);
        assertThat(one.report("chart").with(0).out()).startsWith("Daily Top Songs - Sweden, 2026-11-01\n\n#  move");
        assertThat(one.report("artists").with(0).err()).contains("No song with a known artist");
    }
}
