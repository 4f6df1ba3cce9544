SELECT snapshot_date, position, status, change, peak, peak_from_report, periods, periods_from_report, streak, streams
FROM {song_history}
WHERE {key} = {song_key}
ORDER BY snapshot_date
