SELECT credits.artist_id, max(artists.artist_name) AS artist_name
FROM song_artists AS credits
LEFT JOIN {catalogue_artists} AS artists ON artists.artist_id = credits.artist_id
WHERE credits.song_id = $song
GROUP BY credits.artist_id
ORDER BY max_by(credits.artist_order, credits.snapshot_date), credits.artist_id
