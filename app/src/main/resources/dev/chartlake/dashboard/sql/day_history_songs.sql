-- The songs of a day and of the snapshot before, which are all that its chart is made of.
SELECT DISTINCT song_id
FROM playlist_entries
WHERE source = $source
    AND playlist_id = $list
    AND song_id IS NOT NULL
    AND snapshot_date IN ($date, $before)
