package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.chartlake.store.MissingObjectException;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Reply;
import dev.chartlake.store.ObjectStore.Staged;
import dev.chartlake.store.ObjectStore.Versioned;
import dev.chartlake.trials.Depth;
import dev.chartlake.trials.Hang;
import dev.chartlake.trials.Thorough;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ObjectStore} promises. A store supplies an empty lake for each test. */
public abstract class ObjectStoreContract {

    private static final int THREADS = 16;

    /** How long threads get in each other's way. */
    protected static final Duration SHORT = Duration.ofMillis(Depth.of(400, 1_500));

    /** A store on the lake of this test; every call gives another instance on the same lake. */
    protected abstract ObjectStore store() throws IOException;

    /** Puts {@code size} objects below {@code prefix}. A store that writes slowly may do so in another way. */
    protected void fill(String prefix, int size) throws IOException {
        ObjectStore store = store();
        for (int i = 0; i < size; i++) {
            store.put(prefix + String.format("%05d.json", i), bytes("x"));
        }
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    protected static List<String> keys(List<ObjectInfo> objects) {
        return objects.stream().map(ObjectInfo::key).toList();
    }

    protected static String text(ObjectStore store, String key) throws IOException {
        try (InputStream in = store.open(key)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    protected static Staged staged(ObjectStore store, String text) throws IOException {
        Staged staged = store.stage();
        try (OutputStream out = staged.out()) {
            out.write(bytes(text));
        }
        return staged;
    }

    /** Publishes one text at a key. */
    private static boolean putNew(ObjectStore store, String key, String text) throws IOException {
        try (Staged staged = staged(store, text)) {
            return store.putNew(key, staged);
        }
    }

    /** Starts all at once and gives what each returned. */
    protected static <T> List<T> together(List<Callable<T>> all) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(all.size());
        CountDownLatch start = new CountDownLatch(1);
        try {
            List<Future<T>> running = new ArrayList<>();
            for (Callable<T> each : all) {
                running.add(threads.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> each : running) {
                results.add(each.get(Hang.SECONDS, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }

    // ---- Single objects

    @Test
    void anObjectIsThereUntilItIsDeleted() throws Exception {
        ObjectStore store = store();
        Instant before = Instant.now();
        store.put("a/b.json", bytes("one"));
        assertThat(text(store, "a/b.json")).isEqualTo("one");
        ObjectInfo info = store.find("a/b.json").orElseThrow();
        assertThat(info.key()).isEqualTo("a/b.json");
        assertThat(info.size()).isEqualTo(3);
        assertThat(info.modifiedAt()).isBetween(before.minusSeconds(60), before.plusSeconds(60));
        store.put("a/b.json", bytes("three"));
        assertThat(text(store(), "a/b.json")).isEqualTo("three");
        store.delete("a/b.json");
        store.delete("a/b.json");
        assertThat(store.find("a/b.json")).isEmpty();
        assertThat(store.list("a/")).isEmpty();
    }

    @Test
    void manyAreDeletedAndTheirFoldersAreNoLongerThere() throws Exception {
        ObjectStore store = store();
        for (String key : List.of("a/x/1", "a/x/2", "a/x/y/3", "a/z/4", "a/5")) {
            store.put(key, bytes(key));
        }
        store.deleteAll("a/", List.of("a/x/1", "a/x/y/3", "a/z/4", "a/none/6"));
        assertThat(store.list("a/").stream().map(ObjectInfo::key)).containsExactly("a/5", "a/x/2");
        assertThat(store.folders("a/")).containsExactly("x");
        assertThat(store.folders("a/x/")).isEmpty();
        store.deleteAll("a/", List.of("a/5", "a/x/2", "a/x/1"));
        store.deleteAll("a/", List.of());
        assertThat(store.folders("a/")).isEmpty();
        store.put("a/x/1", bytes("again"));
        assertThat(text(store, "a/x/1")).isEqualTo("again");
    }

    @Test
    void aCommitIsTakenBackIfItsManifestIsTheOneExpected() throws Exception {
        ObjectStore store = store();
        store.put("days/1.json", bytes("old"));
        store.put("t/day=1/part", bytes("rows"));
        store.put("t/day=2/part", bytes("rows"));
        String old = store.read("days/1.json").orElseThrow().version();
        store.put("days/1.json", bytes("newer"));
        assertThat(store.retract("t/", List.of("t/day=1/part"), "days/1.json", old))
                .isFalse();
        assertThat(store.retract("t/", List.of("t/day=1/part"), "days/1.json", null))
                .isFalse();
        assertThat(store.find("t/day=1/part")).isPresent();
        String newer = store.read("days/1.json").orElseThrow().version();
        assertThat(store.retract("t/", List.of("t/day=1/part"), "days/1.json", newer))
                .isTrue();
        assertThat(store.find("days/1.json")).isEmpty();
        assertThat(store.folders("t/")).containsExactly("day=2");
        assertThat(store.retract("t/", List.of("t/day=2/part"), "days/1.json", null))
                .isTrue();
        assertThat(store.list("t/")).isEmpty();
    }

    @Test
    void whatIsNotThereIsMissingAndNotAFailure() throws Exception {
        ObjectStore store = store();
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> store.open("a/b.json"))
                    .isInstanceOf(MissingObjectException.class)
                    .hasMessageContaining("a/b.json")
                    .hasMessageContaining(store.name());
            assertThat(store.find("a/b.json")).isEmpty();
            assertThat(store.read("a/b.json")).isEmpty();
            assertThat(store.list("b/")).isEmpty();
            assertThat(store.files("b/")).isEmpty();
            assertThat(store.folders("b/")).isEmpty();
            store.delete("b/c.json");
            store.move("b/", "c/", Set.of("x"));
            store.put("a/other.json", bytes("")); // now the folder is there
        }
        assertThat(store.find("a")).as("a folder is no object").isEmpty();
    }

    @Test
    void anEmptyObjectIsAnObject() throws Exception {
        ObjectStore store = store();
        store.put("a/empty", new byte[0]);
        assertThat(store.find("a/empty").orElseThrow().size()).isZero();
        assertThat(text(store, "a/empty")).isEmpty();
        assertThat(store.read("a/empty").orElseThrow().bytes()).isEmpty();
    }

    @Test
    void versionsTellContentsApart() throws Exception {
        ObjectStore store = store();
        List<String> versions = new ArrayList<>();
        for (String text : List.of("", "a", "b", "aa", "{\"n\":1}", "{\"n\":2}")) {
            store.put("m", bytes(text));
            ObjectStore.Versioned read = store.read("m").orElseThrow();
            assertThat(read.bytes()).isEqualTo(bytes(text));
            assertThat(store().read("m").orElseThrow().version()).isEqualTo(read.version());
            versions.add(read.version());
        }
        assertThat(versions).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "/etc/passwd", "..", "a/../.."})
    void keysThatLeadOutOfTheLakeAreRefused(String key) throws Exception {
        ObjectStore store = store();
        store.put("a/b", bytes("b"));
        List<Action> actions = List.of(
                () -> store.put(key, bytes("x")),
                () -> store.open(key).close(),
                () -> store.find(key),
                () -> store.read(key),
                () -> store.delete(key),
                () -> store.list(key),
                () -> store.files(key),
                () -> store.lastFiles(key, any -> true, 1),
                () -> store.folders(key),
                () -> putNew(store, key, "x"),
                () -> store.commit(List.of(), Set.of(), key, bytes("x"), null),
                () -> store.move("a/", key, Set.of("b")),
                () -> store.move(key, "c/", Set.of("b")));
        for (Action action : actions) {
            assertThatThrownBy(action::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(key);
        }
        assertThat(text(store, "a/b")).isEqualTo("b");
    }

    private interface Action {
        void run() throws Exception;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spotify_raw_2023-05-19 10:44:00.123456.json",
                "Topp 50 – Norge (1).json",
                "käse/音楽 🎵.json",
                "100%25.json",
                "a+b&c=d;e.json",
                "#1?x.json",
                "'quoted' [x] {y}.json",
                " leading.json",
                "Ünï.JSON"
            })
    void keysMayBeWhatPeopleCallFiles(String name) throws Exception {
        ObjectStore store = store();
        store.put("raw_data/to_process/" + name, bytes(name));
        assertThat(keys(store.list("raw_data/"))).containsExactly("raw_data/to_process/" + name);
        assertThat(text(store, "raw_data/to_process/" + name)).isEqualTo(name);
        assertThat(store.find("raw_data/to_process/" + name)).isPresent();
        store.move("raw_data/to_process/", "raw_data/processed/", Set.of(name));
        assertThat(keys(store.list("raw_data/"))).containsExactly("raw_data/processed/" + name);
        store.delete("raw_data/processed/" + name);
        assertThat(store.list("raw_data/")).isEmpty();
    }

    // ---- Listings

    @Test
    void listingsAreSortedAndComplete() throws Exception {
        ObjectStore store = store();
        List<String> all = List.of("l/2/a", "l/10/a", "l/a", "l/b/c/d", "l/b.json", "l/B", "lx/a", "l-2/a", "other");
        for (String key : all) {
            store.put(key, bytes(key));
        }
        assertThat(keys(store.list("l/"))).containsExactly("l/10/a", "l/2/a", "l/B", "l/a", "l/b.json", "l/b/c/d");
        assertThat(keys(store.files("l/"))).containsExactly("l/B", "l/a", "l/b.json");
        assertThat(store.folders("l/")).containsExactly("10", "2", "b");
        assertThat(keys(store.lastFiles("l/", name -> true, 2))).containsExactly("l/a", "l/b.json");
        assertThat(keys(store.lastFiles("l/", name -> !name.startsWith("b"), 5)))
                .containsExactly("l/B", "l/a");
        assertThat(store.lastFiles("none/", name -> true, 2)).isEmpty();
        assertThat(store.list("l/"))
                .allSatisfy(info -> assertThat(info.size()).isEqualTo(info.key().length()));
    }

    @Test
    @Thorough
    void listingsMayBeLong() throws Exception {
        int many = Depth.of(1_050, 5_000);
        fill("raw_data/to_process/2026-11-21/spotify-web-api/x/", many);
        List<String> expected = IntStream.range(0, many)
                .mapToObj(i -> String.format("raw_data/to_process/2026-11-21/spotify-web-api/x/%05d.json", i))
                .toList();
        assertThat(keys(store().list("raw_data/"))).isEqualTo(expected);
        assertThat(keys(store().files("raw_data/to_process/2026-11-21/spotify-web-api/x/")))
                .isEqualTo(expected);
    }

    /** Whoever lists sees at least what was there all the time, whatever else comes and goes. */
    @Test
    void listingsLoseNothingWhileOthersComeAndGo() throws Exception {
        fill("d/", 200);
        AtomicBoolean stop = new AtomicBoolean();
        List<Callable<Void>> all = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            int writer = n;
            all.add(() -> {
                ObjectStore store = store();
                for (int i = 0; !stop.get(); i++) {
                    String key = "d/" + i % 200 + "-passing-" + writer;
                    putNew(store, key, "x");
                    store.delete(key);
                }
                return null;
            });
        }
        all.add(() -> {
            try {
                ObjectStore store = store();
                long end = System.nanoTime() + SHORT.toNanos();
                while (System.nanoTime() < end) {
                    assertThat(keys(store.files("d/")).stream().filter(key -> key.endsWith(".json")))
                            .hasSize(200)
                            .isSorted();
                    assertThat(keys(store.list("d/")).stream().filter(key -> key.endsWith(".json")))
                            .hasSize(200)
                            .isSorted();
                }
            } finally {
                stop.set(true);
            }
            return null;
        });
        together(all);
    }

    // ---- Staged objects

    @Test
    void aStagedObjectIsNotThereBeforeItIsPublished() throws Exception {
        ObjectStore store = store();
        try (Staged staged = store.stage()) {
            staged.out().write(bytes("first "));
            staged.out().write(bytes("second"));
            staged.out().close();
            try (InputStream in = staged.in()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes("first second"));
            }
            assertThat(store.list("raw_data/")).isEmpty();
            assertThat(store.list("transformed_data/")).isEmpty();
            assertThat(store.putNew("raw_data/x", staged)).isTrue();
            assertThat(text(store(), "raw_data/x")).isEqualTo("first second");
        }
        assertThat(text(store, "raw_data/x")).isEqualTo("first second");
    }

    @Test
    void aStagedObjectIsDiscardedWhenItIsClosed() throws Exception {
        ObjectStore store = store();
        for (int i = 0; i < 3; i++) {
            try (Staged staged = store.stage()) {
                staged.out().write(bytes("x"));
            }
        }
        assertThat(keys(store.list(""))).isEmpty();
    }

    @Test
    void oneOfManyWinsAKey() throws Exception {
        for (int round = 0; round < 10; round++) {
            String key = "raw_data/to_process/2026-11-2" + round + "/s/l/000000Z.json";
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int n = 0; n < THREADS; n++) {
                String text = ("writer " + n + " ").repeat(1_000);
                ObjectStore store = store();
                all.add(() -> putNew(store, key, text));
            }
            List<Boolean> won = together(all);
            assertThat(won).containsOnlyOnce(true);
            assertThat(text(store(), key)).isEqualTo(("writer " + won.indexOf(true) + " ").repeat(1_000));
        }
        assertThat(keys(store().list("raw_data/"))).hasSize(10);
    }

    @Test
    void aGroupPublishesEachObjectWhoseKeyIsFree() throws Exception {
        ObjectStore store = store();
        store.put("group/00/taken", bytes("first"));
        List<Publish> objects = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Staged staged = i % 2 == 0 ? store.stage(bytes("object " + i)) : staged(store, "object " + i);
            String key = i == 7 ? "group/00/taken" : "group/" + i % 10 + "/" + i;
            objects.add(new Publish(staged, key));
        }
        List<Boolean> published = store.putNew(objects);
        for (int i = 0; i < 40; i++) {
            assertThat(published.get(i)).as(objects.get(i).key()).isEqualTo(i != 7);
            assertThat(text(store(), objects.get(i).key())).isEqualTo(i == 7 ? "first" : "object " + i);
        }
        assertThat(keys(store().list("group/"))).hasSize(40);
        assertThat(store.putNew("group/free", objects.get(7).staged())).isTrue();
        assertThat(text(store(), "group/free")).isEqualTo("object 7");
        for (Publish object : objects) {
            object.staged().close();
        }
        assertThat(text(store(), "group/0/0")).isEqualTo("object 0");
        assertThat(store.putNew(List.of())).isEmpty();
    }

