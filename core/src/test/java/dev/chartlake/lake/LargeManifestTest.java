package dev.chartlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.lake.Manifest.RawObject;
import dev.chartlake.lake.Manifest.TablePart;
import dev.chartlake.model.Table;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Manifests of days with many raw objects. */
class LargeManifestTest {

    private static final LocalDate DAY = LocalDate.of(2024, 3, 1);
    private static final int OBJECTS = 20_000;
    private static final String FILE = Table.SONGS.partition(DAY) + "part-0.parquet";

    @TempDir
    private Path folder;

    private final AtomicLong bytes = new AtomicLong();

    /** A lake with a day of many raw objects, none of which is there. */
    private LocalStore lake() throws IOException {
        LocalStore store = new LocalStore(folder);
        store.put(FILE, new byte[] {1, 2, 3});
        List<TablePart> tables = new ArrayList<>();
        for (Table table : Table.values()) {
            tables.add(table == Table.SONGS ? new TablePart("songs", 1, FILE, 3, "00000000") : TablePart.none(table));
        }
        List<RawObject> raw = new ArrayList<>();
        for (int i = 0; i < OBJECTS; i++) {
            raw.add(new RawObject(DAY + "/spotify-web-api/list" + i + "/060000Z.json", 1000, "00000000", "", 50));
        }
        Manifest large = new Manifest(DAY, raw, tables, 0, 0, 0, List.of(), List.of(), List.of());
        store.put(Manifest.key(DAY), ManifestFile.write(large));
        return store;
    }

    /** Counts what is read of {@code store}. */
    private ObjectStore counted(ObjectStore store) {
        return (ObjectStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.getName().equals("begin")
                                        || method.getName().equals("all")
                                ? InvocationHandler.invokeDefault(proxy, method, arguments)
                                : method.invoke(store, arguments);
                        if (method.getName().equals("read")) {
                            store.read((String) arguments[0]).ifPresent(read -> bytes.addAndGet(read.bytes().length));
                        }
                        return result instanceof InputStream in ? new Counted(in) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            bytes.addAndGet(Math.max(read, 0));
            return read;
        }
    }

    @Test
    void findingChangedDaysReadsOnlyItsBeginning() throws IOException {
        LocalStore store = lake();
        long size = store.find(Manifest.key(DAY)).orElseThrow().size();
        assertThat(size).isGreaterThan(2_000_000);
        assertThat(ChangedDays.of(counted(store), Set.of(DAY), Set.of(DAY))).isEmpty();
        assertThat(bytes.get()).isLessThan(20_000);

        store.delete(FILE);
        assertThat(ChangedDays.of(counted(store), Set.of(DAY), Set.of(DAY))).containsExactly(DAY);
    }
}
