package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.aws.s3.S3Address;
import dev.chartlake.aws.s3.S3Store;
import dev.chartlake.copy.LakeCopy;
import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.table.parquet.ParquetFormat;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.S3Server;
import dev.chartlake.transform.Transformer;
import dev.chartlake.trials.Hang;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The copy of a lake on S3 while a command serves it. */
class RemoteLakeTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 20);
    private static final LocalDate SECOND = LocalDate.of(2026, 11, 21);

    @TempDir
    Path folder;

    @Test
    void theDashboardShowsDaysThatArriveWhileItRuns() throws Exception {
        try (S3Server server = S3Server.start();
                S3Client client = server.client()) {
            client.createBucket(to -> to.bucket("lakes"));
            ObjectStore store = new S3Store(client, S3Address.parse("s3://lakes/served"));
            commit(store, FIRST);
            RemoteLake lake = new RemoteLake(store, new LakeCopy(store, folder.resolve("copy")));
            try (DashboardServer dashboard = DashboardServer.start(
                            lake.refreshed(),
                            () -> lake.status(QualityRules.DEFAULT),
                            DashboardServer.Options.loopback());
                    RemoteLake.Refreshing refreshing = lake.keepRefreshed(Duration.ofMillis(100))) {
                assertThat(lists(dashboard)).contains(FIRST.toString()).doesNotContain(SECOND.toString());
                commit(store, SECOND);
                Instant end = Instant.now().plus(Hang.LIMIT);
                while (!lists(dashboard).contains(SECOND.toString())) {
                    assertThat(Instant.now()).as("not seen").isBefore(end);
                    Thread.sleep(200);
                }
            }
        }
    }

    private static void commit(ObjectStore store, LocalDate date) throws IOException {
        String id = Answers.list("served");
        store.put(
                "raw_data/to_process/" + date + "/spotify-web-api/" + id + "/120000Z.json",
                Answers.page(id, Answers.rows(Dialect.LEGACY, 0, 9)).getBytes(StandardCharsets.UTF_8));
        assertThat(new Transformer(store, new ParquetFormat(), 1, 64 << 20).runWaiting(date))
                .isPresent();
    }

    private static String lists(DashboardServer dashboard) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(dashboard.url() + "api/lists"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
