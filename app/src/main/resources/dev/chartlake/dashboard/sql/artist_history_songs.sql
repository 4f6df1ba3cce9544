SELECT song_id FROM song_artists WHERE artist_id = $artist
UNION
SELECT song_id FROM playlist_entries WHERE source = $source AND playlist_id = $list AND artist_names = $credit
