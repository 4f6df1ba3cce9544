package dev.chartlake.quality;

import static dev.chartlake.rows.TableRows.NO_INT;

import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The snapshots of a day and how many entries each has: one for each raw object. Rows of playlists and of entries begin
 * with the same key and come in the same order, so that entries find theirs by going forward.
 */
final class SnapshotSizes {

    /** The first columns of the key of playlists and of entries. */
    static final int SOURCE = 0;

    static final int LIST = 1;
    private static final int OBSERVED_AT = 2;

    private final List<Snapshot> all = new ArrayList<>();
    private int next;

    /** One of them. Its texts are copies, because those of a spilled day are forgotten batch by batch. */
    static final class Snapshot {
        private final byte[] source;
        private final byte[] id;
        final long observedAt;
        /** What it says, or {@link TableRows#NO_INT}. */
        final int total;

        long entries;

        Snapshot(TableRows rows, int row, int total) {
            source = bytes(rows, row, SOURCE);
            id = bytes(rows, row, LIST);
            observedAt = rows.bigint(row, OBSERVED_AT);
            this.total = total;
        }

        private static byte[] bytes(TableRows rows, int row, int column) {
            Strings strings = rows.strings();
            int text = rows.integer(row, column);
            int start = strings.start(text);
            return Arrays.copyOfRange(strings.bytes(), start, start + strings.length(text));
        }

        boolean is(TableRows rows, int row) {
            return observedAt == rows.bigint(row, OBSERVED_AT)
                    && is(id, rows, row, LIST)
                    && is(source, rows, row, SOURCE);
        }

        private static boolean is(byte[] text, TableRows rows, int row, int column) {
            Strings strings = rows.strings();
            int number = rows.integer(row, column);
            int start = strings.start(number);
            return Arrays.equals(text, 0, text.length, strings.bytes(), start, start + strings.length(number));
        }

        /** {@code <source>/<list>}. */
        String list() {
            return new String(source, StandardCharsets.UTF_8) + "/" + new String(id, StandardCharsets.UTF_8);
        }

        String at() {
            return "at " + time(observedAt);
        }
    }

    static boolean same(TableRows rows, int a, int b) {
        return rows.bigint(a, OBSERVED_AT) == rows.bigint(b, OBSERVED_AT)
                && rows.integer(a, LIST) == rows.integer(b, LIST)
                && rows.integer(a, SOURCE) == rows.integer(b, SOURCE);
    }

    /** As people write it, {@code 2026-11-20T10:30:00Z}. */
    static String time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
    }

    void add(Snapshot snapshot) {
        all.add(snapshot);
    }

    /** The snapshot of an entry; a new one with no total if there is none. Entries must come in the order of their keys. */
    Snapshot of(TableRows rows, int row) {
        for (int i = next; i < all.size(); i++) {
            if (all.get(i).is(rows, row)) {
                next = i + 1;
                return all.get(i);
            }
        }
        return new Snapshot(rows, row, NO_INT);
    }

    boolean has(Snapshot snapshot) {
        return next > 0 && all.get(next - 1) == snapshot;
    }

    List<Snapshot> all() {
        return all;
    }
}
