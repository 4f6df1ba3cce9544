SELECT $song AS song_id
