-- Kept once for each state of the lake: the snapshots that count, of all lists.
SELECT source, playlist_id, playlist_name, snapshot_date, observed_at, snapshot_number, previous_snapshot_date,
    next_snapshot_date
FROM list_snapshots
