package dev.chartlake.aws.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import dev.chartlake.store.StoreException;
import dev.chartlake.store.StoreException.Kind;
import dev.chartlake.testkit.S3Server;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Thorough;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What a lake on S3 does when requests fail, processes die or stand still, and objects are large. */
class S3FaultsTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final String MANIFEST = "t/_days/m.json";

    /** The smallest parts that S3 takes. */
    private static final int PART = 5 << 20;

    private static S3Server server;
    private static S3Client client;
    private S3Address address;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.shared();
        client = server.client();
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @BeforeEach
    void newLake() {
        address = S3Address.parse("s3://lakes/" + UUID.randomUUID());
    }

    private S3Store store(S3Client with) {
        return new S3Store(with, address, LEASE, S3Store.SINGLE, PART);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ObjectStore store, String key) throws IOException {
        try (InputStream in = store.open(key)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static boolean commit(
            ObjectStore store, Map<String, String> parts, String manifest, @Nullable String expected)
            throws IOException {
        List<Publish> publish = new ArrayList<>();
        try {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                Staged staged = store.stage();
                staged.out().write(bytes(part.getValue()));
                publish.add(new Publish(staged, part.getKey()));
            }
            return store.commit(publish, Set.of(), MANIFEST, bytes(manifest), expected);
        } finally {
            for (Publish part : publish) {
                part.staged().close();
            }
        }
    }

    private static Map<String, String> parts(String text) {
        Map<String, String> parts = new TreeMap<>();
        for (String table : List.of("a", "b", "c")) {
            parts.put("t/" + table, table + text);
        }
        return parts;
    }

    private static @Nullable String version(ObjectStore store) throws IOException {
        return store.read(MANIFEST).map(ObjectStore.Versioned::version).orElse(null);
    }

    private void assertHolds(String text) throws IOException {
        ObjectStore store = store(client);
        for (Map.Entry<String, String> part : parts(text).entrySet()) {
            assertThat(text(store, part.getKey())).isEqualTo(part.getValue());
        }
        assertThat(text(store, MANIFEST)).isEqualTo(text);
    }

    /** A client whose process dies at its request of this number: nothing that comes later is sent. */
    private static S3Client dying(int at, boolean sent) {
        AtomicInteger number = new AtomicInteger();
        return Faulty.client(client, (operation, request) -> {
            int mine = number.incrementAndGet();
            if (mine < at) {
                return request.send();
            }
            if (mine == at && sent) {
                request.send();
            }
            throw new IllegalStateException("dead");
        });
    }

    /**
     * Killed at each of its requests, before it was sent or after, a commit and a move can be done again; in the short form at
     * every fourth, from a random one on.
     */
    @Test
    @Thorough
    @Timeout(Hang.SECONDS)
    void aCommitAndAMoveThatDieAtAnyRequestCanBeRepeated() throws Exception {
        int died = 0;
        int step = Depth.of(4, 1);
        for (int at = 1 + ThreadLocalRandom.current().nextInt(step); at < 60; at += step) {
            for (boolean sent : new boolean[] {false, true}) {
                newLake();
                S3Store good = store(client);
                assertThat(commit(good, parts("old"), "old", null)).isTrue();
                good.put("from/1", bytes("one"));
                good.put("from/2", bytes("two"));
                String before = version(good);
                S3Store dying = store(dying(at, sent));
                boolean dead = false;
                try {
                    commit(dying, parts("new"), "new", before);
                    dying.move("from/", "to/", Set.of("1", "2"));
                } catch (IllegalStateException e) {
                    dead = true;
                    died++;
                }
                assertThat(text(good, MANIFEST)).isIn("old", "new");
                assertThat(names(good, "from/", "to/")).contains("1", "2");
                // The next run, after the lease is over, finds what there is.
                for (ObjectInfo lease : good.list("_chartlake/")) {
                    good.delete(lease.key());
                }
                assertThat(commit(good, parts("new"), "new", version(good))).isTrue();
                good.move("from/", "to/", Set.of("1", "2"));
                assertHolds("new");
                assertThat(names(good, "from/")).isEmpty();
                assertThat(text(good, "to/1") + text(good, "to/2")).isEqualTo("onetwo");
                if (!dead) {
                    assertThat(died).as("requests in which it died").isGreaterThan(20 / step - 2);
                    return;
                }
            }
        }
        throw new AssertionError("never got through");
    }

    private static List<String> names(ObjectStore store, String... folders) throws IOException {
        List<String> names = new ArrayList<>();
        for (String folder : folders) {
            for (ObjectInfo object : store.list(folder)) {
                names.add(object.key().substring(folder.length()));
            }
        }
        return names;
    }

    /** A committer stands still between its check and its parts, and another process commits meanwhile. */
    @Test
    @Timeout(Hang.SECONDS)
    void aCommitterThatStoodStillChangesNothing() throws Exception {
        S3Store other = store(client);
        assertThat(commit(other, parts("old"), "old", null)).isTrue();
        String before = version(other);
        AtomicInteger puts = new AtomicInteger();
        S3Client standing = Faulty.client(client, (operation, request) -> {
            if (operation.equals("putObject " + address.prefix() + "t/a") && puts.incrementAndGet() == 1) {
                for (Map.Entry<String, String> part : parts("new").entrySet()) {
                    other.put(part.getKey(), bytes(part.getValue()));
                }
                other.put(MANIFEST, bytes("new"));
            }
            return request.send();
        });
        assertThat(commit(store(standing), Map.of("t/a", "alate"), "late", before))
                .isFalse();
        assertHolds("new");
    }

    /** The answer to a write is lost, and the SDK repeats it: the object that is in the way is our own. */
    @Test
    void aManifestWhoseAnswerWasLostIsCommitted() throws Exception {
        S3Store good = store(client);
        AtomicInteger puts = new AtomicInteger();
        S3Client lossy = Faulty.client(client, (operation, request) -> {
            if (operation.equals("putObject " + address.prefix() + MANIFEST)) {
                puts.incrementAndGet();
                request.send();
            }
            return request.send();
        });
        assertThat(commit(store(lossy), parts("new"), "new", null)).isTrue();
        assertHolds("new");
        assertThat(puts).hasValue(1);
        assertThat(good.list("_chartlake/")).isEmpty();
    }

    @Test
    @Timeout(Hang.SECONDS)
    void theLeaseOfAKilledProcessIsTakenOverWhenItIsOld() throws Exception {
        S3Store store = store(client);
        store.put("_chartlake/transform.lease", bytes("killed"));
        long start = System.nanoTime();
        try (Closeable alone = store.exclusive("transform")) {
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(LEASE.minusMillis(1_100)); // S3's clock has whole seconds
            assertThat(text(store, "_chartlake/transform.lease")).isNotEqualTo("killed");
        }
        assertThat(store.list("_chartlake/")).isEmpty();
    }

    @Test
    @Timeout(Hang.SECONDS)
    void aLeaseIsRenewedWhileItIsHeld() throws Exception {
        S3Store store = store(client);
        try (Closeable alone = store.exclusive("transform")) {
            String first = text(store, "_chartlake/transform.lease");
            while (text(store, "_chartlake/transform.lease").equals(first)) {
                Thread.sleep(50);
            }
        }
    }

    /** Whoever holds a manifest's name commits without another lease, and others wait for it. */
    @Test
    @Timeout(Hang.SECONDS)
    void aCommitUsesTheLeaseOfItsManifestThatIsHeld() throws Exception {
        // Long enough not to be renewed meanwhile.
        S3Store store = new S3Store(client, address, Hang.LIMIT.multipliedBy(6), S3Store.SINGLE, PART);
        String lease = "_chartlake/commit/" + MANIFEST + ".lease";
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> other;
            try (ObjectStore.Exclusive alone = store.exclusive(ObjectStore.committing(MANIFEST))) {
                assertThat(alone.waited()).isFalse();
                String held = text(store, lease);
                S3Store elsewhere = store(client);
                other = thread.submit(() -> commit(elsewhere, parts("other"), "other", null));
                assertThat(commit(store, parts("new"), "new", null)).isTrue();
                assertThat(text(store, lease)).isEqualTo(held);
            }
            assertThat(other.get()).isFalse();
            assertHolds("new");
            assertThat(store.list("_chartlake/")).isEmpty();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    @Timeout(Hang.SECONDS)
    void aCommitTakesItsManifestsLeaseAgainThatWasLost() throws Exception {
        S3Store store = store(client);
        try (ObjectStore.Exclusive alone = store.exclusive(ObjectStore.committing(MANIFEST))) {
            store.put("_chartlake/commit/" + MANIFEST + ".lease", bytes("of another process"));
            Thread.sleep(LEASE.toMillis());
            assertThat(commit(store, parts("new"), "new", null)).isTrue();
            assertThat(alone.waited()).isTrue();
        }
        assertHolds("new");
        assertThat(store.list("_chartlake/")).isEmpty();
    }

    /** Whoever has lost a lease leaves it to its new holder. */
    @Test
    @Timeout(Hang.SECONDS)
    void aLostLeaseIsNotDeleted() throws Exception {
        S3Store store = store(client);
        try (Closeable alone = store.exclusive("transform")) {
            store.put("_chartlake/transform.lease", bytes("of another process"));
            Thread.sleep(LEASE.toMillis());
        }
        assertThat(text(store, "_chartlake/transform.lease")).isEqualTo("of another process");
    }

    @Test
    void largeObjectsGoInPartsAndAreMovedInParts() throws Exception {
        // A server that takes as much in one request as S3 does, only less.
        S3Client small = Faulty.client(client, (operation, request) -> {
            if (operation.startsWith("copyObject")) {
                throw S3Exception.builder()
                        .statusCode(400)
                        .awsErrorDetails(AwsErrorDetails.builder()
                                .errorCode("InvalidRequest")
                                .errorMessage(
                                        "The specified copy source is larger than the maximum allowable size for a copy"
                                                + " source: 5368709120")
                                .build())
                        .build();
            }
            return request.send();
        });
        S3Store store = new S3Store(small, address, LEASE, PART, PART);
        byte[] large = new byte[2 * PART + 4_711];
        new Random(4711).nextBytes(large);
        try (Staged staged = store.stage()) {
            staged.out().write(large);
            assertThat(store.putNew("from/large", staged)).isTrue();
            assertThat(store.putNew("from/large", staged)).isFalse();
        }
        store.move("from/", "to/", Set.of("large"));
        assertThat(store.list("from/")).isEmpty();
        try (InputStream in = store.open("to/large")) {
            assertThat(in.readAllBytes()).isEqualTo(large);
        }
        assertThat(client.listMultipartUploads(to -> to.bucket("lakes")).uploads())
                .isEmpty();
    }

    @Test
    void aReaderThatStopsEarlyGivesItsConnectionBack() throws Exception {
        for (S3Store store : both(client, S3Server.ACCESS_KEY, S3Server.SECRET_KEY, server.endpoint(), address)) {
            store.put("a", new byte[2 << 20]);
            for (int i = 0; i < 100; i++) { // more than there are connections
                try (InputStream in = store.open("a")) {
                    assertThat(in.read()).isZero();
                }
            }
        }
    }

    // ---- What users are told

    private static S3Client as(URI endpoint, String key, String secret) {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.EU_NORTH_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)))
                .build();
    }

    /** By the SDK and without it. */
    private List<S3Store> both(S3Client client, String key, String secret, URI endpoint, S3Address address) {
        return List.of(new S3Store(client, address), rest(endpoint, key, secret, address));
    }

    private S3Store rest(URI endpoint, String key, String secret, S3Address address) {
        return new S3Store(
                new RestRequests(RestStoreTest.endpoint(endpoint, key, secret, address), pause -> {}),
                address,
                LEASE,
                S3Store.SINGLE,
                PART);
    }

    private interface Action {
        void on(ObjectStore store) throws Exception;
    }

    private static List<Action> actions() {
        return List.of(
                store -> store.list("raw_data/"),
                store -> store.folders("raw_data/"),
                store -> store.find("raw_data/x"),
                store -> store.read("raw_data/x"),
                store -> store.open("raw_data/x"),
                store -> store.delete("raw_data/x"),
                store -> store.put("raw_data/x", bytes("x")),
                store -> store.move("raw_data/", "b/", Set.of("x")),
                store -> store.exclusive("transform"),
                store -> store.commit(List.of(), Set.of(), MANIFEST, bytes("x"), null));
    }

    @Test
    void aMissingBucketIsNotAMissingObject() throws Exception {
        S3Address nowhere = S3Address.parse("s3://no-such-bucket/lake");
        for (S3Store store : both(client, S3Server.ACCESS_KEY, S3Server.SECRET_KEY, server.endpoint(), nowhere)) {
            for (Action action : actions()) {
                assertThatThrownBy(() -> action.on(store))
                        .isInstanceOfSatisfying(
                                StoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION))
                        .isNotInstanceOf(MissingObjectException.class)
                        .hasMessageContaining("No bucket")
                        .hasMessageContaining("aws s3 mb s3://no-such-bucket");
            }
        }
    }

    @Test
    void wrongCredentialsAreToldWithoutShowingThem() throws Exception {
        for (List<String> keys : List.of(
                List.of(S3Server.ACCESS_KEY, "wrong-secret-never-shown"),
                List.of("AKIAUNKNOWNUNKNOWN", "another-secret-never-shown"))) {
            try (S3Client refused = as(server.endpoint(), keys.get(0), keys.get(1))) {
                for (S3Store store : both(refused, keys.get(0), keys.get(1), server.endpoint(), address)) {
                    for (Action action : actions()) {
                        assertThatThrownBy(() -> action.on(store))
                                .isInstanceOfSatisfying(
                                        StoreException.class,
                                        e -> assertThat(e.kind()).isEqualTo(Kind.SIGN_IN))
                                .hasMessageContaining("s3://lakes/")
                                .message()
                                .doesNotContain("never-shown", "AKIA");
                    }
                }
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsUnreachable() throws Exception {
        URI endpoint = URI.create("http://127.0.0.1:9");
        try (S3Client nobody = as(endpoint, "a", "b")) {
            for (S3Store store : both(nobody, "a", "b", endpoint, address)) {
                assertThatThrownBy(() -> store.find("x"))
                        .isInstanceOf(IOException.class)
                        .isNotInstanceOf(MissingObjectException.class)
                        .isNotInstanceOf(StoreException.class)
                        .hasMessageContaining("cannot be reached")
                        .hasMessageContaining("s3://lakes/")
                        .hasCauseInstanceOf(SdkClientException.class);
            }
        }
    }

    @Test
    void addressesAreReadAndWrongOnesQuoted() {
        assertThat(S3Address.parse("s3://my-bucket")).isEqualTo(new S3Address("my-bucket", ""));
        assertThat(S3Address.parse("s3://my-bucket/")).hasToString("s3://my-bucket");
        assertThat(S3Address.parse("s3://my-bucket//a/b/")).isEqualTo(new S3Address("my-bucket", "a/b/"));
        for (String wrong : List.of("s3://", "s3:///x", "s3://a b/x", "s3://bucket/a/../b", "my-bucket")) {
            assertThatThrownBy(() -> S3Address.parse(wrong))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(wrong);
        }
    }
}
