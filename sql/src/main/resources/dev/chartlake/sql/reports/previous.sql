-- The date of a list's snapshot before a date.
SELECT max(snapshot_date) AS previous_snapshot_date
FROM playlists
WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date < :date
