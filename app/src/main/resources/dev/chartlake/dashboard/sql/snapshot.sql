SELECT playlist_name, observed_at, snapshot_number, previous_snapshot_date, complete
FROM {snapshots}
WHERE source = $source AND playlist_id = $list AND snapshot_date = $date
