SELECT coalesce(previous_snapshot_date, snapshot_date)
FROM {snapshots}
WHERE source = $source AND playlist_id = $list AND snapshot_date = $date
