-- False if no snapshot of a list on a day is complete.
SELECT coalesce(bool_or(coalesce(complete, true)), true) AS complete
FROM playlists@date
WHERE source = :source AND playlist_id = :playlist_id
