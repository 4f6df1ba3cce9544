SELECT
    coalesce(entries.playlist_name, entries.playlist_id) AS list,
    entries.playlist_id,
    entries.snapshot_date,
    entries.position,
    entries.song_id,
    entries.song_name,
    entries.artist_names,
    CAST(songs.duration_ms AS DOUBLE) / 60000 AS minutes,
    songs.popularity,
    albums.name AS album_name,
    albums.release_date_text AS release_date
FROM "${database}".chart_entries AS entries
JOIN "${database}".lists AS newest
    ON newest.source = entries.source
    AND newest.playlist_id = entries.playlist_id
    AND newest.last_snapshot = entries.snapshot_date
LEFT JOIN "${database}".songs AS songs ON songs.song_id = entries.song_id
LEFT JOIN "${database}".albums AS albums ON albums.album_id = songs.album_id
