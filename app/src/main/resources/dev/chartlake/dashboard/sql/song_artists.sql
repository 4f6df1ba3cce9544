SELECT credits.artist_id, max_by(artists.artist_name, credits.snapshot_date) AS artist_name
FROM song_artists AS credits
LEFT JOIN artist_days AS artists
    ON artists.artist_id = credits.artist_id AND artists.snapshot_date = credits.snapshot_date
WHERE credits.song_id = $song
GROUP BY credits.artist_id
ORDER BY max_by(credits.artist_order, credits.snapshot_date), credits.artist_id
