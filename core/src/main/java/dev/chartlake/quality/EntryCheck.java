package dev.chartlake.quality;

import static dev.chartlake.rows.TableRows.NO_INT;
import static dev.chartlake.rows.TableRows.NO_LONG;

import dev.chartlake.model.Table;
import dev.chartlake.quality.SnapshotSizes.Snapshot;
import dev.chartlake.rows.TableRows;
import org.jspecify.annotations.Nullable;

/** What holds for the entries of a snapshot, which follow each other by position. */
final class EntryCheck implements TableCheck {

    private static final int POSITION = Table.PLAYLIST_ENTRIES.place("position");
    private static final int STREAMS = Table.PLAYLIST_ENTRIES.place("streams");
    private static final int PEAK = Table.PLAYLIST_ENTRIES.place("reported_peak");
    private static final int PREVIOUS = Table.PLAYLIST_ENTRIES.place("reported_previous");
    private static final int PERIODS = Table.PLAYLIST_ENTRIES.place("reported_periods");

    private final Findings findings;
    private final SnapshotSizes snapshots;
    private @Nullable Snapshot last;
    private int position;
    /** How many entries have stood at this position. */
    private int sharing;

    EntryCheck(Findings findings, SnapshotSizes snapshots) {
        this.findings = findings;
        this.snapshots = snapshots;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        for (int i = 0; i < order.length; ) {
            i = snapshot(rows, order, i);
        }
    }

    /** Looks at the rows of one snapshot from {@code from} on, and says where the next one's begin. */
    private int snapshot(TableRows rows, int[] order, int from) {
        Snapshot snapshot = start(rows, order[from]);
        int first = order[from];
        int i = from;
        for (; i < order.length; i++) {
            int row = order[i];
            if (!SnapshotSizes.same(rows, first, row)) {
                break;
            }
            int now = rows.integer(row, POSITION);
            follow(snapshot, now);
            boolean says = rows.bigint(row, STREAMS) != NO_LONG
                    || rows.integer(row, PEAK) != NO_INT
                    || rows.integer(row, PREVIOUS) != NO_INT
                    || rows.integer(row, PERIODS) != NO_INT;
            if (says) {
                reported(rows, row, snapshot);
            }
        }
        snapshot.entries += i - from;
        return i;
    }

    /** The snapshot of a row: the same as before where the rows of one come in several pieces. */
    private Snapshot start(TableRows rows, int row) {
        if (last != null && last.is(rows, row)) {
            return last;
        }
        Snapshot snapshot = snapshots.of(rows, row);
        if (!snapshots.has(snapshot)) {
            findings.add(
                    Contract.REFERENCES_WHOLE,
                    snapshot.list(),
                    () -> snapshot.at() + ": entries of no snapshot in playlists");
        }
        last = snapshot;
        position = 0;
        sharing = 0;
        return snapshot;
    }

    /** Behind songs that share a position, charts leave out as many positions or none. */
    private void follow(Snapshot snapshot, int now) {
        if (now == position && position > 0) {
            sharing++;
            findings.add(
                    Contract.POSITIONS_ONCE,
                    snapshot.list(),
                    () -> snapshot.at() + ": several songs at position " + now);
            return;
        }
        if (now != position + 1 && now != position + sharing) {
            position(snapshot, position, now);
        }
        position = now;
        sharing = 1;
    }

    private void position(Snapshot snapshot, int before, int now) {
        findings.add(
                Contract.POSITIONS_CONTIGUOUS,
                snapshot.list(),
                () -> snapshot.at() + ": position " + now + (before == 0 ? " is the first" : " follows " + before));
    }

    private void reported(TableRows rows, int row, Snapshot snapshot) {
        long streams = rows.bigint(row, STREAMS);
        if (streams < 0 && streams != NO_LONG) {
            found(Contract.COUNTS_IN_BOUNDS, snapshot, "streams is " + streams);
        }
        int peak = rows.integer(row, PEAK);
        if (peak != NO_INT && (peak < 1 || peak > position)) {
            found(Contract.REPORTED_IN_BOUNDS, snapshot, "reported_peak is " + peak);
        }
        int previous = rows.integer(row, PREVIOUS);
        if (previous < 1 && previous != NO_INT) {
            found(Contract.REPORTED_IN_BOUNDS, snapshot, "reported_previous is " + previous);
        }
        int periods = rows.integer(row, PERIODS);
        if (periods < 1 && periods != NO_INT) {
            found(Contract.REPORTED_IN_BOUNDS, snapshot, "reported_periods is " + periods);
        }
    }

    private void found(Contract contract, Snapshot snapshot, String what) {
        int at = position;
        findings.add(contract, snapshot.list(), () -> snapshot.at() + ", position " + at + ": " + what);
    }
}
