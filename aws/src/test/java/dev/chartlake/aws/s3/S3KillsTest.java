package dev.chartlake.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.aws.lambda.Lakeful;
import dev.chartlake.aws.s3.Wire.Fate;
import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import dev.chartlake.testkit.S3Server;
import dev.chartlake.transform.Transformer;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Thorough;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/** The transform of a day, whatever becomes of one of its requests. */
class S3KillsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final int LEAST_REQUESTS = 40;

    /** Far more than there are. */
    private static final int MOST_REQUESTS = 150;

    /** In the short form, only every sixteenth request is tried, from a random one on. */
    private static final int STEP = Depth.of(16, 1);

    private static S3Server server;

    @TempDir
    Path folder;

    private final Map<String, byte[]> before = new HashMap<>();
    private Map<String, String> expected = Map.of();
    private S3Address address = S3Address.parse("s3://lakes");

    private enum By {
        REST,
        SDK
    }

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.shared();
    }

    /** A day that was committed as CSV, and for which two lists and a broken file have arrived since. */
    @BeforeEach
    void aDay() throws Exception {
        LocalStore local = new LocalStore(folder);
        arrives(local, "first", page("first", 40));
        assertThat(new Transformer(local, new CsvFormat(), 1, 64 << 20).runWaiting(DAY))
                .isPresent();
        arrives(local, "second", page("second", 60));
        arrives(local, "third", page("third", 20));
        arrives(local, "broken", page("broken", 9).substring(0, 3000));
        for (String prefix : List.of("raw_data/", "transformed_data/")) {
            for (ObjectInfo info : local.list(prefix)) {
                try (InputStream in = local.open(info.key())) {
                    before.put(info.key(), in.readAllBytes());
                }
            }
        }
        assertThat(transform(local)).isTrue();
        expected = Lakeful.contents(local);
    }

    private static void arrives(ObjectStore store, String list, String page) throws IOException {
        store.put(
                "raw_data/to_process/" + DAY + "/spotify-web-api/" + Answers.list(list) + "/120000Z.json",
                page.getBytes(StandardCharsets.UTF_8));
    }

    private static String page(String list, int songs) {
        return Answers.page(Answers.list(list), Answers.rows(Dialect.LEGACY, 0, songs));
    }

    /** As a function does it; false if the day failed. */
    private static boolean transform(ObjectStore store) {
        try {
            return new Transformer(store, new ParquetFormat(), 1, 64 << 20)
                    .runWaiting(DAY)
                    .map(result -> !result.days().isEmpty())
                    .orElse(true);
        } catch (IOException e) {
            return false;
        }
    }

    private RestRequests rest(URI endpoint) {
        return new RestRequests(
                RestStoreTest.endpoint(endpoint, S3Server.ACCESS_KEY, S3Server.SECRET_KEY, address), pause -> {});
    }

    private S3Store store(S3Requests requests) {
        return new S3Store(requests, address, LEASE, S3Store.SINGLE, S3Store.SINGLE);
    }

    /** One that does not wait between tries, because it makes only one. */
    private static S3Client sdk(URI endpoint) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(S3Server.ACCESS_KEY, S3Server.SECRET_KEY)))
                .overrideConfiguration(options -> options.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .build();
    }

    private S3Store newLake() throws IOException {
        address = S3Address.parse("s3://lakes/" + UUID.randomUUID());
        S3Store good = store(rest(server.endpoint()));
        Parallel.each(before.entrySet(), object -> good.put(object.getKey(), object.getValue()));
        return good;
    }

    private static int first() {
        return 1 + ThreadLocalRandom.current().nextInt(STEP);
    }

    /** The state of a run. */
    private record Ran(boolean done, int requests) {}

    private Ran run(By client, IntFunction<Fate> fates) throws IOException {
        try (Wire wire = new Wire(server.endpoint(), fates)) {
            if (client == By.REST) {
                return new Ran(transform(store(rest(wire.endpoint()))), wire.requests());
            }
            try (S3Client sdk = sdk(wire.endpoint())) {
                return new Ran(transform(store(new SdkRequests(sdk, address.bucket()))), wire.requests());
            }
        }
    }

    /**
     * From its request of some number on, which S3 gets or does not, nothing is sent or answered any more. By the SDK S3
     * always gets it, which leaves more to be put right.
     */
    @ParameterizedTest
    @Thorough
    @EnumSource(By.class)
    @Timeout(Hang.SECONDS)
    void killedAtAnyRequestAndRunAgainItIsThatOfALocalRun(By client) throws Exception {
        for (Fate last :
                client == By.REST ? List.of(Fate.LOST, Fate.DONE_BUT_UNANSWERED) : List.of(Fate.DONE_BUT_UNANSWERED)) {
            int at = first();
            while (true) {
                int death = at;
                S3Store good = newLake();
                Ran ran = run(client, number -> number < death ? Fate.ANSWERED : number == death ? last : Fate.LOST);
                for (ObjectInfo lease : good.list("_chartlake/")) {
                    good.delete(lease.key()); // as half a minute later
                }
                assertThat(transform(good)).isTrue();
                assertThat(Lakeful.contents(good))
                        .as("%s killed at request %d, %s", client, death, last)
                        .isEqualTo(expected);
                assertThat(at).isLessThan(MOST_REQUESTS);
                if (ran.requests() < death) {
                    break;
                }
                at += STEP;
            }
            assertThat(at).isGreaterThan(LEAST_REQUESTS);
        }
    }

    /** What is sent again because nobody answered has been done already. */
    @Test
    @Thorough
    @Timeout(Hang.SECONDS)
    void anyAnswerMayBeLost() throws Exception {
        int at = first();
        while (true) {
            int lost = at;
            S3Store good = newLake();
            Ran ran = run(By.REST, number -> number == lost ? Fate.DONE_BUT_UNANSWERED : Fate.ANSWERED);
            assertThat(ran.done()).as("answer %d was lost", lost).isTrue();
            assertThat(Lakeful.contents(good)).as("answer %d was lost", lost).isEqualTo(expected);
            if (ran.requests() < lost) {
                break;
            }
            at += STEP;
        }
        assertThat(at).isGreaterThan(LEAST_REQUESTS);
    }
}
