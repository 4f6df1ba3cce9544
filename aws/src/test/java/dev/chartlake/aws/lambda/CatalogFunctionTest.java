package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.aws.AwsJsonServer;
import dev.chartlake.aws.AwsJsonServer.Fault;
import dev.chartlake.aws.athena.AthenaTarget;
import dev.chartlake.aws.glue.GlueCatalog;
import dev.chartlake.aws.glue.GlueModel;
import dev.chartlake.lake.Manifest;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.lake.ManifestFile;
import dev.chartlake.load.WarehouseException;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;

/** What the function registers, whatever its events say, by a server that speaks Glue's protocol. */
class CatalogFunctionTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final AwsJsonServer server;
    private final GlueModel model;

    CatalogFunctionTest() throws IOException {
        server = new AwsJsonServer();
        model = new GlueModel(server);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aCommittedDayIsRegisteredOnceHoweverOftenItIsTold() throws IOException {
        commit(DAY);
        CatalogFunction function = function();
        for (String event : List.of("{\"Records\":[]}", "{\"Event\":\"s3:TestEvent\"}")) {
            assertThat(FakeContext.invoke(function, event)).isEqualTo("{\"batchItemFailures\":[]}");
        }
        assertThat(model.registered("song_data"))
                .isEqualTo("{2026-11-21=s3://bucket/lake/transformed_data/song_data/snapshot_date=2026-11-21/}");
        assertThat(server.counts()).containsEntry("BatchCreatePartition", 1L);
        assertThat(said.toString(StandardCharsets.UTF_8)).containsOnlyOnce("Day 2026-11-21: registered");
    }

    @Test
    void aFailureFailsTheInvocationSoThatItsMessagesComeAgain() throws IOException {
        commit(DAY);
        CatalogFunction function = function();
        server.fail(1, new Fault(400, "AccessDeniedException", "not authorized to perform glue:GetDatabase"));
        assertThatThrownBy(() -> FakeContext.invoke(function, "{}")).isInstanceOf(WarehouseException.class);
        assertThat(FakeContext.invoke(function, "{}")).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(model.registered("song_data")).contains("2026-11-21");
    }

    private CatalogFunction function() {
        return new CatalogFunction(
                new LocalStore(folder),
                () -> new GlueCatalog(
                        server.client(GlueClient.builder()),
                        server.client(AthenaClient.builder()),
                        new AthenaTarget("chartlake", "chartlake", null),
                        "s3://bucket/lake",
                        GlueCatalog.OtherLake.REFUSE,
                        time -> {}),
                new Log(new PrintStream(said, true, StandardCharsets.UTF_8), "lake", Clock.systemUTC()));
    }

    private void commit(LocalDate date) throws IOException {
        List<TablePart> parts = Stream.of(Table.values())
                .map(table -> table == Table.SONGS
                        ? new TablePart("songs", 1, table.partition(date) + "part-0.parquet", 1, "00000000")
                        : new TablePart(table.sqlName(), 0, "", 0, ""))
                .toList();
        Manifest manifest = new Manifest(date, List.of(), parts, 0, 0, 0, List.of(), List.of(), List.of());
        new LocalStore(folder).put(Manifest.key(date), ManifestFile.write(manifest));
    }
}
