package dev.chartlake.copy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.copy.LakeCopy.Refreshed;
import dev.chartlake.format.CsvFormat;
import dev.chartlake.format.TableFormat;
import dev.chartlake.format.parquet.ParquetFormat;
import dev.chartlake.http.Pause;
import dev.chartlake.intake.FileImport;
import dev.chartlake.lake.Manifest;
import dev.chartlake.model.Span;
import dev.chartlake.model.Table;
import dev.chartlake.publish.CommitLog;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectInfo;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.testkit.FileCorpus;
import dev.chartlake.transform.Transformer;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy is the lake's committed days, each as one manifest says, and fetches only what is new. */
class LakeCopyTest {

    private static final int DAYS = 3;
    private static final Pause NO_WAITING = duration -> {};

    @TempDir
    Path folder;

    private LocalStore lake;
    private List<String> requests;
    private LocalDate day;

    @BeforeEach
    void aLake() throws Exception {
        requests = Collections.synchronizedList(new ArrayList<>());
        lake = new LocalStore(folder.resolve("lake"));
        System.out.println("LakeCopyTest: corpus of seed 4711");
        FileCorpus.write(folder.resolve("in"), 4711, DAYS, 20);
        new FileImport(lake).run(List.of(folder.resolve("in")), (done, of) -> {});
        transform(new ParquetFormat());
        day = new Transformer(lake, new ParquetFormat(), 1, 1 << 28).allDays().get(1);
    }

    private void transform(TableFormat format) throws IOException {
        Transformer transformer = new Transformer(lake, format, 1, 1 << 28);
        assertThat(transformer.run(transformer.allDays(), (done, of) -> {}).failures())
                .isEmpty();
    }

