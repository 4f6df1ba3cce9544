SELECT snapshot_date, position, status, change, peak, periods, streak, streams
FROM {song_history}
WHERE song_id = $song
ORDER BY snapshot_date
