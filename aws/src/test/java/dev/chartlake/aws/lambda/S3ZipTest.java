package dev.chartlake.aws.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.aws.s3.S3Address;
import dev.chartlake.aws.s3.S3Store;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.simulator.Simulator;
import dev.chartlake.simulator.SimulatorOptions;
import dev.chartlake.simulator.world.WorldLists;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.S3Server;
import dev.chartlake.transform.Transformer;
import dev.chartlake.trials.Deep;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Seeded;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

/** The functions of the zip on a lake on S3, told by a queue. */
@Tag("zip")
class S3ZipTest {

    private static final String ALL_DONE = "{\"batchItemFailures\":[]}";
    private static final int LISTS = Depth.of(12, 70);
    /** A first chart takes about this long, in milliseconds: longer on a slow machine, so that kills still meet it. */
    private static final int LONGEST_RUN = 250;

    private static final int KILLS = Depth.of(2, 12);

    private static final int HISTORY = Depth.of(5, 30);

    private static final int NEXT = Depth.of(4, 20);

    private static final String PASSWORD = "changeit";

    private static S3Server server;
    private static S3Client client;

    /** The server's key and certificate. */
    @TempDir
    static Path keys;

    @TempDir
    Path folder;

    private String bucket;
    private S3Store lake;

    @BeforeAll
    static void startServer() throws Exception {
        server = S3Server.start(keyStore(), PASSWORD);
        client = server.client();
    }

