package dev.chartlake.quality;

import static dev.chartlake.table.TableRows.NO_INT;
import static dev.chartlake.table.TableRows.NO_LONG;

import dev.chartlake.model.Table;
import dev.chartlake.quality.Snapshots.Snapshot;
import dev.chartlake.raw.RawKey;
import dev.chartlake.table.TableRows;

/** What holds for the snapshots of lists themselves. */
final class PlaylistCheck implements TableCheck {

    private static final int FOLLOWERS = TableCheck.column(Table.PLAYLISTS, "followers");
    private static final int TOTAL = TableCheck.column(Table.PLAYLISTS, "total");

    private final Findings findings;
    private final Snapshots snapshots;

    PlaylistCheck(Findings findings, Snapshots snapshots) {
        this.findings = findings;
        this.snapshots = snapshots;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        for (int row : order) {
            int total = rows.integer(row, TOTAL);
            long followers = rows.bigint(row, FOLLOWERS);
            Snapshot snapshot = new Snapshot(Snapshots.list(rows, row), Snapshots.observedAt(rows, row), total);
            snapshots.add(snapshot);
            if (followers < 0 && followers != NO_LONG) {
                findings.add(
                        Contract.COUNTS_IN_BOUNDS, snapshot.list, () -> snapshot.at() + ": followers is " + followers);
            }
            if (total < 0 && total != NO_INT) {
                findings.add(Contract.COUNTS_IN_BOUNDS, snapshot.list, () -> snapshot.at() + ": total is " + total);
            }
            boolean spotifys = snapshot.list.startsWith(RawKey.WEB_API + "/");
            if (spotifys && !IdCheck.isId(rows, row, 1)) {
                findings.add(
                        Contract.IDS_WELL_FORMED,
                        snapshot.list,
                        () -> snapshot.at() + ": playlist_id is " + TableCheck.text(rows, row, 1));
            }
        }
    }
}
