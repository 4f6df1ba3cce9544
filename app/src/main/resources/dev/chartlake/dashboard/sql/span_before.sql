SELECT coalesce(max(snapshot_date), $since)
FROM {snapshots}
WHERE source = $source AND playlist_id = $list AND snapshot_date < $since
