package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.dashboard.DashboardServer.Options;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.LocalStore;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A snapshot that lacks entries says nothing of what it lacks. */
@ResourceLock(Resources.SYSTEM_OUT)
class IncompleteSnapshotTest {

    private static final String LIST = "4IncompleteTestList00A";

    @TempDir
    Path folder;

    /** A page of the songs with these letters, of a list of {@code total}. */
    private void page(String time, int total, String next, String songs) throws IOException {
        String rows = Stream.of(songs.split(" "))
                .map(song -> "{\"added_at\":null,\"track\":{\"id\":\"4IncompleteTestSong00" + song
                        + "\",\"uri\":\"spotify:track:4IncompleteTestSong00" + song + "\",\"name\":\"Song " + song
                        + "\",\"type\":\"track\",\"artists\":[]}}")
                .collect(Collectors.joining(","));
        Path file = folder.resolve("files").resolve(LIST).resolve(time + ".json");
        Files.createDirectories(file.getParent());
        Files.writeString(
                file,
                "{\"items\":[" + rows + "]," + (total < 0 ? "" : "\"total\":" + total + ",") + "\"next\":" + next
                        + "}");
    }

    private Lake lake() throws IOException {
        page("2024-01-01", 3, "null", "a b c");
        page("2024-01-02", 3, "null", "a");
        page("2024-01-03", 3, "null", "b a d");
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(folder.resolve("files")).with(0);
        lake.transform().with(0);
        return lake.sound();
    }

    @Test
    void itEndsNoRunAndTheNextCompleteOneDecides() throws Exception {
        Lake lake = lake();
        assertThat(lake.rows("SELECT snapshot_date, total, complete FROM playlists ORDER BY 1"))
                .containsExactly("2024-01-01|3|true", "2024-01-02|3|false", "2024-01-03|3|true");
        assertThat(lake.rows("SELECT day(snapshot_date), song_name, position, previous_position, status, streak"
                        + " FROM chart_history ORDER BY ALL"))
                .containsExactly(
                        "1|Song a|1|-|first|1",
                        "1|Song b|2|-|first|1",
                        "1|Song c|3|-|first|1",
                        "2|Song a|1|1|same|2",
                        "3|Song a|2|1|down|3",
                        "3|Song b|1|2|up|2",
                        "3|Song d|3|-|new|1");
        assertThat(lake.rows("SELECT snapshot_date, song_name, last_seen FROM chart_exits"))
                .containsExactly("2024-01-03|Song c|2024-01-01");
        assertThat(lake.rows("SELECT day(snapshot_date), entries, exits FROM chart_turnover ORDER BY 1"))
                .containsExactly("1|3|0", "2|1|0", "3|3|1");
    }

    @Test
    void theReportSaysThatItIsIncomplete() throws Exception {
        Lake lake = lake();
        Ended chart = lake.report("chart", "--date", "2024-01-02").with(0);
        assertThat(chart.out() + chart.err())
                .contains("2024-01-02 is incomplete")
                .contains("Song a");
        Ended whole = lake.report("chart", "--date", "2024-01-03").with(0);
        assertThat(whole.out() + whole.err()).doesNotContain("incomplete").contains("Song d");
        assertThat(lake.report("exits", "--since", "2024-01-01").with(0).out())
                .contains("Song c")
                .doesNotContain("Song b");
    }

    @Test
    void anotherSnapshotOfTheDayThatIsCompleteCountsInItsPlace() throws Exception {
        page("2024-01-01T060000Z", 2, "null", "a b");
        page("2024-01-01T120000Z", 2, "null", "a");
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(folder.resolve("files")).with(0);
        lake.transform().with(0);
        assertThat(lake.rows("SELECT song_name FROM chart_entries ORDER BY 1")).containsExactly("Song a", "Song b");
        assertThat(lake.report("chart").with(0).out()).contains("Song a").contains("Song b");
    }

    @Test
    void aPageThatNamesANextOneIsIncompleteAlsoWithoutATotal() throws Exception {
        page("2024-01-01", -1, "\"https://api.spotify.com/v1/playlists/" + LIST + "/tracks?offset=2\"", "a b");
        page("2024-01-02", -1, "null", "a b");
        Lake lake = new Lake(folder.resolve("lake"));
        lake.importing(folder.resolve("files")).with(0);
        lake.transform().with(0);
        assertThat(lake.rows("SELECT day(snapshot_date), complete FROM playlists ORDER BY 1"))
                .containsExactly("1|false", "2|true");
    }

    @Test
    void theDashboardSaysSoAndShowsNoExits() throws Exception {
        Lake lake = lake();
        try (DashboardServer server =
                DashboardServer.start(new LocalStore(lake.root()), QualityRules.DEFAULT, Options.loopback())) {
            JsonNode incomplete = chart(server, "2024-01-02");
            assertThat(incomplete.at("/snapshot").toString()).contains("false");
            assertThat(incomplete.at("/exits").toString()).doesNotContain("Song");
            JsonNode next = chart(server, "2024-01-03");
            assertThat(next.at("/exits").toString()).contains("Song c").doesNotContain("Song b");
        }
    }

    private static JsonNode chart(DashboardServer server, String date) throws Exception {
        URI uri = URI.create(server.url() + "api/chart?source=spotify-web-api&list=" + LIST + "&date=" + date);
        String body = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        return JsonMapper.builder().build().readTree(body);
    }
}
