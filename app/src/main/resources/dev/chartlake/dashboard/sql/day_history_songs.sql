-- The songs of a day and of the snapshot before, which are all that its chart is made of.
SELECT DISTINCT song_id
FROM (SELECT * FROM playlist_entries@date UNION ALL SELECT * FROM playlist_entries@before) AS entries
WHERE source = $source AND playlist_id = $list AND song_id IS NOT NULL
