SELECT
    songs.song_id, songs.song_name, songs.artist_names, songs.duration_ms, songs.popularity, songs.explicit, songs.isrc,
    songs.url, songs.album_id, albums.name AS album_name, albums.url AS album_url, albums.image_url,
    albums.release_date_text
FROM songs
LEFT JOIN albums ON albums.album_id = songs.album_id
WHERE songs.song_id = $song
