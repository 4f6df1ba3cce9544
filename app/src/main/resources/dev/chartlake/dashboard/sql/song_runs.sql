SELECT snapshot_date, position, status, change, peak, peak_from_report, periods, periods_from_report, streak, streams
FROM {song_history}
WHERE song_id = $song
ORDER BY snapshot_date
