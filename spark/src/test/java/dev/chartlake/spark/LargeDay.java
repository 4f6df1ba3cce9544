package dev.chartlake.spark;

import dev.chartlake.raw.RawKey;
import dev.chartlake.raw.RawState;
import dev.chartlake.store.LocalStore;
import dev.chartlake.testkit.Answers;
import dev.chartlake.testkit.Dialect;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/** A lake with one day of some megabytes. */
final class LargeDay {

    private static final int LISTS = 40;
    private static final int ROWS = 100;
    private static final Instant MORNING = Instant.parse("2024-03-01T06:00:00Z");

    private LargeDay() {}

    static void write(Path lake) throws IOException {
        LocalStore store = new LocalStore(lake);
        for (int list = 0; list < LISTS; list++) {
            String id = Answers.list("list " + list);
            String page = Answers.page(id, Answers.rows(Dialect.LEGACY, list * 7L, list * 7L + ROWS));
            store.put(
                    new RawKey(RawKey.WEB_API, id, MORNING.plusSeconds(list), "json").in(RawState.TO_PROCESS),
                    page.getBytes(StandardCharsets.UTF_8));
        }
    }
}
