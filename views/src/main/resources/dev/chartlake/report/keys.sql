-- What was in any snapshot of a list on a day.
SELECT DISTINCT song_id
FROM playlist_entries@date
WHERE source = :source AND playlist_id = :playlist_id AND song_id IS NOT NULL
