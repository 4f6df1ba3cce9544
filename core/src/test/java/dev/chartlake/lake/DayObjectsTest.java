package dev.chartlake.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.chartlake.format.CsvFormat;
import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.store.ObjectStore;
import dev.chartlake.transform.Transformer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listings that are made at the same time as others move what they list. */
class DayObjectsTest {

    private static final LocalDate DAY = LocalDate.of(2026, 11, 21);
    private static final RawKey GOOD =
            new RawKey(RawKey.WEB_API, "0000000000000000000001", Instant.parse("2026-11-21T12:00:00Z"), "json");
    private static final RawKey BROKEN =
            new RawKey(RawKey.WEB_API, "0000000000000000000002", Instant.parse("2026-11-21T12:00:00Z"), "json");

    @TempDir
    Path folder;

    /** A store whose first listing of each of these folders is from before anything was moved there. */
    private static ObjectStore early(ObjectStore store, Set<RawState> states) {
        Set<String> folders = new HashSet<>();
        states.forEach(state -> folders.add(state.prefix() + DAY + "/"));
        return (ObjectStore) Proxy.newProxyInstance(
                DayObjectsTest.class.getClassLoader(),
                new Class<?>[] {ObjectStore.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("list") && folders.remove((String) arguments[0])) {
                        return List.of();
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static void arrive(ObjectStore store, RawKey key, String text) throws Exception {
        store.put(key.in(RawState.TO_PROCESS), text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatACommitHasMovedMeanwhileIsFound() throws Exception {
        LocalStore store = new LocalStore(folder);
        arrive(store, GOOD, "[{\"items\":[],\"next\":null,\"total\":0,\"limit\":50,\"offset\":0}]");
        arrive(store, BROKEN, "[{\"items\":[");
        new Transformer(store, new CsvFormat(), 1, 64 << 20).runWaiting(DAY);
        assertThat(store.list(RawState.TO_PROCESS.prefix())).isEmpty();
        DayObjects all = DayObjects.list(store, DAY);
        assertThat(all.objects()).hasSize(1);
        assertThat(all.quarantined()).hasSize(1);
        for (Set<RawState> missed : List.of(
                Set.<RawState>of(),
                Set.of(RawState.PROCESSED),
                Set.of(RawState.QUARANTINE),
                Set.of(RawState.PROCESSED, RawState.QUARANTINE))) {
            assertThat(DayObjects.look(early(store, missed), DAY)).isEqualTo(all);
        }
    }

    /** What somebody has deleted since is gone, whatever the manifest says. */
    @Test
    void whatWasDeletedIsNotThere() throws Exception {
        LocalStore store = new LocalStore(folder);
        arrive(store, GOOD, "[{\"items\":[],\"next\":null,\"total\":0,\"limit\":50,\"offset\":0}]");
        new Transformer(store, new CsvFormat(), 1, 64 << 20).runWaiting(DAY);
        store.delete(GOOD.in(RawState.PROCESSED));
        assertThat(DayObjects.look(store, DAY).objects()).isEmpty();
    }
}