    @Test
    void oneOfAGroupWinsAKey() throws Exception {
        ObjectStore store = store();
        List<Publish> objects = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            objects.add(new Publish(store.stage(bytes("object " + i)), "group/same"));
        }
        List<Boolean> published = store.putNew(objects);
        assertThat(published).containsOnlyOnce(true);
        assertThat(text(store(), "group/same")).isEqualTo("object " + published.indexOf(true));
        for (Publish object : objects) {
            object.staged().close();
        }
    }

    @Test
    void anObjectOfGivenBytesIsDiscardedOrReadLikeAnyOther() throws Exception {
        ObjectStore store = store();
        try (Staged staged = store.stage(bytes("given"));
                InputStream in = staged.in()) {
            assertThat(in.readAllBytes()).isEqualTo(bytes("given"));
        }
        assertThat(keys(store.list(""))).isEmpty();
        try (Staged staged = store.stage(bytes(""))) {
            assertThat(store.putNew("empty", staged)).isTrue();
        }
        assertThat(text(store(), "empty")).isEmpty();
    }

    /** Who has lost a key may publish the same bytes at another one. */
    @Test
    void aRefusedObjectCanBePublishedElsewhere() throws Exception {
        ObjectStore store = store();
        store.put("a", bytes("first"));
        try (Staged staged = staged(store, "second")) {
            assertThat(store.putNew("a", staged)).isFalse();
            try (InputStream in = staged.in()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes("second"));
            }
            assertThat(store.putNew("b", staged)).isTrue();
        }
        assertThat(text(store, "a")).isEqualTo("first");
        assertThat(text(store, "b")).isEqualTo("second");
    }

    @Test
    void aReaderSeesTheOldObjectOrTheNewOne() throws Exception {
        store().put("a/x", bytes("0".repeat(50_000)));
        AtomicBoolean stop = new AtomicBoolean();
        List<Callable<Void>> all = new ArrayList<>();
        all.add(() -> {
            try {
                for (int i = 1; i < 100; i++) {
                    store().put("a/x", bytes(String.valueOf(i % 10).repeat(50_000 + i)));
                }
            } finally {
                stop.set(true);
            }
            return null;
        });
        for (int n = 0; n < 2; n++) {
            all.add(() -> {
                ObjectStore store = store();
                while (!stop.get()) {
                    String text = text(store, "a/x");
                    assertThat(text).hasSizeGreaterThanOrEqualTo(50_000);
                    assertThat(text.chars().distinct().count()).isEqualTo(1);
                    assertThat(store.find("a/x")).isPresent();
                    byte[] read = store.read("a/x").orElseThrow().bytes();
                    assertThat(new String(read, StandardCharsets.UTF_8)
                                    .chars()
                                    .distinct()
                                    .count())
                            .isEqualTo(1);
                }
                return null;
            });
        }
        together(all);
    }

    // ---- Commits

    /** Commits parts with these texts. */
    protected static boolean commit(
            ObjectStore store,
            Map<String, String> parts,
            Set<String> obsolete,
            String manifest,
            @Nullable String expected)
            throws IOException {
        List<Publish> publish = new ArrayList<>();
        try {
            for (Map.Entry<String, String> part : parts.entrySet()) {
                publish.add(new Publish(staged(store, part.getValue()), part.getKey()));
            }
            return store.commit(publish, obsolete, "t/_days/m.json", bytes(manifest), expected);
        } finally {
            for (Publish part : publish) {
                part.staged().close();
            }
        }
    }

    /** The version of the manifest at {@code t/_days/m.json}; null if there is none. */
    protected static @Nullable String version(ObjectStore store) throws IOException {
        return store.read("t/_days/m.json").map(ObjectStore.Versioned::version).orElse(null);
    }

    @Test
    void aCommitPublishesItsPartsAndRemovesWhatIsObsolete() throws Exception {
        ObjectStore store = store();
        store.put("t/old.csv", bytes("old"));
        assertThat(commit(store, Map.of("t/a/1", "A", "t/b/1", "B"), Set.of("t/old.csv", "t/never"), "one", null))
                .isTrue();
        assertThat(keys(store.list("t/"))).containsExactly("t/_days/m.json", "t/a/1", "t/b/1");
        assertThat(commit(store, Map.of("t/a/1", "AA"), Set.of("t/b/1"), "two", version(store)))
                .isTrue();
        assertThat(keys(store.list("t/"))).containsExactly("t/_days/m.json", "t/a/1");
        assertThat(text(store, "t/a/1")).isEqualTo("AA");
        assertThat(text(store, "t/_days/m.json")).isEqualTo("two");
        assertThat(keys(store.list("")).stream().filter(key -> !key.endsWith(".lock")))
                .containsExactly("t/_days/m.json", "t/a/1");
    }

    @Test
    void aCommitReplacesWholeFolders() throws Exception {
        ObjectStore store = store();
        for (String key : List.of("t/a/1", "t/a/2", "t/a/deeper/3", "t/b/1", "t/c/1", "t/ab")) {
            store.put(key, bytes("old"));
        }
        Map<String, String> parts = Map.of("t/a/1", "A", "t/a/9", "A", "t/d/1", "D");
        assertThat(commit(store, parts, Set.of("t/a/", "t/b/", "t/never/", "t/c/1", "t/d/1"), "one", null))
                .isTrue();
        assertThat(keys(store.list("t/")))
                .containsExactly("t/_days/m.json", "t/a/1", "t/a/9", "t/a/deeper/3", "t/ab", "t/d/1");
        assertThat(text(store, "t/a/1")).isEqualTo("A");
    }

    @Test
    void whatIsBegunIsDoneWhenItsReplyIsThere() throws Exception {
        ObjectStore store = store();
        store.put("a/1", bytes("one"));
        store.put("a/2", bytes("two"));
        Reply<Optional<Versioned>> first = store.begin(() -> store.read("a/1"));
        assertThat(store.<Object>all(List.of(
                        () -> text(store, "a/2"),
                        () -> store.folders("none/"),
                        () -> store.find("a/3"),
                        () -> store.<Object>all(List.of(() -> text(store, "a/1"))))))
                .containsExactly("two", List.of(), Optional.empty(), List.of("one"));
        assertThat(first.get().orElseThrow().bytes()).isEqualTo(bytes("one"));
        Reply<Object> missing = store.begin(() -> store.open("a/3"));
        assertThatThrownBy(missing::get).isInstanceOf(MissingObjectException.class);
        Reply<Object> broken = store.begin(() -> {
            throw new IllegalStateException("broken");
        });
        assertThatThrownBy(broken::get).isInstanceOf(IllegalStateException.class);
    }

    /** Sixty open ones can be more than there are connections. */
    @Test
    void smallObjectsThatAreOpenedAndNotReadHoldNothing() throws Exception {
        ObjectStore store = store();
        store.put("small", new byte[(int) ObjectStore.SMALL]);
        List<Reply<InputStream>> opened = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            opened.add(store.begin(() -> store.open("small")));
        }
        try (InputStream in = opened.get(59).get()) {
            assertThat(in.readAllBytes()).hasSize((int) ObjectStore.SMALL);
        }
        assertThat(store.find("small")).isPresent();
    }

    @Test
    void aCommitOnAnotherVersionChangesNothing() throws Exception {
        ObjectStore store = store();
        assertThat(commit(store, Map.of("t/a", "A"), Set.of(), "one", "no such version"))
                .isFalse();
        assertThat(store.list("t/")).isEmpty();
        assertThat(commit(store, Map.of("t/a", "A"), Set.of(), "one", null)).isTrue();
        String first = version(store);
        for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("x"))) {
            assertThat(commit(store, Map.of("t/a", "B", "t/c", "C"), Set.of("t/a"), "two", wrong.orElse(null)))
                    .isFalse();
            assertThat(keys(store.list("t/"))).containsExactly("t/_days/m.json", "t/a");
            assertThat(text(store, "t/a")).isEqualTo("A");
            assertThat(version(store)).isEqualTo(first);
        }
    }

    @Test
    @Thorough
    void oneOfManyCommitsWinsEachRound() throws Exception {
        for (int round = 0; round < Depth.of(2, 8); round++) {
            String before = version(store());
            List<Callable<Boolean>> all = new ArrayList<>();
            for (int n = 0; n < THREADS; n++) {
                String mark = round + "-" + n;
                all.add(() -> commit(store(), Map.of("t/a", "a" + mark, "t/b", "b" + mark), Set.of(), mark, before));
            }
            List<Boolean> won = together(all);
            assertThat(won).containsOnlyOnce(true);
            String mark = round + "-" + won.indexOf(true);
            assertThat(text(store(), "t/_days/m.json")).isEqualTo(mark);
            assertThat(text(store(), "t/a")).isEqualTo("a" + mark);
            assertThat(text(store(), "t/b")).isEqualTo("b" + mark);
        }
    }

    @Test
    void readersShareAndCanNest() throws Exception {
        ObjectStore store = store();
        commit(store, Map.of(), Set.of(), "one", null);
        try (Closeable outer = store.shared();
                Closeable inner = store.shared();
                Closeable other = together(List.<Callable<Closeable>>of(() -> store().shared()))
                        .get(0)) {
            assertThat(text(store, "t/_days/m.json")).isEqualTo("one");
        }
        assertThat(commit(store, Map.of(), Set.of(), "two", version(store))).isTrue();
    }

    @Test
    void closingALockTwiceReleasesItOnce() throws Exception {
        ObjectStore store = store();
        Closeable exclusive = store.exclusive("job");
        exclusive.close();
        exclusive.close();
        oneAtATime();
    }

    @Test
    void exclusiveLetsOneInAtATime() throws Exception {
        oneAtATime();
    }

    private void oneAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        List<Callable<Void>> all = new ArrayList<>();
        for (int n = 0; n < THREADS; n++) {
            all.add(() -> {
                ObjectStore store = store();
                for (int i = 0; i < 20; i++) {
                    try (Closeable alone = store.exclusive("job")) {
                        assertThat(inside.incrementAndGet()).isEqualTo(1);
                        Thread.yield();
                        inside.decrementAndGet();
                    }
                }
                return null;
            });
        }
        together(all);
    }

    @Test
    void locksOfOtherNamesAndCommitsDoNotWait() throws Exception {
        ObjectStore store = store();
        try (Closeable job = store.exclusive("job");
                Closeable other = store().exclusive("other")) {
            assertThat(commit(store, Map.of("t/a", "A"), Set.of(), "one", null)).isTrue();
            try (Closeable state = store().shared()) {
                assertThat(text(store, "t/a")).isEqualTo("A");
            }
        }
    }

    // ---- Moving

    @Test
    void movesWhatIsNamedAndLeavesTheRest() throws Exception {
        ObjectStore store = store();
        for (boolean targetIsThere : new boolean[] {false, true}) {
            String to = "to" + targetIsThere + "/";
            for (String key : List.of("a/1", "a/2", "a/b/3", "a/b/4", "c/5", "6")) {
                store.put("from/" + key, bytes(key));
            }
            if (targetIsThere) {
                store.put(to + "a/1", bytes("replaced"));
                store.put(to + "a/9", bytes("kept"));
                store.put(to + "8", bytes("kept"));
            }
            store.move("from/", to, Set.of("a/1", "a/b/3", "c/5", "gone/7"));
            assertThat(keys(store.list("from/"))).containsExactly("from/6", "from/a/2", "from/a/b/4");
            List<String> there = new ArrayList<>(List.of(to + "a/1", to + "a/b/3", to + "c/5"));
            there.addAll(targetIsThere ? List.of(to + "8", to + "a/9") : List.of());
            assertThat(keys(store.list(to))).containsExactlyInAnyOrderElementsOf(there);
            assertThat(text(store, to + "a/1")).isEqualTo("a/1");
            // Interrupted or not, it can be done again; and what stayed can follow.
            store.move("from/", to, Set.of("a/1", "a/b/3", "c/5", "gone/7"));
            store.move("from/", to, Set.of("6", "a/2", "a/b/4"));
            assertThat(store.list("from/")).isEmpty();
            assertThat(store.list(to)).hasSize(there.size() + 3);
        }
    }

    /** Objects arrive all the time while a day is put away again and again: none is lost, none twice. */
    @Test
    @Thorough
    void whatArrivesDuringAMoveStaysOrWaits() throws Exception {
        int size = Depth.of(60, 400);
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<Void>> all = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            int writer = n;
            all.add(() -> {
                try {
                    ObjectStore store = store();
                    for (int i = 0; i < size; i++) {
                        String key = "from/l" + i % 3 + "/" + writer + "-" + i;
                        assertThat(putNew(store, key, key)).as(key).isTrue();
                    }
                } finally {
                    done.set(true);
                }
                return null;
            });
        }
        all.add(() -> {
            ObjectStore store = store();
            while (!done.get()) {
                List<String> waiting = keys(store.list("from/")).stream()
                        .map(key -> key.substring("from/".length()))
                        .toList();
                store.move("from/", "to/", Set.copyOf(waiting.subList(0, waiting.size() / 2)));
                if (waiting.size() % 2 == 0) {
                    // The next move finds no folder in its way, and takes the short way.
                    for (ObjectInfo object : store.list("to/")) {
                        store.move("to/", "kept/", Set.of(object.key().substring("to/".length())));
                    }
                }
            }
            return null;
        });
        together(all);
        ObjectStore store = store();
        List<String> found = new ArrayList<>();
        for (String folder : List.of("from/", "to/", "kept/")) {
            for (String key : keys(store.list(folder))) {
                found.add(key.substring(folder.length()));
                assertThat(text(store, key)).isEqualTo("from/" + key.substring(folder.length()));
            }
        }
        List<String> lost = new ArrayList<>(IntStream.range(0, 2 * size)
                .mapToObj(i -> "l" + i / 2 % 3 + "/" + i % 2 + "-" + i / 2)
                .toList());
        lost.removeAll(found);
        assertThat(lost).as("lost").isEmpty();
        assertThat(found).doesNotHaveDuplicates().hasSize(2 * size);
    }
}
