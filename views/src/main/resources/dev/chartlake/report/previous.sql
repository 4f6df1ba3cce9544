-- The date of a list's last complete snapshot before a date; if none is complete, of its last one.
SELECT
    coalesce(max(snapshot_date) FILTER (WHERE coalesce(complete, true)), max(snapshot_date)) AS previous_snapshot_date
FROM playlists
ANTI JOIN excluded_snapshots USING (playlist_id, snapshot_date)
WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date < :date
