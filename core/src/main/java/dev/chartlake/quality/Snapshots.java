package dev.chartlake.quality;

import dev.chartlake.table.TableRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The snapshots of a day and how many entries each has: one for each raw object. Their keys begin rows of both tables. */
final class Snapshots {

    private static final int SOURCE = 0;
    private static final int LIST = 1;
    private static final int OBSERVED_AT = 2;

    private final Map<String, Snapshot> all = new LinkedHashMap<>();

    /** One of them. {@code list} is {@code <source>/<list>}, {@code total} what it says, or {@link TableRows#NO_INT}. */
    static final class Snapshot {
        final String list;
        final long observedAt;
        final int total;
        long entries;

        Snapshot(String list, long observedAt, int total) {
            this.list = list;
            this.observedAt = observedAt;
            this.total = total;
        }

        String at() {
            return "at " + time(observedAt);
        }
    }

    static String list(TableRows rows, int row) {
        return TableCheck.text(rows, row, SOURCE) + "/" + TableCheck.text(rows, row, LIST);
    }

    static long observedAt(TableRows rows, int row) {
        return rows.bigint(row, OBSERVED_AT);
    }

    static boolean same(TableRows rows, int a, int b) {
        return observedAt(rows, a) == observedAt(rows, b)
                && rows.integer(a, LIST) == rows.integer(b, LIST)
                && rows.integer(a, SOURCE) == rows.integer(b, SOURCE);
    }

    /** As people and raw keys write it, {@code 2026-11-20T10:30:00Z}. */
    static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    void add(Snapshot snapshot) {
        all.put(snapshot.list + " " + snapshot.observedAt, snapshot);
    }

    @Nullable Snapshot find(String list, long observedAt) {
        return all.get(list + " " + observedAt);
    }

    Iterable<Snapshot> all() {
        return all.values();
    }
}