    private static Path keyStore() throws Exception {
        Path file = keys.resolve("keys.p12");
        String words =
                "-genkeypair -alias s3 -keyalg EC -dname CN=localhost -ext san=ip:127.0.0.1 -validity 2 -storepass "
                        + PASSWORD;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words.split(" ")));
        command.addAll(List.of("-keystore", file.toString()));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        return file;
    }

    @AfterAll
    static void stopServer() throws Exception {
        client.close();
        server.close();
    }

    @BeforeEach
    void makeLake() {
        bucket = "charts-" + Long.toHexString(System.nanoTime());
        client.createBucket(request -> request.bucket(bucket));
        lake = new S3Store(client, S3Address.parse("s3://" + bucket + "/of/mine"));
    }

    private LambdaProcess start(Class<?> handler, Map<String, String> further) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of(
                "CHARTLAKE_LAKE",
                "s3://" + bucket + "/of/mine",
                "AWS_ENDPOINT_URL_S3",
                server.endpoint().toString(),
                "AWS_ACCESS_KEY_ID",
                S3Server.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY",
                S3Server.SECRET_KEY));
        variables.putAll(further);
        return LambdaProcess.start(handler, variables);
    }

    private LambdaProcess transform() throws IOException {
        return start(TransformFunction.class, Map.of());
    }

    private String arrived(List<String> keys) {
        return Events.arrived(bucket, keys.stream().map(key -> "of/mine/" + key).toList());
    }

    private LocalStore expected() throws IOException {
        LocalStore expected = new LocalStore(folder.resolve("expected"));
        Lakeful.copyWaiting(lake, expected);
        Lakeful.transformLocally(expected);
        return expected;
    }

    @Test
    @Thorough
    void aDayOfManyListsFromTheScheduleToTheTables() throws Exception {
        Seeded.run(this::aDayOfManyLists);
    }

    private void aDayOfManyLists(Random random) throws Exception {
        try (Simulator spotify = Simulator.start(SimulatorOptions.defaults());
                Queue queue = new Queue()) {
            String lists = String.join(
                    " ",
                    IntStream.range(0, LISTS)
                            .mapToObj(i -> WorldLists.sized(20 + i))
                            .toList());
            Map<String, String> settings = Map.of(
                    "CHARTLAKE_LISTS",
                    lists,
                    "SPOTIFY_API_URL",
                    spotify.apiUrl(),
                    "SPOTIFY_ACCOUNTS_URL",
                    spotify.accountsUrl(),
                    "SPOTIFY_CLIENT_ID",
                    "demo",
                    "SPOTIFY_CLIENT_SECRET",
                    "demo-secret");
            try (LambdaProcess extract = start(ExtractFunction.class, settings)) {
                assertThat(extract.invoke("{\"source\":\"aws.scheduler\"}")).startsWith("{\"status\":\"done\"");
                assertThat(extract.log()).doesNotContain("demo-secret", "Not primed", "SLF4J");
            }
            try (LambdaProcess http = start(HttpFunction.class, settings)) {
                assertThat(http.invoke("{\"version\":\"2.0\",\"queryStringParameters\":{\"playlist_id\":\""
                                + WorldLists.TOP_NORWAY + "\"},\"requestContext\":{\"http\":{\"method\":\"GET\"},"
                                + "\"authorizer\":{\"iam\":{\"userArn\":\"arn:aws:iam::0:user/kari\"}}}}"))
                        .startsWith("{\"statusCode\":202,");
            }
            List<String> keys = new ArrayList<>(Lakeful.keys(lake));
            assertThat(keys).hasSize(LISTS + 1);
            LocalStore expected = expected();
            keys.addAll(Lakeful.keys(lake));
            Collections.shuffle(keys, random);
            keys.forEach(key -> queue.send(Events.created(bucket, "of/mine/" + key)));
            try (LambdaProcess transform = transform()) {
                assertThat(queue.drain(transform::invoke)).isGreaterThanOrEqualTo(2 * LISTS / 10);
                assertThat(transform.log().lines().filter(line -> line.contains("committed, entries: ")))
                        .hasSizeBetween(1, 10);
                assertThat(transform.log()).doesNotContain("Not primed", "SLF4J");
            }
            assertThat(Lakeful.contents(lake)).isEqualTo(Lakeful.contents(expected));
            assertThat(lake.folders("transformed_data/song_data/")).containsExactly("snapshot_date=2026-11-21");
        }
    }

    @Test
    void itSpeaksTlsWithAServerThatItsJavaTrusts() throws Exception {
        Lakeful.copyWaiting(Lakeful.waiting(folder.resolve("lake"), 4711, 1, 30), lake);
        String event = arrived(Lakeful.keys(lake));
        LocalStore expected = expected();
        Map<String, String> secure = new HashMap<>(
                Map.of("AWS_ENDPOINT_URL_S3", server.secureEndpoint().toString()));
        try (LambdaProcess function = start(TransformFunction.class, secure)) {
            assertThat(function.invoke(event)).contains("\"itemIdentifier\":\"m0\"");
            assertThat(function.log()).contains("unable to find valid certification path");
        }
        secure.put(
                "JAVA_TOOL_OPTIONS",
                "-Djavax.net.ssl.trustStore=" + keys.resolve("keys.p12") + " -Djavax.net.ssl.trustStorePassword="
                        + PASSWORD);
        try (LambdaProcess function = start(TransformFunction.class, secure)) {
            assertThat(function.invoke(event)).isEqualTo(ALL_DONE);
        }
        assertThat(Lakeful.contents(lake)).isEqualTo(Lakeful.contents(expected));
    }

    @Test
    @Deep
    void twoFunctionsAtOnceLeaveTheRowsOfOne() throws Exception {
        Seeded.run(this::twoFunctionsAtOnce);
    }

    private void twoFunctionsAtOnce(Random random) throws Exception {
        Lakeful.copyWaiting(Lakeful.waiting(folder.resolve("lake"), random.nextLong(), 2, 60), lake);
        List<String> keys = Lakeful.keys(lake);
        LocalStore expected = expected();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (LambdaProcess one = transform();
                LambdaProcess other = transform()) {
            List<Future<String>> answers = new ArrayList<>();
            for (LambdaProcess function : List.of(one, other)) {
                function.awaitReady();
                answers.add(threads.submit(() -> function.invoke(arrived(keys))));
            }
            for (Future<String> answer : answers) {
                assertThat(answer.get()).isEqualTo(ALL_DONE);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(Lakeful.contents(lake)).isEqualTo(Lakeful.contents(expected));
    }

    @Test
    @Deep
    void killedAtAnyMomentAndToldAgainItLeavesTheRowsOfALocalRun() throws Exception {
        Seeded.run(this::killedAtAnyMoment);
    }

    private void killedAtAnyMoment(Random random) throws Exception {
        Lakeful.copyWaiting(Lakeful.waiting(folder.resolve("lake"), random.nextLong(), 2, 60), lake);
        LocalStore expected = expected();
        String event = arrived(Lakeful.keys(lake));
        int busy = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (LambdaProcess function = transform()) {
                function.awaitReady();
                function.send(event);
                Thread.sleep(random.nextInt(LONGEST_RUN));
                busy += function.isBusy() ? 1 : 0;
                function.kill();
            }
            letLeasesExpire();
        }
        System.out.println("S3ZipTest: " + busy + " of " + KILLS + " kills met a busy function");
        try (LambdaProcess function = transform()) {
            assertThat(function.invoke(event)).isEqualTo(ALL_DONE);
        }
        assertThat(Lakeful.contents(lake)).isEqualTo(Lakeful.contents(expected));
    }

    /** Half a minute later those of a killed process count for nothing; deleted, they do so at once. */
    private void letLeasesExpire() throws IOException {
        for (ObjectInfo info : lake.list("_chartlake/")) {
            if (info.key().endsWith(".lease")) {
                lake.delete(info.key());
            }
        }
    }

    @Test
    @Thorough
    void howLongTheFirstAndTheNextChartTake() throws Exception {
        someHistory();
        long asked = timeOfOneRequest();
        String first = chart(LocalDate.of(2026, 10, 1));
        long begun = System.nanoTime();
        try (LambdaProcess function = transform()) {
            function.awaitReady();
            long ready = System.nanoTime();
            assertThat(function.invoke(first)).isEqualTo(ALL_DONE);
            long done = System.nanoTime();
            Duration processor = function.processorTime();
            List<Long> warm = new ArrayList<>();
            for (int day = 2; day <= NEXT; day++) {
                String event = chart(LocalDate.of(2026, 10, day));
                long begin = System.nanoTime();
                assertThat(function.invoke(event)).isEqualTo(ALL_DONE);
                warm.add(millis(System.nanoTime() - begin));
            }
            Collections.sort(warm);
            System.out.println("S3ZipTest: one request takes " + asked + " us, set up in " + millis(ready - begun)
                    + " ms, first chart in " + millis(done - ready) + " ms, processor time of both "
                    + processor.toMillis() + " ms, next charts in " + warm + " ms, memory "
                    + function.peakMegabytes() + " MB");
            assertThat(function.peakMegabytes()).isLessThan(512);
        }
        assertThat(lake.files("transformed_data/_days/")).hasSize(HISTORY + NEXT);
    }

    /** Days, which a function looks back at; and a server that has worked for a while. */
    private void someHistory() throws IOException {
        Transformer transformer = new Transformer(lake, new ParquetFormat(), 1, 64 << 20);
        for (int day = 1; day <= HISTORY; day++) {
            LocalDate date = LocalDate.of(2026, 9, day);
            chart(date);
            assertThat(transformer.runWaiting(date)).isPresent();
        }
    }

    private long timeOfOneRequest() throws IOException {
        int times = Depth.of(50, 500);
        long begun = System.nanoTime();
        for (int i = 0; i < times; i++) {
            lake.read("transformed_data/_days/2026-09-01.json");
        }
        return (System.nanoTime() - begun) / times / 1000;
    }

    private static long millis(long nanos) {
        return Duration.ofNanos(nanos).toMillis();
    }

    private String chart(LocalDate date) throws IOException {
        String id = Answers.list("chart");
        String key = "raw_data/to_process/" + date + "/spotify-web-api/" + id + "/120000Z.json";
        int first = date.getDayOfYear();
        lake.put(
                key,
                Answers.page(id, Answers.rows(Dialect.LEGACY, first, first + 50))
                        .getBytes(StandardCharsets.UTF_8));
        return arrived(List.of(key));
    }
}
