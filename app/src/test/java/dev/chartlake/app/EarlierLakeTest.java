package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Checksums;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Column;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.outcome.ExitCode;
import dev.chartlake.testkit.Song;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A lake with days that were transformed before charts had labels, as Parquet and as CSV, beside new ones. */
@Execution(ExecutionMode.SAME_THREAD)
class EarlierLakeTest {

    private static final String LIST = "regional-no-weekly";
    private static final List<String> DAYS = List.of("2024-01-04", "2024-01-11", "2024-01-18", "2024-01-25");

    /** Of the days, one of each format has the columns of before. */
    private static final List<String> EARLIER = List.of("2024-01-04", "2024-01-18");

    private static final String LABELS = "SELECT snapshot_date, position, label FROM playlist_entries ORDER BY ALL";

    @TempDir
    Path folder;

    private Lake lake;

    @BeforeEach
    void makeLake() throws Exception {
        lake = new Lake(folder.resolve("lake"));
        for (String day : DAYS) {
            Path file = folder.resolve(LIST + "-" + day + ".csv");
            Files.writeString(
                    file,
                    "rank,uri,artist_names,track_name,source,peak_rank,previous_rank,weeks_on_chart,streams\n"
                            + "1,spotify:track:" + Song.of(1).id() + ",A,B,Label of " + day + ",1,-1,1,9\n");
            lake.importing(file).with(ExitCode.DONE);
            lake.transform("--format", day.compareTo("2024-01-15") < 0 ? "parquet" : "csv")
                    .with(ExitCode.DONE);
        }
        for (String key : lake.keys("_chartlake")) {
            if (key.startsWith(Span.ROOT)) {
                Files.delete(lake.at(key));
            }
        }
        for (String day : EARLIER) {
            makeEarlier(LocalDate.parse(day));
        }
    }

    /** Takes the label out of a day's file, and writes the manifest as it was written then. */
    private void makeEarlier(LocalDate day) throws IOException, SQLException {
        String partition = Table.PLAYLIST_ENTRIES.partition(day);
        Path csv = lake.at(partition + "part-0.csv");
        Path file = Files.exists(csv) ? csv : lake.at(partition + "part-0.parquet");
        Checksums.Sum before = Checksums.of(() -> Files.newInputStream(file));
        if (file.equals(csv)) {
            Files.writeString(
                    csv,
                    Files.readAllLines(csv).stream()
                            .map(line -> line.substring(0, line.lastIndexOf(',')) + "\n")
                            .collect(Collectors.joining()));
        } else {
            String columns = Table.PLAYLIST_ENTRIES.columns().stream()
                    .map(Column::name)
                    .filter(name -> !name.equals("label"))
                    .collect(Collectors.joining(", "));
            try (var duckDb = DriverManager.getConnection("jdbc:duckdb:");
                    var statement = duckDb.createStatement()) {
                statement.execute("CREATE TABLE rows AS SELECT " + columns + " FROM read_parquet('" + file
                        + "', hive_partitioning = false)");
                statement.execute("COPY rows TO '" + file + "' (FORMAT parquet)");
            }
        }
        Checksums.Sum sum = Checksums.of(() -> Files.newInputStream(file));
        Path manifest = lake.at(Manifest.key(day));
        String text = Files.readString(manifest);
        Files.writeString(
                manifest,
                text.replace("\"version\":3", "\"version\":2")
                        .replace(
                                "\"size\":" + before.size() + ",\"crc32c\":\"" + before.crc32c(),
                                "\"size\":" + sum.size() + ",\"crc32c\":\"" + sum.crc32c()));
        assertThat(Files.readString(manifest)).contains("\"version\":2").contains(sum.crc32c());
    }

    private static List<String> labels(Stream<String> known) {
        List<String> days = known.toList();
        return DAYS.stream()
                .map(day -> day + "|1|" + (days.contains(day) ? "Label of " + day : "-"))
                .toList();
    }

    private void isRead() throws IOException {
        assertThat(lake.rows(LABELS)).isEqualTo(labels(DAYS.stream().filter(day -> !EARLIER.contains(day))));
        assertThat(lake.run("query", "SELECT count(label), count(*) FROM playlist_entries", "--output", "csv")
                        .with(ExitCode.DONE)
                        .out())
                .endsWith("\n2,4\n");
        assertThat(lake.report("records", "--list", LIST, "--output", "csv")
                        .with(ExitCode.DONE)
                        .out())
                .contains(Song.of(1).id());
        for (String day : Depth.some(2, DAYS)) {
            assertThat(lake.report("chart", "--list", LIST, "--date", day, "--output", "csv")
                            .with(ExitCode.DONE)
                            .out())
                    .contains(Song.of(1).id());
        }
        lake.run("dashboard", "--export", folder.resolve("site").toString()).with(ExitCode.DONE);
        lake.run("verify").with(ExitCode.DONE);
        assertThat(lake.run("status", "--output", "json").with(ExitCode.DONE).out())
                .contains("\"problems\":[]");
    }

    @Test
    @Thorough
    void daysWithAndWithoutLabelsAreRead() throws IOException {
        isRead();
    }

    @Test
    @Thorough
    void theyAreReadFromCopiesOfMonthsToo() throws IOException {
        assertThat(lake.transform().with(ExitCode.DONE).out()).doesNotContain("2024-01-04");
        isRead();
    }

    @Test
    void transformOfAllDaysFillsTheLabelsIn() throws IOException {
        lake.transform("--all", "--format", "parquet").with(ExitCode.DONE);
        assertThat(lake.sound().rows(LABELS)).isEqualTo(labels(DAYS.stream()));
    }

    @Test
    void theyAreLoaded() throws Exception {
        try (DynamoDb dynamoDb = new DynamoDb()) {
            Map<String, String> environment = new HashMap<>(dynamoDb.environment());
            environment.put("CHARTLAKE_DYNAMODB_PREFIX", "earlier_");
            // The Parquet files of this lake are DuckDB's, and no transform wrote such.
            Ended load = lake.child(environment, "load", "dynamodb", "--create", "--since", "2024-01-11");
            assertThat(load.with(ExitCode.DONE).out()).startsWith("Loaded 3 days into dynamodb");
            assertThat(dynamoDb.items("earlier_track_table", "track_id"))
                    .containsOnlyKeys(Song.of(1).id());
        }
    }
}
