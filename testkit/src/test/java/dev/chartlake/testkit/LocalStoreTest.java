package dev.chartlake.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.store.ObjectStore.Publish;
import dev.chartlake.store.ObjectStore.Staged;
import dev.chartlake.trials.Hang;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lake in a folder keeps the contract, also towards other processes. */
class LocalStoreTest extends ObjectStoreContract {

    @TempDir
    Path folder;

    @Override
    protected ObjectStore store() {
        return new LocalStore(folder.resolve("lake"));
    }

    /** Without waiting for the disk 5,000 times. */
    @Override
    protected void fill(String prefix, int size) throws IOException {
        Path to = Files.createDirectories(folder.resolve("lake").resolve(prefix));
        for (int i = 0; i < size; i++) {
            Files.writeString(to.resolve(String.format("%05d.json", i)), "x");
        }
    }

    /** New folders, folders that are there, two objects of one key, and objects that wait in files; some keys are taken. */
    @Test
    void manyNewFoldersAreFilledAtOnce() throws Exception {
        ObjectStore store = store();
        store.put("days/007/l/a", bytes("first"));
        List<Publish> objects = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String text = "object " + i;
            Staged staged = i % 50 == 49 ? staged(store, text) : store.stage(bytes(text));
            String name = i >= 200 ? "b" : i == 150 ? "a" : i < 100 ? "a" : "c";
            objects.add(new Publish(staged, String.format("days/%03d/l/%s", i == 150 ? 3 : i % 100, name)));
        }
        List<Boolean> published = store.putNew(objects);
        for (int i = 0; i < 300; i++) {
            assertThat(published.get(i)).as(objects.get(i).key()).isEqualTo(i != 7 && i != 150);
            String there = i == 7 ? "first" : i == 150 ? "object 3" : "object " + i;
            assertThat(text(store(), objects.get(i).key())).isEqualTo(there);
        }
        for (Publish object : objects) {
            object.staged().close();
        }
        assertThat(keys(store.list("days/"))).hasSize(299);
        assertThat(folder.resolve("lake/_chartlake/tmp")).isEmptyDirectory();
    }

    /** One of two processes that make the same folders gets each key, and all objects of both are whole. */
    @Test
    void foldersThatTwoMakeAtOnceHoldTheObjectsOfBoth() throws Exception {
        for (int round = 0; round < 5; round++) {
            List<Callable<List<Boolean>>> both = new ArrayList<>();
            for (String writer : List.of("one", "other")) {
                ObjectStore store = store();
                List<Publish> objects = new ArrayList<>();
                for (int i = 0; i < 200; i++) {
                    String name = i % 2 == 0 ? writer : "same";
                    objects.add(new Publish(
                            store.stage(bytes(writer + " " + i)), String.format("r%d/%03d/l/%s", round, i, name)));
                }
                both.add(() -> store.putNew(objects));
            }
            List<List<Boolean>> published = together(both);
            for (int i = 0; i < 200; i++) {
                String at = String.format("r%d/%03d/l/", round, i);
                if (i % 2 == 0) {
                    assertThat(text(store(), at + "one")).isEqualTo("one " + i);
                    assertThat(text(store(), at + "other")).isEqualTo("other " + i);
                } else {
                    assertThat(published.get(0).get(i))
                            .isNotEqualTo(published.get(1).get(i));
                    String winner = published.get(0).get(i) ? "one " : "other ";
                    assertThat(text(store(), at + "same")).isEqualTo(winner + i);
                }
            }
        }
    }

    @Test
    void theFolderIsMadeByTheFirstWrite() throws Exception {
        ObjectStore store = store();
        store.shared().close();
        assertThat(store.list("")).isEmpty();
        assertThat(folder.resolve("lake")).doesNotExist();
        store.put("a", bytes("x"));
        assertThat(folder.resolve("lake/a")).hasContent("x");
    }

    /** As in the contract, but faster than a store writes. */
    @Test
    void listingsLoseNothingWhileFilesComeAndGoQuickly() throws Exception {
        fill("d/", 100);
        Path passing = folder.resolve("lake/d/00050-passing");
        AtomicBoolean stop = new AtomicBoolean();
        together(List.<Callable<Void>>of(
                () -> {
                    while (!stop.get()) {
                        Files.createFile(passing);
                        Files.delete(passing);
                    }
                    return null;
                },
                () -> {
                    try {
                        long end = System.nanoTime() + SHORT.toNanos();
                        while (System.nanoTime() < end) {
                            for (List<String> keys : List.of(keys(store().files("d/")), keys(store().list("d/")))) {
                                assertThat(keys).isSorted().hasSizeBetween(100, 101);
                            }
                        }
                    } finally {
                        stop.set(true);
                    }
                    return null;
                }));
    }

    /** What a process left behind that was killed while it wrote. */
    @Test
    void staleTemporaryFilesAreNotObjects() throws Exception {
        LocalStore store = new LocalStore(folder.resolve("lake"));
        Staged abandoned = staged(store, "half an object");
        store.put("raw_data/a.json", bytes("a"));
        store.put("transformed_data/b", bytes("b"));
        assertThat(keys(store.list("raw_data/"))).containsExactly("raw_data/a.json");
        assertThat(keys(store.list("transformed_data/"))).containsExactly("transformed_data/b");
        assertThat(keys(store.list("_chartlake/tmp/"))).hasSize(1);
        abandoned.close();
        assertThat(store.list("_chartlake/tmp/")).isEmpty();
    }

    @Test
    void aLakeThatCannotBeWrittenCanBeRead() throws Exception {
        store().put("a", bytes("x"));
        if (!folder.resolve("lake").toFile().setWritable(false)) {
            return;
        }
        try (Closeable state = store().shared()) {
            assertThat(text(store(), "a")).isEqualTo("x");
        } finally {
            assertThat(folder.resolve("lake").toFile().setWritable(true)).isTrue();
        }
    }

    /** While {@code shared} is held, every object is of the same commit. */
    @Test
    void aReaderNeverSeesHalfACommit() throws Exception {
        List<String> parts = List.of("t/a", "t/b", "t/c/d");
        commit(store(), of(parts, "0"), Set.of(), "0", null);
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger seen = new AtomicInteger();
        List<Callable<Integer>> all = new ArrayList<>();
        for (int n = 0; n < 2; n++) {
            int writer = n;
            all.add(() -> {
                int commits = 0;
                try {
                    ObjectStore store = store();
                    for (int i = 0; i < 25; i++) {
                        String mark = writer + "." + i;
                        Set<String> obsolete = i % 2 == 0 ? Set.of("t/c/d") : Set.of();
                        List<String> written = i % 2 == 0 ? parts.subList(0, 2) : parts;
                        commits += commit(store, of(written, mark), obsolete, mark, version(store)) ? 1 : 0;
                    }
                } finally {
                    stop.set(true);
                }
                return commits;
            });
        }
        for (int n = 0; n < 3; n++) {
            all.add(() -> {
                ObjectStore store = store();
                while (!stop.get()) {
                    try (Closeable state = store.shared()) {
                        String mark = text(store, "t/_days/m.json");
                        for (ObjectInfo part : store.list("t/")) {
                            assertThat(text(store, part.key())).as(part.key()).isEqualTo(mark);
                        }
                        seen.incrementAndGet();
                    }
                }
                return 0;
            });
        }
        List<Integer> commits = together(all);
        assertThat(commits.get(0) + commits.get(1)).isBetween(25, 50);
        assertThat(seen).hasPositiveValue();
    }

    private static Map<String, String> of(List<String> keys, String text) {
        Map<String, String> parts = new TreeMap<>();
        keys.forEach(key -> parts.put(key, text));
        return parts;
    }

    @Test
    void closingAReadersLockTwiceReleasesItOnce() throws Exception {
        ObjectStore store = store();
        commit(store, Map.of(), Set.of(), "one", null);
        Closeable first = store.shared();
        try (Closeable second = store.shared()) {
            first.close();
            first.close();
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                Future<Boolean> commit =
                        thread.submit(() -> commit(store(), Map.of(), Set.of(), "two", version(store)));
                assertThat(finishes(commit, Duration.ofMillis(300))).isFalse();
                second.close();
                assertThat(commit.get(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
            } finally {
                thread.shutdownNow();
            }
        }
    }

    @Test
    void aLinkToAFolderAboveIsNamedAndNotFollowedForEver() throws Exception {
        store().put("a/b/c", bytes("c"));
        Files.createSymbolicLink(folder.resolve("lake/a/b/again"), folder.resolve("lake/a"));
        for (String prefix : List.of("", "a/", "a/b/")) {
            assertThatThrownBy(() -> store().list(prefix))
                    .isInstanceOf(FileSystemLoopException.class)
                    .hasMessageContaining("again");
        }
    }

    @Test
    void linkedFoldersAndFilesAreListedAndMovedAsAllOthers() throws Exception {
        ObjectStore store = store();
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/day"));
        Files.writeString(elsewhere.resolve("a"), "12345");
        Files.createDirectory(folder.resolve("lake"));
        Files.createSymbolicLink(folder.resolve("lake/data"), folder.resolve("elsewhere"));
        store.put("data/day/b", bytes("123"));
        Files.createSymbolicLink(elsewhere.resolve("c"), elsewhere.resolve("b"));
        Files.createSymbolicLink(elsewhere.resolve("d"), elsewhere.resolve("nothing"));
        assertThat(store.list("data/"))
                .extracting(info -> info.key() + " " + info.size())
                .containsExactly("data/day/a 5", "data/day/b 3", "data/day/c 3");
        assertThat(store.folders("data/")).containsExactly("day");
        store.move("data/day/", "data/other/", Set.of("a", "b"));
        assertThat(store.list("data/")).extracting(ObjectInfo::key).contains("data/other/a", "data/other/b");
    }

    @Test
    void aFolderOnAnotherDiskIsSaidToBeThere() throws Exception {
        Path other = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(other) && !Files.getFileStore(other).equals(Files.getFileStore(folder)),
                "needs a second disk");
        Path there = Files.createTempDirectory(other, "chartlake");
        try {
            Files.createDirectory(folder.resolve("lake"));
            Files.createSymbolicLink(folder.resolve("lake/data"), there);
            assertThatThrownBy(() -> store().put("data/a", bytes("x")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("lake/data is on another disk or mount than")
                    .hasMessageContaining("put the whole lake on it");
            try (Staged staged = store().stage()) {
                assertThatThrownBy(() -> store().putNew("data/a", staged))
                        .hasMessageContaining("lake/data is on another disk or mount than");
            }
        } finally {
            Files.delete(there);
        }
    }

    private static boolean finishes(Future<?> work, Duration within) throws Exception {
        try {
            work.get(within.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    /** Being interrupted while waiting for another process is an error, after which the lock is as before. */
    @Test
    @Timeout(Hang.SECONDS)
    void anInterruptedWaitLeavesTheLockUsable() throws Exception {
        try (Other other = new Other("exclusive", "commit")) {
            ExecutorService thread = Executors.newSingleThreadExecutor();
            try {
                for (int i = 0; i < 3; i++) {
                    Future<Closeable> waiting = thread.submit(() -> store().shared());
                    Thread.sleep(100);
                    waiting.cancel(true);
                }
                Future<Closeable> waiting = thread.submit(() -> store().shared());
                other.letGo();
                waiting.get(Hang.SECONDS, TimeUnit.SECONDS).close();
            } finally {
                thread.shutdownNow();
            }
        }
        assertThat(store().commit(List.of(), Set.of(), "m", bytes("1"), null)).isTrue();
    }

    @Test
    @Timeout(Hang.SECONDS)
    void anotherProcessKeepsUsWaiting() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Other other = new Other("exclusive", "job")) {
            Future<Closeable> waiting = thread.submit(() -> store().exclusive("job"));
            assertWaits(waiting);
            store().exclusive("another").close();
            other.letGo();
            waiting.get(Hang.SECONDS, TimeUnit.SECONDS).close();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    @Timeout(Hang.SECONDS)
    void anotherProcessReadsWhileWeReadAndKeepsCommitsOut() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        store().put("m", bytes("0"));
        String version = store().read("m").orElseThrow().version();
        try (Other other = new Other("shared", "commit")) {
            store().shared().close();
            Future<Boolean> commit = thread.submit(() -> store().commit(List.of(), Set.of(), "m", bytes("1"), version));
            assertWaits(commit);
            assertThat(text(store(), "m")).isEqualTo("0");
            other.letGo();
            assertThat(commit.get(Hang.SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            thread.shutdownNow();
        }
    }

    @Test
    @Timeout(Hang.SECONDS)
    void theLockOfAKilledProcessIsFree() throws Exception {
        try (Other other = new Other("exclusive", "job")) {
            other.kill();
            store().exclusive("job").close();
        }
    }

    private static void assertWaits(Future<?> waiting) throws Exception {
        try {
            waiting.get(300, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return;
        }
        throw new AssertionError("did not wait");
    }

    /** Another process that holds a lock until it is told to let go. */
    private final class Other implements Closeable {
        private final Process process;
        private final BufferedReader out;

        Other(String how, String name) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            LockHolder.class.getName(),
                            folder.resolve("lake").toString(),
                            how,
                            name)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            out = process.inputReader(StandardCharsets.UTF_8);
            assertThat(out.readLine()).isEqualTo("holding");
        }

        void letGo() throws IOException {
            process.getOutputStream().close();
        }

        void kill() throws IOException {
            process.destroyForcibly();
            process.onExit().join();
        }

        @Override
        public void close() throws IOException {
            process.destroyForcibly().onExit().join();
            out.close();
        }
    }
}
