-- One row per song and artist, from the newest day that lists the song's artists: never a mix of two days' lists.
-- url is the song's, artist_url the artist's.
SELECT
    listed.snapshot_date AS last_seen_on,
    listed.song_id,
    songs.song_name,
    listed.artist_order,
    listed.artist_id,
    artists.artist_name,
    artists.url AS artist_url,
    songs.album_id,
    songs.duration_ms,
    songs.popularity,
    songs.explicit,
    songs.isrc,
    songs.url
FROM song_artists AS listed
JOIN (SELECT song_id, max(snapshot_date) AS snapshot_date FROM song_artists GROUP BY song_id) AS newest
    ON newest.song_id = listed.song_id AND newest.snapshot_date = listed.snapshot_date
LEFT JOIN songs ON songs.song_id = listed.song_id
LEFT JOIN artists ON artists.artist_id = listed.artist_id
