-- Kept once for each state of the lake: the snapshots that count, of all lists.
SELECT source, playlist_id, playlist_name, market, period, list_group, snapshot_date, observed_at, snapshot_number,
    previous_snapshot_date, next_snapshot_date, complete, complete_so_far, next_complete_date
FROM list_snapshots
