-- The ids that count as this song, the one seen first before the others.
SELECT song_id
FROM {recordings}
WHERE {key} = {song_key}
ORDER BY song_id <> recording_id, song_id
