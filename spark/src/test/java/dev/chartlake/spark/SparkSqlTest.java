package dev.chartlake.spark;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.duckdb.DuckDbLake;
import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Table;
import dev.chartlake.outcome.Failure;
import dev.chartlake.testkit.LakeDays;
import dev.chartlake.testkit.RandomCharts;
import dev.chartlake.transform.TableFormats;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import dev.chartlake.views.ViewSettings;
import dev.chartlake.views.Views;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables and views that Spark makes of the printed SQL have the rows that {@code query} has. */
class SparkSqlTest {

    private static SparkSession spark;

    @TempDir
    private static Path folder;

    @BeforeAll
    static void start() {
        spark = SparkSession.builder()
                .master("local[2]")
                .appName("test")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                .config("spark.sql.datetime.java8API.enabled", "true")
                // Far from UTC, and what makes small queries fast.
                .config("spark.sql.session.timeZone", "Pacific/Auckland")
                .config("spark.sql.ansi.enabled", "true")
                .config("spark.sql.shuffle.partitions", "1")
                .config("spark.sql.adaptive.enabled", "false")
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .getOrCreate();
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    private static List<String> statements(LakeDays lake, String database) throws IOException {
        JobLake job = JobLake.of(lake.store().root().toString(), TableFormats.USUAL);
        return new SparkSql(lake.store(), job.location(), database).statements(day -> true);
    }

    /** Each view reads the rows that {@code query} has of those it reads: Spark would compute all of them for each view. */
    @Test
    @Thorough
    void viewsHaveTheRowsOfQuery() {
        Seeded.run(Depth.of(1, 3), random -> {
            Path here = Files.createTempDirectory(folder, "lake");
            LakeDays lake = new LakeDays(here);
            new RandomCharts(random, lake, new ParquetFormat()).write(10);
            for (String statement : statements(lake, here.getFileName().toString())) {
                if (!statement.startsWith("CREATE OR REPLACE VIEW")) {
                    spark.sql(statement);
                }
            }
            List<String> compared = new ArrayList<>(Views.names());
            Collections.shuffle(compared, random);
            compared.subList(Depth.of(5, compared.size()), compared.size()).clear();
            try (DuckDbLake query = new DuckDbLake(here, () -> () -> {}, ViewSettings.DEFAULT)) {
                for (Table table : Table.values()) {
                    String view = Views.days(table);
                    assertThat(Rows.of(spark.table(view)).texts())
                            .as(view)
                            .isEqualTo(Rows.of(query, view).texts());
                }
                for (String view : Views.names()) {
                    Dataset<Row> found = spark.sql(SparkSql.query(view));
                    Rows expected = Rows.of(query, view);
                    if (compared.contains(view)) {
                        assertThat(Rows.of(found).texts()).as(view).isEqualTo(expected.texts());
                    }
                    expected.in(spark, found.schema()).createOrReplaceTempView(view);
                }
            } finally {
                Views.names().forEach(spark.catalog()::dropTempView);
            }
        });
    }

    private static final LocalDate FIRST = LocalDate.of(2024, 3, 1);

    private static void commit(LakeDays lake, LocalDate day, String song, TableFormat format) throws IOException {
        Map<Table, List<List<@Nullable Object>>> rows = new EnumMap<>(Table.class);
        List<@Nullable Object> row =
                new ArrayList<>(Collections.nCopies(Table.SONGS.columns().size(), null));
        row.set(0, song);
        row.set(1, day.atTime(23, 59, 59));
        rows.put(Table.SONGS, List.of(row));
        lake.commit(day, rows, format);
    }

    @Test
    void aDayIsReadIfItsManifestNamesIt() throws Exception {
        Path here = Files.createDirectory(folder.resolve("it's a \\ lake"));
        LakeDays lake = new LakeDays(here);
        commit(lake, FIRST, "a", new ParquetFormat());
        commit(lake, FIRST.plusDays(1), "b", new ParquetFormat());
        run(lake);
        assertThat(songs()).containsExactly("a", "b");
        assertThat(spark.sql("SELECT song_id, last_seen_on FROM songs").collectAsList())
                .extracting(Object::toString)
                .containsExactlyInAnyOrder("[a,2024-03-01]", "[b,2024-03-02]");

        Files.delete(here.resolve(Manifest.key(FIRST)));
        commit(lake, FIRST.plusDays(1), "c", new ParquetFormat());
        commit(lake, FIRST.plusDays(2), "d", new ParquetFormat());
        run(lake);
        assertThat(songs()).containsExactly("c", "d");
        assertThat(here.resolve(Table.SONGS.partition(FIRST))).isNotEmptyDirectory();
    }

    private static void run(LakeDays lake) throws IOException {
        for (String statement : statements(lake, "days")) {
            // The others take half a minute.
            boolean view = statement.startsWith("CREATE OR REPLACE VIEW");
            if (!view && !statement.contains("TABLE")
                    || statement.contains("song_days") && !view
                    || statement.startsWith("CREATE OR REPLACE VIEW songs ")) {
                spark.sql(statement);
            }
        }
    }

    private static List<String> songs() {
        return spark.sql("SELECT song_id FROM song_days ORDER BY song_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList();
    }

    @Test
    void columnsHaveTheTypesOfTheLake() throws Exception {
        LakeDays lake = new LakeDays(Files.createTempDirectory(folder, "lake"));
        for (String statement : statements(lake, "types")) {
            if (!statement.startsWith("CREATE OR REPLACE VIEW")) {
                spark.sql(statement);
            }
        }
        assertThat(spark.catalog().listColumns("types", "album_days").collectAsList())
                .extracting(column -> column.name() + " " + column.dataType() + (column.nullable() ? "" : " never null")
                        + (column.isPartition() ? ", by which it is partitioned" : ""))
                .containsExactly(
                        "album_id string", // Spark takes what is in files for nullable, whatever it is told
                        "observed_at timestamp_ntz",
                        "name string",
                        "album_type string",
                        "release_date date",
                        "release_date_text string",
                        "release_date_precision string",
                        "total_tracks int",
                        "url string",
                        "image_url string",
                        "snapshot_date date never null, by which it is partitioned");
        assertThat(statements(lake, "types"))
                .anyMatch(statement -> statement.contains("album_id STRING NOT NULL COMMENT 'Spotify\\'s id'"));
        assertThat(spark.catalog()
                        .listColumns("types", "album_days")
                        .filter("name = 'name'")
                        .first()
                        .description())
                .isEqualTo("The title");
        assertThat(spark.table("types.playlists").schema().apply("complete").dataType())
                .isEqualTo(DataTypes.BooleanType);
        assertThat(spark.table("types.playlists").schema().apply("followers").dataType())
                .isEqualTo(DataTypes.LongType);
    }

    @Test
    void aDayInCsvIsRefused() throws Exception {
        LakeDays lake = new LakeDays(Files.createTempDirectory(folder, "lake"));
        commit(lake, FIRST, "a", new CsvFormat());
        assertThatThrownBy(() -> statements(lake, "csv"))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("transformed_data/song_data/snapshot_date=2024-03-01/part-0.csv is CSV.");
        assertThat(new SparkSql(lake.store(), "file:/lake", "csv").statements(FIRST.plusDays(1)::equals))
                .isNotEmpty();
    }

    @Test
    void theJobPrintsStatementsThatEndWithALine() throws Exception {
        LakeDays lake = new LakeDays(Files.createTempDirectory(folder, "lake"));
        commit(lake, FIRST, "a", new ParquetFormat());
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        SparkTransform.commandLine()
                .setOut(new PrintWriter(printed, true, UTF_8))
                .execute(
                        "sql", "--lake", lake.store().root().toString(), "--database", "mine", "--since", "2024-03-02");
        List<String> statements = List.of(printed.toString(UTF_8).split(";\n"));
        assertThat(statements)
                .contains("USE mine", "REFRESH TABLE song_days")
                .noneMatch(statement -> statement.startsWith("ALTER TABLE"));
        assertThat(statements.get(0)).startsWith("-- ").endsWith("\nCREATE DATABASE IF NOT EXISTS mine");
        assertThat(statements.get(statements.size() - 1))
                .startsWith("CREATE OR REPLACE VIEW chart_reported AS\nSELECT");
    }

    @Test
    void aDatabaseHasANameThatNeedsNoQuotes() {
        LakeDays lake = new LakeDays(folder);
        assertThatThrownBy(() -> new SparkSql(lake.store(), "file:/lake", "a; DROP"))
                .hasMessageContaining("A database cannot be called 'a; DROP'.");
    }
}
