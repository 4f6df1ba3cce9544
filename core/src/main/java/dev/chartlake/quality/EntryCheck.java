package dev.chartlake.quality;

import static dev.chartlake.table.TableRows.NO_INT;
import static dev.chartlake.table.TableRows.NO_LONG;

import dev.chartlake.model.Table;
import dev.chartlake.quality.Snapshots.Snapshot;
import dev.chartlake.table.TableRows;

/** What holds for the entries of a snapshot, which follow each other by position. */
final class EntryCheck implements TableCheck {

    private static final int POSITION = TableCheck.column(Table.PLAYLIST_ENTRIES, "position");
    private static final int STREAMS = TableCheck.column(Table.PLAYLIST_ENTRIES, "streams");
    private static final int PEAK = TableCheck.column(Table.PLAYLIST_ENTRIES, "reported_peak");
    private static final int PREVIOUS = TableCheck.column(Table.PLAYLIST_ENTRIES, "reported_previous");
    private static final int PERIODS = TableCheck.column(Table.PLAYLIST_ENTRIES, "reported_periods");

    private final Findings findings;
    private final Snapshots snapshots;
    private Snapshot snapshot = new Snapshot("", NO_LONG, NO_INT);
    private int position;

    EntryCheck(Findings findings, Snapshots snapshots) {
        this.findings = findings;
        this.snapshots = snapshots;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        int before = -1;
        for (int row : order) {
            if (before < 0 || !Snapshots.same(rows, before, row)) {
                snapshot(rows, row);
            }
            before = row;
            position(rows.integer(row, POSITION));
            values(rows, row);
        }
    }

    /** Also called where the rows of one snapshot come in several pieces. */
    private void snapshot(TableRows rows, int row) {
        String list = Snapshots.list(rows, row);
        long observedAt = Snapshots.observedAt(rows, row);
        if (list.equals(snapshot.list) && observedAt == snapshot.observedAt) {
            return;
        }
        Snapshot found = snapshots.find(list, observedAt);
        snapshot = found == null ? new Snapshot(list, observedAt, NO_INT) : found;
        position = 0;
        if (found == null) {
            findings.add(
                    Contract.REFERENCES_WHOLE, list, () -> snapshot.at() + ": entries of no snapshot in playlists");
        }
    }

    private void position(int now) {
        int last = position;
        if (now != last + 1) {
            findings.add(
                    Contract.POSITIONS_CONTIGUOUS,
                    snapshot.list,
                    () -> snapshot.at() + ": position " + now + (last == 0 ? " is the first" : " follows " + last));
        }
        position = now;
        snapshot.entries++;
    }

    private void values(TableRows rows, int row) {
        long streams = rows.bigint(row, STREAMS);
        if (streams < 0 && streams != NO_LONG) {
            findings.add(Contract.COUNTS_IN_BOUNDS, snapshot.list, () -> here() + "streams is " + streams);
        }
        int peak = rows.integer(row, PEAK);
        if (peak != NO_INT && (peak < 1 || peak > position)) {
            reported("reported_peak is " + peak);
        }
        int previous = rows.integer(row, PREVIOUS);
        if (previous < 1 && previous != NO_INT) {
            reported("reported_previous is " + previous);
        }
        int periods = rows.integer(row, PERIODS);
        if (periods < 1 && periods != NO_INT) {
            reported("reported_periods is " + periods);
        }
    }

    private void reported(String what) {
        findings.add(Contract.REPORTED_IN_BOUNDS, snapshot.list, () -> here() + what);
    }

    private String here() {
        return snapshot.at() + ", position " + position + ": ";
    }
}
