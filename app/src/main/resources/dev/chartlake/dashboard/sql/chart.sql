SELECT
    history.position,
    history.previous_position,
    history.change,
    history.status,
    history.peak,
    history.peak_date,
    history.periods,
    history.streak,
    history.first_seen,
    history.streams,
    history.peak_from_report,
    history.previous_from_report,
    history.periods_from_report,
    history.song_id,
    history.{key} AS key,
    merged.song_ids,
    history.song_name,
    history.artist_names,
    songs.duration_ms,
    songs.popularity,
    songs.explicit,
    songs.url,
    songs.album_id,
    albums.name AS album_name,
    albums.url AS album_url,
    albums.image_url,
    albums.release_date,
    albums.release_date_text,
    albums.release_date_precision,
    albums.total_tracks
FROM {day_history} AS history
JOIN (
    SELECT {key} AS key, count(DISTINCT song_id) AS song_ids
    FROM {day_history}
    WHERE {key} IN (SELECT {key} FROM {day_history} WHERE snapshot_date = $date)
    GROUP BY {key}
) AS merged ON merged.key = history.{key}
LEFT JOIN song_days@date AS songs ON songs.song_id = history.song_id
LEFT JOIN album_days@date AS albums ON albums.album_id = songs.album_id
WHERE history.snapshot_date = $date
ORDER BY history.position
