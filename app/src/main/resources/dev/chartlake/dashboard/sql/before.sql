-- The snapshots whose songs can be gone by this one: the last complete one before it, and those since.
SELECT snapshot_date
FROM {snapshots}
WHERE source = $source AND playlist_id = $list AND next_complete_date = $date
ORDER BY snapshot_date
