SELECT
    coalesce(entries.playlist_name, entries.playlist_id) AS list,
    entries.playlist_id,
    entries.snapshot_date,
    entries.song_id,
    credited.artist_id,
    credited.artist_name,
    credited.popularity
FROM "${database}".chart_entries AS entries
JOIN "${database}".lists AS newest
    ON newest.source = entries.source
    AND newest.playlist_id = entries.playlist_id
    AND newest.last_snapshot = entries.snapshot_date
JOIN "${database}".artist_songs AS credited ON credited.song_id = entries.song_id
