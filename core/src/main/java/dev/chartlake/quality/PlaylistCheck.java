package dev.chartlake.quality;

import static dev.chartlake.rows.TableRows.NO_INT;
import static dev.chartlake.rows.TableRows.NO_LONG;

import dev.chartlake.model.PlaylistRef;
import dev.chartlake.model.Table;
import dev.chartlake.quality.SnapshotSizes.Snapshot;
import dev.chartlake.raw.RawKey;
import dev.chartlake.rows.TableRows;

/** What holds for the snapshots of lists themselves. */
final class PlaylistCheck implements TableCheck {

    private static final int ID = Table.PLAYLISTS.place("playlist_id");
    private static final int FOLLOWERS = Table.PLAYLISTS.place("followers");
    private static final int TOTAL = Table.PLAYLISTS.place("total");

    private final Findings findings;
    private final SnapshotSizes snapshots;
    private final WellFormedTexts good;
    private final int year;

    PlaylistCheck(Findings findings, SnapshotSizes snapshots, WellFormedTexts good, int year) {
        this.findings = findings;
        this.snapshots = snapshots;
        this.good = good;
        this.year = year;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        good.use(rows.strings(), year + 1);
        for (int row : order) {
            int total = rows.integer(row, TOTAL);
            long followers = rows.bigint(row, FOLLOWERS);
            Snapshot snapshot = new Snapshot(rows, row, total);
            snapshots.add(snapshot);
            if (followers < 0 && followers != NO_LONG) {
                found(Contract.COUNTS_IN_BOUNDS, snapshot, "followers is " + followers);
            }
            if (total < 0 && total != NO_INT) {
                found(Contract.COUNTS_IN_BOUNDS, snapshot, "total is " + total);
            }
            if (!good.isId(rows.integer(row, ID))
                    && snapshot.list().startsWith(RawKey.WEB_API + "/")
                    && PlaylistRef.personal(TableCheck.text(rows, row, ID)).isEmpty()) {
                found(Contract.IDS_WELL_FORMED, snapshot, "playlist_id is " + TableCheck.text(rows, row, ID));
            }
        }
    }

    private void found(Contract contract, Snapshot snapshot, String what) {
        findings.add(contract, snapshot.list(), () -> snapshot.at() + ": " + what);
    }
}
