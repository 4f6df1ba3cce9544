package dev.chartlake.aws.glue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.aws.AwsJsonServer;
import dev.chartlake.aws.AwsJsonServer.Fault;
import dev.chartlake.aws.athena.AthenaTarget;
import dev.chartlake.aws.glue.GlueCatalog.OtherLake;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.load.DayTableRows;
import dev.chartlake.load.DayTables;
import dev.chartlake.load.Loader;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import dev.chartlake.views.Views;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;

/** What is in the catalog after loads, by a server that speaks Glue's and Athena's protocol. */
class GlueCatalogTest {
    private static final LocalDate FIRST = LocalDate.of(2026, 11, 20);
    private static final LocalDate SECOND = LocalDate.of(2026, 11, 21);
    private static final String LAKE = "s3://bucket/lake";
    private static final String SONGS = LAKE + "/transformed_data/song_data/snapshot_date=";

    @TempDir
    Path folder;

    private final AwsJsonServer server;
    private final GlueModel model;

    GlueCatalogTest() throws IOException {
        server = new AwsJsonServer();
        model = new GlueModel(server);
    }

    @BeforeEach
    void twoDays() throws IOException {
        commit(FIRST, "parquet", Table.SONGS, Table.ALBUMS);
        commit(SECOND, "parquet", Table.SONGS, Table.ALBUMS);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLoadMakesTheDatabaseItsTablesItsViewsAndItsPartitions() throws IOException {
        assertThat(load().days()).containsExactly(FIRST, SECOND);

        assertThat(model.databases).containsOnlyKeys("chartlake");
        var songs = Objects.requireNonNull(model.tables.get("song_data"));
        assertThat(songs).containsEntry("TableType", "EXTERNAL_TABLE");
        var storage = GlueModel.map(Objects.requireNonNull(songs.get("StorageDescriptor")));
        assertThat(storage).containsEntry("Location", LAKE + "/transformed_data/song_data/");
        assertThat(String.valueOf(storage.get("Columns")))
                .startsWith("[{Name=song_id, Type=string, Comment=Key.}, {Name=observed_at, Type=timestamp, Comment=")
                .contains(
                        "{Name=duration_ms, Type=bigint", "{Name=explicit, Type=boolean", "{Name=popularity, Type=int");
        assertThat(String.valueOf(songs.get("PartitionKeys"))).contains("Name=snapshot_date, Type=date");
        assertThat(model.registered("song_data"))
                .isEqualTo("{2026-11-20=" + SONGS + "2026-11-20/, 2026-11-21=" + SONGS + "2026-11-21/}");
        assertThat(model.registered("song_data_csv")).isEqualTo("{}");
        assertThat(model.registered("artist_data")).isEqualTo("{}");

        var views = new ArrayList<String>();
        Stream.of(Table.values()).map(Views::days).forEach(views::add);
        views.addAll(Views.all().keySet());
        assertThat(model.statements)
                .extracting(sql -> sql.split("\\s")[4])
                .describedAs("each view after those it reads from")
                .containsExactlyElementsOf(views);
    }

    @Test
    void whatIsThereIsNotMadeAgain() throws IOException {
        load();
        server.forget();
        assertThat(load().days()).isEmpty();
        assertThat(server.counts()).containsOnlyKeys("GetDatabase", "GetTables");
        server.forget();
        assertThat(load(new Loader.Days(null, null, true)).days()).hasSize(2);
        assertThat(server.counts()).containsOnlyKeys("GetDatabase", "GetTables", "GetPartitions");
    }

    @Test
    void aDayThatChangesItsFormatMovesToTheOtherTable() throws IOException {
        load();
        commit(SECOND, "csv", Table.SONGS);
        assertThat(load().days()).containsExactly(SECOND);
        assertThat(model.registered("song_data")).isEqualTo("{2026-11-20=" + SONGS + "2026-11-20/}");
        assertThat(model.registered("song_data_csv")).isEqualTo("{2026-11-21=" + SONGS + "2026-11-21/}");
        assertThat(model.registered("album_data"))
                .describedAs("a table without rows on that day")
                .doesNotContain("2026-11-21");
        commit(SECOND, "parquet", Table.SONGS, Table.ALBUMS);
        load();
        assertThat(model.registered("song_data_csv")).isEqualTo("{}");
        assertThat(model.registered("album_data")).contains("2026-11-21");
    }

    @Test
    void aDayThatTheLakeHasNoMoreIsNoMoreRegistered() throws IOException {
        load();
        new LocalStore(folder).delete(Manifest.key(SECOND));
        server.fail(1, new Fault(400, "AccessDeniedException", "not authorized to perform glue:GetDatabase"));
        assertThatThrownBy(this::load).isInstanceOf(WarehouseException.class);
        assertThat(load().days()).isEmpty();
        assertThat(model.registered("song_data")).isEqualTo("{2026-11-20=" + SONGS + "2026-11-20/}");
        assertThat(model.registered("album_data")).doesNotContain("2026-11-21");
        server.forget();
        assertThat(load().days()).isEmpty();
        assertThat(server.counts()).containsOnlyKeys("GetDatabase", "GetTables");
        commit(SECOND, "parquet", Table.SONGS);
        assertThat(load().days()).containsExactly(SECOND);
        assertThat(model.registered("song_data")).contains("2026-11-21");
    }

    @Test
    void aPartitionThatLiesElsewhereOrHasOtherColumnsIsPutRight() throws IOException {
        load();
        var partition = Objects.requireNonNull(
                Objects.requireNonNull(model.partitions.get("song_data")).get("2026-11-20"));
        GlueModel.map(Objects.requireNonNull(partition.get("StorageDescriptor")))
                .put("Location", "s3://old/place/");
        var other = Objects.requireNonNull(
                Objects.requireNonNull(model.partitions.get("song_data")).get("2026-11-21"));
        other.put("Parameters", Map.of());
        server.forget();
        load(new Loader.Days(null, null, true));
        assertThat(model.registered("song_data")).contains("2026-11-20=" + SONGS + "2026-11-20/");
        assertThat(server.counts()).containsEntry("BatchUpdatePartition", 2L).doesNotContainKey("BatchCreatePartition");
    }

    @Test
    void aTableThatIsOtherwiseOrGoneIsMadeAnewAndItsDaysRegisteredAgain() throws IOException {
        load();
        model.tables.remove("song_data");
        model.partitions.remove("song_data");
        Objects.requireNonNull(model.tables.get("album_data")).put("Parameters", Map.of("EXTERNAL", "TRUE"));
        assertThat(load().days()).containsExactly(FIRST, SECOND);
        assertThat(model.registered("song_data")).contains("2026-11-20", "2026-11-21");
        assertThat(String.valueOf(
                        Objects.requireNonNull(model.tables.get("album_data")).get("Parameters")))
                .contains("classification=parquet");
    }

    @Test
    void theTablesOfAnotherLakeAreLeftAloneUnlessTheyMayBeMoved() throws IOException {
        load();
        var before = model.tables.toString() + model.partitions;
        var other = new LocalStore(folder.resolve("other"));
        commit(other, SECOND, "parquet", Table.SONGS);
        server.forget();
        assertThatThrownBy(() -> load(other, "s3://bucket/other", OtherLake.REFUSE))
                .isInstanceOfSatisfying(
                        WarehouseException.class,
                        e -> assertThat(e.kind()).isEqualTo(WarehouseException.Kind.CONFIGURATION))
                .hasMessageContaining("are those of the lake " + LAKE + "/, and this lake is s3://bucket/other/")
                .hasMessageContaining("./chartlake load glue --move", "CHARTLAKE_GLUE_DATABASE");
        assertThat(model.tables.toString() + model.partitions).isEqualTo(before);
        assertThat(server.counts()).containsOnlyKeys("GetDatabase", "GetTables");

        assertThat(load(other, "s3://bucket/other", OtherLake.MOVE).days()).containsExactly(SECOND);
        assertThat(model.registered("song_data"))
                .isEqualTo("{2026-11-21=s3://bucket/other/transformed_data/song_data/snapshot_date=2026-11-21/}");
        assertThat(model.registered("album_data")).isEqualTo("{}");
        assertThatThrownBy(this::load).hasMessageContaining("are those of the lake s3://bucket/other/");
        assertThat(load(other, "s3://bucket/other", OtherLake.REFUSE).days()).isEmpty();
    }

    @Test
    void aTableThatIsNoLakesIsNeverMoved() throws IOException {
        load();
        GlueModel.map(Objects.requireNonNull(model.tables.get("song_data")).get("StorageDescriptor"))
                .put("Location", "s3://mine/songs/");
        for (var otherLake : OtherLake.values()) {
            assertThatThrownBy(() -> load(new LocalStore(folder), LAKE, otherLake))
                    .hasMessageContaining("has a table song_data that is not a lake's");
        }
        assertThat(model.tables.toString()).contains("s3://mine/songs/");
    }

    @Test
    void aViewThatIsGoneIsMadeAgain() throws IOException {
        load();
        model.statements.clear();
        model.tables.remove("chart_history");
        load();
        assertThat(model.statements).anyMatch(sql -> sql.startsWith("CREATE OR REPLACE VIEW chart_history AS"));
    }

    @Test
    void anotherProcessMayRegisterTheSameDaysMeanwhile() throws IOException {
        try (var slow = catalog()) {
            load("slow", slow, Loader.Days.NEW);
            commit(SECOND, "csv", Table.SONGS);
            load();
            server.forget();
            load("slow", slow, Loader.Days.NEW);
            assertThat(server.counts()).containsEntry("BatchUpdatePartition", 1L);
            assertThat(model.registered("song_data_csv")).isEqualTo("{2026-11-21=" + SONGS + "2026-11-21/}");
            assertThat(model.registered("song_data")).isEqualTo("{2026-11-20=" + SONGS + "2026-11-20/}");
        }
    }

    @Test
    void throttlingIsWaitedForAndARefusalExplained() throws IOException {
        server.fail(2, new Fault(400, "ThrottlingException", "Rate exceeded"));
        assertThat(load().days()).hasSize(2);

        server.fail(1, new Fault(400, "AccessDeniedException", "not authorized to perform glue:GetDatabase"));
        assertThatThrownBy(this::load)
                .isInstanceOfSatisfying(
                        WarehouseException.class, e -> assertThat(e.kind()).isEqualTo(WarehouseException.Kind.SIGN_IN))
                .hasMessageContaining("glue:GetDatabase")
                .hasMessageContaining("aws sts get-caller-identity");

        server.fail(
                1, new Fault(400, "ExpiredTokenException", "The security token included in the request is expired"));
        assertThatThrownBy(this::load).hasMessageContaining("Sign in again");
    }

    @Test
    void aFileThatAthenaCannotReadFailsItsDayAlone() throws IOException {
        commit(FIRST, "orc", Table.SONGS);
        var result = load();
        assertThat(result.days()).containsExactly(SECOND);
        assertThat(result.failures()).singleElement().asString().contains("part-0.orc is neither Parquet nor CSV");
    }

    private Loader.Result load() throws IOException {
        return load(Loader.Days.NEW);
    }

    private Loader.Result load(Loader.Days days) throws IOException {
        try (var catalog = catalog()) {
            return load("glue", catalog, days);
        }
    }

    private Loader.Result load(String name, GlueCatalog catalog, Loader.Days days) throws IOException {
        return load(new LocalStore(folder), name, catalog, days);
    }

    private Loader.Result load(LocalStore store, String lake, OtherLake otherLake) throws IOException {
        try (var catalog = catalog(lake, otherLake)) {
            return load(store, "glue", catalog, Loader.Days.NEW);
        }
    }

    private static Loader.Result load(LocalStore store, String name, GlueCatalog catalog, Loader.Days days)
            throws IOException {
        return new Loader(store, store, new NoRows(), Clock.systemUTC()).run(name, catalog, days, (done, of) -> {});
    }

    private GlueCatalog catalog() {
        return catalog(LAKE, OtherLake.REFUSE);
    }

    private GlueCatalog catalog(String lake, OtherLake otherLake) {
        return new GlueCatalog(
                server.client(GlueClient.builder()),
                server.client(AthenaClient.builder()),
                new AthenaTarget("chartlake", "chartlake", null),
                lake,
                otherLake,
                time -> {});
    }

    private void commit(LocalDate date, String format, Table... tables) throws IOException {
        commit(new LocalStore(folder), date, format, tables);
    }

    private static void commit(LocalStore store, LocalDate date, String format, Table... tables) throws IOException {
        var parts = Stream.of(Table.values())
                .map(table -> List.of(tables).contains(table)
                        ? new TablePart(table.sqlName(), 1, table.partition(date) + "part-0." + format, 1, "00000000")
                        : new TablePart(table.sqlName(), 0, "", 0, ""))
                .toList();
        var manifest = new Manifest(date, List.of(), parts, 0, 0, 0, List.of(), List.of(), List.of());
        store.put(Manifest.key(date), ManifestFile.write(manifest));
    }

    /** A catalog needs none. */
    private static final class NoRows implements DayTables {
        @Override
        public DayTableRows open(Table table, String file) {
            throw new AssertionError("Rows of " + file);
        }

        @Override
        public void close() {}
    }
}
