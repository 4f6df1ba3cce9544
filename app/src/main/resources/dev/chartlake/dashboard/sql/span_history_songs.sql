-- The songs of a span and of the snapshot before it.
SELECT DISTINCT song_id
FROM playlist_entries
WHERE source = $source
    AND playlist_id = $list
    AND snapshot_date BETWEEN $before AND $until
    AND song_id IS NOT NULL
