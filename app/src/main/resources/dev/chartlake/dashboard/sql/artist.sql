SELECT artist_id, artist_name, url FROM artists WHERE artist_id = $artist
