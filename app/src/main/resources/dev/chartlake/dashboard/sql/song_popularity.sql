SELECT snapshot_date, popularity
FROM popularity_history{form}
WHERE {key} = {song_key}
ORDER BY snapshot_date
