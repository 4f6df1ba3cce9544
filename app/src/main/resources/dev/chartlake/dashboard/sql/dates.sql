SELECT snapshot_date, observed_at
FROM {snapshots}
WHERE source = $source AND playlist_id = $list
ORDER BY snapshot_date
