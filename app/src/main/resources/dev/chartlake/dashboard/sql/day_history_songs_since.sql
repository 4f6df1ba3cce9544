-- As day_history_songs, where incomplete snapshots lie in between.
SELECT DISTINCT song_id
FROM playlist_entries
WHERE source = $source AND playlist_id = $list AND snapshot_date BETWEEN $before AND $date AND song_id IS NOT NULL
