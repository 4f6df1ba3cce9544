SELECT credits.song_id, credits.artist_id, artists.artist_name, artists.url
FROM {day_history} AS history
JOIN song_artists@date AS credits ON credits.song_id = history.song_id
LEFT JOIN artist_days@date AS artists ON artists.artist_id = credits.artist_id
WHERE history.snapshot_date = $date
ORDER BY history.position, credits.artist_order
