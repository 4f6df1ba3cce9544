package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.outcome.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The datasets that Terraform makes in QuickSight have the columns of the views. */
@ResourceLock(Resources.SYSTEM_OUT)
class DatasetsTest {

    private static final Map<String, String> TYPES = Map.of(
            "VARCHAR", "STRING",
            "INTEGER", "INTEGER",
            "BIGINT", "INTEGER",
            "DOUBLE", "DECIMAL",
            "BOOLEAN", "BOOLEAN",
            "DATE", "DATETIME",
            "TIMESTAMP", "DATETIME");

    private static final Path TERRAFORM = Path.of("../deploy/terraform");

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path folder;

    @Test
    void everyDatasetHasTheColumnsOfItsView() throws IOException {
        JsonNode datasets = JSON.readTree(Files.readString(TERRAFORM.resolve("datasets.json")));
        assertThat(datasets.propertyNames()).contains("songs", "albums", "artists", "chart_history");
        Lake lake = new Lake(folder);
        for (String view : datasets.propertyNames()) {
            requireColumns(lake, view, view, Objects.requireNonNull(datasets.get(view)));
        }
    }

    @Test
    void theDashboardsDatasetsHaveTheColumnsOfTheirSql() throws IOException {
        JsonNode datasets = JSON.readTree(Files.readString(TERRAFORM.resolve("dashboard/datasets.json")));
        Lake lake = new Lake(folder);
        for (String name : datasets.propertyNames()) {
            requireColumns(lake, name, sql(name), Objects.requireNonNull(datasets.get(name)));
        }
        try (Stream<Path> files = Files.list(TERRAFORM.resolve("dashboard"))) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(file -> file.endsWith(".sql")))
                    .containsExactlyInAnyOrderElementsOf(datasets.propertyNames().stream()
                            .map(name -> name + ".sql")
                            .toList());
        }
    }

    @Test
    void theDashboardShowsTheNewestSnapshotOfEachList() throws IOException {
        Lake lake = new Lake(folder);
        Console.run(() -> Main.run("demo", "--once", "--lake", lake.root().toString()))
                .with(ExitCode.DONE);
        List<String> newest = lake.rows("SELECT playlist_id, count(DISTINCT song_id) FROM playlist_entries"
                + " JOIN (SELECT playlist_id, max(observed_at) AS observed_at FROM playlists GROUP BY 1)"
                + " USING (playlist_id, observed_at) WHERE song_id IS NOT NULL GROUP BY 1 ORDER BY 1");
        assertThat(newest).hasSizeGreaterThan(1);
        for (String dataset : List.of("chart_songs", "chart_artists")) {
            assertThat(lake.rows("SELECT playlist_id, count(DISTINCT song_id) FROM (" + sql(dataset)
                            + ") GROUP BY 1 ORDER BY 1"))
                    .isEqualTo(newest);
        }
        assertThat(lake.rows("SELECT playlist_id, count(*) FROM (" + sql("chart_songs") + ") GROUP BY 1 ORDER BY 1"))
                .isEqualTo(newest);
        assertThat(lake.rows("SELECT count(*) FROM (" + sql("chart_songs")
                        + ") AS shown JOIN songs USING (song_id) JOIN albums USING (album_id)"
                        + " WHERE abs(minutes * 60000 - songs.duration_ms) > 0.01"
                        + " OR shown.popularity IS DISTINCT FROM songs.popularity"
                        + " OR album_name IS DISTINCT FROM albums.name"
                        + " OR shown.release_date IS DISTINCT FROM albums.release_date_text"))
                .containsExactly("0");
        assertThat(lake.rows("SELECT count(*) FROM (" + sql("chart_artists")
                        + ") AS shown LEFT JOIN artists USING (artist_id)"
                        + " WHERE shown.artist_name IS DISTINCT FROM artists.artist_name"))
                .containsExactly("0");
    }

    /** A query of the dashboard, which names the database of its views as Athena does. */
    private static String sql(String dataset) throws IOException {
        return Files.readString(TERRAFORM.resolve("dashboard/" + dataset + ".sql"))
                .replace("\"${database}\".", "");
    }

    private static void requireColumns(Lake lake, String name, String described, JsonNode dataset) throws IOException {
        Ended answer =
                lake.run("query", "--output", "json", "DESCRIBE " + described).with(ExitCode.DONE);
        List<String> columns = new ArrayList<>();
        JSON.readTree(answer.out())
                .forEach(column -> columns.add(column.get("column_name").stringValue() + " "
                        + TYPES.get(column.get("column_type").stringValue())));
        List<String> declared = new ArrayList<>();
        dataset.forEach(column -> declared.add(
                column.get("name").stringValue() + " " + column.get("type").stringValue()));
        assertThat(declared).describedAs(name).isEqualTo(columns);
    }
}
