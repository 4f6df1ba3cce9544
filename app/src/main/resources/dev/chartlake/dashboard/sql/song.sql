SELECT
    songs.song_id, songs.song_name, songs.artist_names, songs.duration_ms, songs.popularity, songs.explicit, songs.isrc,
    songs.url, songs.album_id, albums.album_name, albums.album_url, albums.image_url, albums.release_date_text
FROM songs
LEFT JOIN (
    SELECT
        album_id,
        max_by(name, CASE WHEN name IS NOT NULL THEN snapshot_date END) AS album_name,
        max_by(url, CASE WHEN url IS NOT NULL THEN snapshot_date END) AS album_url,
        max_by(image_url, CASE WHEN image_url IS NOT NULL THEN snapshot_date END) AS image_url,
        max_by(release_date_text, CASE WHEN release_date_text IS NOT NULL THEN snapshot_date END) AS release_date_text
    FROM album_days
    WHERE album_id IN (SELECT album_id FROM song_days WHERE song_id = $song)
    GROUP BY album_id
) AS albums ON albums.album_id = songs.album_id
WHERE songs.song_id = $song
