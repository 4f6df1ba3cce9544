SELECT credits.song_id, credits.artist_id, artists.artist_name, artists.url
FROM {day_history} AS history
JOIN song_artists AS credits ON credits.song_id = history.song_id AND credits.snapshot_date = $date
LEFT JOIN artist_days AS artists ON artists.artist_id = credits.artist_id AND artists.snapshot_date = $date
WHERE history.snapshot_date = $date
ORDER BY history.position, credits.artist_order
