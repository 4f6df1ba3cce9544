package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.Song;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A song that goes on with another id is one song to reports and the page, unless they are told otherwise. */
class RecordingsByDefaultTest {

    private static final String LIST = Answers.list("norway");
    private static final Song FIRST = Song.of(1).named("Reissued").by("One");
    private static final Song SECOND = Song.of(102).named("Reissued").by("One");
    private static final Song OTHER = Song.of(3).named("Other").by("Two");

    @TempDir
    Path folder;

    private Lake lake = new Lake(Path.of(""));

    @BeforeEach
    void makeLake() throws IOException {
        lake = new Lake(folder.resolve("lake"));
        put(1, FIRST, OTHER);
        put(2, FIRST, OTHER);
        put(3, SECOND, OTHER);
        put(4, OTHER, SECOND);
        lake.transform().with(0);
    }

    private void put(int day, Song... songs) throws IOException {
        List<String> rows =
                Stream.of(songs).map(song -> Answers.row(Dialect.LEGACY, song)).toList();
        Path file = lake.at("raw_data/to_process/2026-11-0" + day + "/spotify-web-api/" + LIST + "/103000Z.json");
        Files.createDirectories(file.getParent());
        Files.writeString(file, Answers.playlist(Dialect.LEGACY, LIST, "Norway", Answers.page(LIST, rows)));
    }

    private List<String> csv(String name, String... options) {
        String[] all =
                Stream.concat(Stream.of(options), Stream.of("--output", "csv")).toArray(String[]::new);
        return lake.report(name, all).with(0).out().lines().skip(1).toList();
    }

    @Test
    void recordsAreThoseOfRecordings() {
        assertThat(csv("records")).anyMatch(row -> row.contains("longest run at number one,1,3,2026-11-03,"));
        assertThat(csv("records", "--by", "song"))
                .anyMatch(row -> row.contains("longest run at number one,1,2,2026-11-02,"));
        assertThat(lake.report("records").with(0).err())
                .contains(
                        "One recording has several song ids and counts once: 'Reissued' has 2. --by song counts each id.");
        assertThat(lake.report("records", "--by", "song").with(0).err()).doesNotContain("ids");
    }

    @Test
    void otherReportsSeeNoDebutAndNoExit() {
        assertThat(csv("debuts")).isEmpty();
        assertThat(csv("exits")).isEmpty();
        assertThat(csv("debuts", "--by", "song")).singleElement().asString().contains(SECOND.id());
        assertThat(csv("exits", "--by", "song")).singleElement().asString().contains(FIRST.id());
        assertThat(csv("song", "Reissued")).singleElement().asString().contains(",2026-11-01,2026-11-04,4,1,1,");
        assertThat(csv("song", FIRST.id())).isEqualTo(csv("song", SECOND.id()));
        assertThat(csv("compare", "--date", "2026-11-01", "--with-date", "2026-11-04"))
                .hasSize(2);
        for (List<String> report : List.of(
                List.of("chart"),
                List.of("movers", "--since", "2026-11-01"),
                List.of("debuts"),
                List.of("exits"),
                List.of("artists"),
                List.of("albums"),
                List.of("song", "Reissued"),
                List.of("compare", "--date", "2026-11-01", "--with-date", "2026-11-04"))) {
            String[] options = report.subList(1, report.size()).toArray(String[]::new);
            assertThat(lake.report(report.get(0), options).with(0).err())
                    .as(report.get(0))
                    .contains("'Reissued' has 2");
        }
        assertThat(lake.report("overlap").with(0).err()).doesNotContain("Reissued");
    }

    @Test
    void soDoesThePage() throws IOException, InterruptedException {
        try (DashboardServer server =
                DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback())) {
            String list = "source=spotify-web-api&list=" + LIST;
            String columns = "position, change, status, periods, streak, song_id";
            for (String form : List.of("", "_by_recording")) {
                String by = form.isEmpty() ? "&by=song" : "";
                assertThat(rows(server, "chart?" + list + "&date=2026-11-04" + by, "chart", columns))
                        .isEqualTo(lake.rows("SELECT " + columns + " FROM chart_history" + form
                                + " WHERE snapshot_date = '2026-11-04' ORDER BY position"))
                        .hasSize(2);
                String turnover = "snapshot_date, entries, new, re_entries, up, down, same, exits";
                String span = "span?" + list + "&since=2026-01-01&until=2027-01-01&top=9" + by;
                assertThat(rows(server, span, "turnover", turnover))
                        .isEqualTo(lake.rows("SELECT " + turnover + " FROM chart_turnover" + form + " ORDER BY 1"));
            }
            assertThat(rows(server, "chart?" + list + "&date=2026-11-04", "chart", "song_ids"))
                    .containsExactly("1", "2");
            for (Song song : List.of(FIRST, SECOND)) {
                String view = "song?" + list + "&song=" + song.id();
                assertThat(rows(server, view, "song_runs", "position")).containsExactly("1", "1", "1", "2");
                assertThat(rows(server, view, "song_ids", "song_id")).containsExactly(FIRST.id(), SECOND.id());
                assertThat(rows(server, view, "song_lists", "peak, periods")).containsExactly("1|4");
                assertThat(rows(server, view + "&by=song", "song_runs", "periods"))
                        .containsExactly("1", "2");
                assertThat(rows(server, view + "&by=song", "song_lists", "periods"))
                        .containsExactly("2");
            }
        }
    }

    private static List<String> rows(DashboardServer server, String view, String table, String columns)
            throws IOException, InterruptedException {
        return PageRows.of(server.url() + "api/" + view, table, columns);
    }
}