    /** The lake, with a note of what is asked of it. */
    private ObjectStore noted() {
        return (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("name")) {
                        requests.add(method.getName() + " " + arguments[0]);
                    }
                    try {
                        return method.invoke(lake, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private LakeCopy copy(String name, Pause pause) {
        return new LakeCopy(noted(), folder.resolve(name), pause);
    }

    private static Refreshed refresh(LakeCopy copy) throws IOException {
        return copy.refresh((done, of) -> {});
    }

    private static Map<String, byte[]> tables(LocalStore store) throws IOException {
        Map<String, byte[]> tables = new TreeMap<>();
        for (ObjectInfo object : store.list(Table.ROOT)) {
            if (object.key().startsWith(CommitLog.ROOT)) {
                continue; // queries do not read it
            }
            tables.put(object.key(), Files.readAllBytes(store.root().resolve(object.key())));
        }
        return tables;
    }

    private void assertSame(LakeCopy copy) throws IOException {
        Map<String, byte[]> expected = tables(lake);
        Map<String, byte[]> found = tables(copy.store());
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        expected.forEach((key, bytes) -> assertThat(found.get(key)).as(key).isEqualTo(bytes));
    }

    private String file(Table table) throws IOException {
        return lake.files(table.partition(day)).get(0).key();
    }

    @Test
    void theSecondLookListsTwoFolders() throws Exception {
        LakeCopy copy = copy("copy", NO_WAITING);
        Refreshed first = refresh(copy);
        assertThat(first.copied()).isGreaterThanOrEqualTo(DAYS);
        assertThat(first.bytes()).isPositive();
        assertThat(first.stale()).isEmpty();
        assertSame(copy);
        requests.clear();
        assertThat(refresh(copy)).isEqualTo(new Refreshed(0, 0, 0, List.of()));
        assertThat(requests).containsExactly("folders " + RawState.PROCESSED.prefix(), "files " + Manifest.ROOT);
    }

    @Test
    void onlyFilesThatChangedAreFetched() throws Exception {
        LakeCopy copy = copy("copy", NO_WAITING);
        refresh(copy);
        Files.writeString(folder.resolve("in/new_" + day + "T23-00-00.json"), page());
        new FileImport(lake).run(List.of(folder.resolve("in/new_" + day + "T23-00-00.json")), (done, of) -> {});
        transform(new ParquetFormat());
        copy.store().put(new Span(day.getYear(), day.getMonthValue()).marker(), new byte[] {1});
        requests.clear();
        assertThat(refresh(copy).copied()).isEqualTo(1 + unchangedButWrittenAgain());
        assertThat(requests)
                .contains("open " + file(Table.PLAYLIST_ENTRIES))
                .noneMatch(request -> request.startsWith("open ") && !request.contains(day.toString()));
        assertSame(copy);
        assertThat(copy.store().find(new Span(day.getYear(), day.getMonthValue()).marker()))
                .as("marker of what was compacted")
                .isEmpty();
    }

    /** A folder's stamp changes when a file is written again; S3's does not. */
    private int unchangedButWrittenAgain() throws IOException {
        return lake.files(Manifest.ROOT).size() - 1;
    }

    private static String page() {
        return "{\"href\":\"https://api.spotify.com/v1/playlists/4ChartLakeCopyTestLst0/tracks\",\"items\":[{\"track\":null}],"
                + "\"next\":null,\"total\":1,\"limit\":50,\"offset\":0}";
    }

    @Test
    void formatsAndDaysThatAreGoneGoFromTheCopy() throws Exception {
        LakeCopy copy = copy("copy", NO_WAITING);
        refresh(copy);
        transform(new CsvFormat());
        refresh(copy);
        assertSame(copy);
        for (Table table : Table.values()) {
            for (ObjectInfo file : lake.files(table.partition(day))) {
                lake.delete(file.key());
            }
        }
        lake.delete(Manifest.key(day));
        String raw = RawState.PROCESSED.prefix() + day + "/";
        for (ObjectInfo object : lake.list(raw)) {
            lake.delete(object.key());
        }
        assertThat(refresh(copy).removed()).isEqualTo(1);
        assertSame(copy);
    }

    /** A deleted manifest is no deleted day: its raw objects are still there. */
    @Test
    void aDayWithoutItsManifestIsToldAndStaysAsItWas() throws Exception {
        LakeCopy before = copy("before", NO_WAITING);
        refresh(before);
        Map<String, byte[]> whole = tables(before.store());
        byte[] manifest = lake.read(Manifest.key(day)).orElseThrow().bytes();
        lake.delete(Manifest.key(day));
        for (int look = 1; look <= 2; look++) {
            Refreshed refreshed = refresh(before);
            assertThat(refreshed.removed()).isZero();
            assertThat(refreshed.copied()).isZero();
            assertThat(refreshed.stale()).singleElement().satisfies(stale -> {
                assertThat(stale.date()).isEqualTo(day);
                assertThat(stale.problem()).contains("manifest is missing");
                assertThat(stale.older()).isTrue();
            });
        }
        assertThat(tables(before.store())).usingRecursiveComparison().isEqualTo(whole);

        LakeCopy fresh = copy("fresh", NO_WAITING);
        assertThat(refresh(fresh).stale())
                .singleElement()
                .satisfies(stale -> assertThat(stale.older()).isFalse());
        lake.put(Manifest.key(day), manifest);
        assertThat(refresh(fresh).stale()).isEmpty();
        assertSame(fresh);
    }

    /** As while a commit publishes its parts, and after one that was killed then. */
    @Test
    void aHalfCommittedDayStaysAsItWas() throws Exception {
        LakeCopy before = copy("before", NO_WAITING);
        refresh(before);
        Map<String, byte[]> whole = tables(before.store());
        String file = file(Table.SONGS);
        byte[] good = Files.readAllBytes(lake.root().resolve(file));
        byte[] other = good.clone();
        other[other.length / 2] ^= 1;
        lake.put(file, other);
        lake.put(Manifest.key(day), lake.read(Manifest.key(day)).orElseThrow().bytes());
        refresh(before);
        assertThat(tables(before.store()).get(file)).isEqualTo(whole.get(file));

        LakeCopy fresh = copy("fresh", NO_WAITING);
        Refreshed refreshed = refresh(fresh);
        assertThat(refreshed.stale()).singleElement().satisfies(stale -> {
            assertThat(stale.date()).isEqualTo(day);
            assertThat(stale.problem()).contains(file);
            assertThat(stale.older()).isFalse();
        });
        assertThat(fresh.store().find(Manifest.key(day))).isEmpty();
        assertThat(fresh.store().list("_chartlake/tmp/")).isEmpty();
        lake.put(file, good);
        assertThat(refresh(fresh).stale()).isEmpty();
        assertSame(fresh);
    }

    @Test
    void aCommitUnderWayIsWaitedFor() throws Exception {
        String file = file(Table.SONGS);
        byte[] good = Files.readAllBytes(lake.root().resolve(file));
        lake.put(file, new byte[] {1});
        List<String> waits = new ArrayList<>();
        LakeCopy copy = copy("copy", duration -> {
            waits.add(duration.toString());
            if (waits.size() == 3) {
                try {
                    lake.put(file, good);
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        assertThat(refresh(copy).stale()).isEmpty();
        assertThat(waits).containsExactly("PT0.2S", "PT0.4S", "PT0.8S");
        assertSame(copy);
    }

    @Test
    void severalAtOnceCopyOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Refreshed>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() -> refresh(copy("copy", NO_WAITING))));
            }
            int copied = 0;
            for (Future<Refreshed> one : all) {
                copied += one.get().copied() > 0 ? 1 : 0;
            }
            assertThat(copied).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
        assertSame(copy("copy", NO_WAITING));
    }

    /** Killed before it noted what it has. */
    @Test
    void whatIsThereIsNotFetchedAgain() throws Exception {
        LakeCopy copy = copy("copy", NO_WAITING);
        refresh(copy);
        copy.store().delete(CopiedDays.KEY);
        Refreshed again = refresh(copy);
        assertThat(again.copied()).isGreaterThanOrEqualTo(DAYS);
        assertThat(again.bytes()).isZero();
        assertSame(copy);
    }
}
