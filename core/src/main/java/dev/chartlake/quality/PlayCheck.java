package dev.chartlake.quality;

import static dev.chartlake.rows.TableRows.NO_LONG;

import dev.chartlake.model.Table;
import dev.chartlake.rows.TableRows;

/** What holds for plays. */
final class PlayCheck implements TableCheck {

    private static final long DAY_MS = 86_400_000L;
    private static final int PLAYED_AT = Table.PLAYS.place("played_at");
    private static final int SOURCE = Table.PLAYS.place("source");
    private static final int LIST = Table.PLAYS.place("list");
    private static final int MS_PLAYED = Table.PLAYS.place("ms_played");

    private final Findings findings;

    PlayCheck(Findings findings) {
        this.findings = findings;
    }

    @Override
    public void rows(TableRows rows, int[] order) {
        for (int row : order) {
            long ms = rows.bigint(row, MS_PLAYED);
            if (ms != NO_LONG && (ms < 0 || ms >= DAY_MS)) {
                findings.add(
                        Contract.PLAYS_IN_BOUNDS,
                        TableCheck.text(rows, row, SOURCE) + "/" + TableCheck.text(rows, row, LIST),
                        () -> "at " + SnapshotSizes.time(rows.bigint(row, PLAYED_AT)) + ": ms_played is " + ms);
            }
        }
    }
}
