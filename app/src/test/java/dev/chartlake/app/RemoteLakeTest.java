package dev.chartlake.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.app.lake.RemoteLake;
import dev.chartlake.aws.s3.S3Address;
import dev.chartlake.aws.s3.S3Store;
import dev.chartlake.copy.LakeCopy;
import dev.chartlake.dashboard.DashboardServer;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.http.Pause;
import dev.chartlake.lake.LakeVerification;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Table;
import dev.chartlake.outcome.Failure;
import dev.chartlake.quality.QualityRules;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.ObjectStore;
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
import java.util.List;
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

    /** To leave such days out would be an answer of fewer rows without a word. */
    @Test
    void daysThatCannotBeCopiedAreRefusedUntilTransformHasMadeThemAgain() throws Exception {
        try (S3Server server = S3Server.start();
                S3Client client = server.client()) {
            client.createBucket(to -> to.bucket("lakes"));
            ObjectStore store = new S3Store(client, S3Address.parse("s3://lakes/damaged"));
            commit(store, FIRST);
            commit(store, SECOND);
            RemoteLake known = new RemoteLake(store, new LakeCopy(store, folder.resolve("known")));
            known.refreshed();

            store.delete(Manifest.key(FIRST));
            assertThatThrownBy(() -> fresh(store, "one").refreshed())
                    .isInstanceOf(Failure.class)
                    .hasMessage("Day 2026-11-20 is not as it was committed: its manifest is missing, although it has"
                            + " processed raw objects. Run ./chartlake transform --all --since 2026-11-20 --until 2026-11-20"
                            + " --lake s3://lakes/damaged.");
            assertThat(known.refreshed().find(Manifest.key(FIRST)))
                    .as("as it was before")
                    .isPresent();

            String second = text(store, Manifest.key(SECOND));
            store.put(
                    Manifest.key(SECOND),
                    second.replace("\"version\":" + Manifest.VERSION, "\"version\":" + (Manifest.OLDEST_VERSION - 1))
                            .getBytes(StandardCharsets.UTF_8));
            assertThatThrownBy(() -> fresh(store, "two").refreshed())
                    .hasMessageContaining("So is one other day. Run ./chartlake transform --lake s3://lakes/damaged.");

            Transformer transformer = new Transformer(store, new ParquetFormat(), 1, 64 << 20);
            transformer.run(List.of(FIRST, SECOND), (done, of) -> {});
            assertThat(fresh(store, "three").refreshed().files(Manifest.ROOT)).hasSize(2);
        }
    }

    private RemoteLake fresh(ObjectStore store, String name) {
        return new RemoteLake(store, new LakeCopy(store, folder.resolve(name)));
    }

    private static String text(ObjectStore store, String key) throws IOException {
        return new String(store.read(key).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    /** As in a folder: each kind of damage with its cure, and nothing of a lake that is whole. */
    @Test
    void verificationReadsEveryByteOnS3() throws Exception {
        try (S3Server server = S3Server.start();
                S3Client client = server.client()) {
            client.createBucket(to -> to.bucket("lakes"));
            ObjectStore store = new S3Store(client, S3Address.parse("s3://lakes/verified"));
            commit(store, FIRST);
            commit(store, SECOND);
            assertThat(problems(store)).isEmpty();

            String table = store.files(Table.SONGS.partition(FIRST)).get(0).key();
            byte[] bytes = store.read(table).orElseThrow().bytes();
            bytes[bytes.length / 2] ^= 1;
            store.put(table, bytes);
            String raw = store.list(RawState.PROCESSED.prefix() + SECOND).get(0).key();
            store.delete(raw);
            assertThat(problems(store))
                    .satisfiesExactly(
                            problem ->
                                    assertThat(problem).contains(table, "is damaged", "transform --since 2026-11-20"),
                            problem -> assertThat(problem).contains(raw, "is missing", "Restore it from a backup"));

            store.put(
                    Manifest.key(FIRST),
                    text(store, Manifest.key(FIRST))
                            .replace("\"version\":" + Manifest.VERSION, "\"version\":" + (Manifest.OLDEST_VERSION - 1))
                            .getBytes(StandardCharsets.UTF_8));
            assertThat(problems(store))
                    .anySatisfy(problem -> assertThat(problem).contains("is not of this version"));
        }
    }

    private static List<String> problems(ObjectStore store) throws IOException {
        return new LakeVerification(store, 2, Duration.ZERO, Pause.REAL)
                .run(day -> true, (done, of) -> {}).problems().stream()
                        .map(problem -> problem.key() + " " + problem.problem() + ". " + problem.cure())
                        .toList();
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
