-- One row per {key} of a list's snapshot, by position. :keys are those of the day, so that no other's history is computed;
-- names and streams come from the day alone, so that those of all other days are not read.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    history.position,
    previous_position,
    change,
    status,
    peak,
    peak_date,
    periods,
    streak,
    first_seen,
    {recording}
    history.song_id,
    song_name,
    artist_names,
    streams,
    nullif(concat_ws(
        ', ',
        CASE WHEN peak_from_report THEN 'peak' END,
        CASE WHEN previous_from_report THEN 'previous' END,
        CASE WHEN periods_from_report THEN 'periods' END
    ), '') AS reported
FROM (
    SELECT * EXCLUDE (song_name, artist_names, streams)
    FROM chart_history{form}
    WHERE source = :source AND playlist_id = :playlist_id AND {key} IN :keys AND snapshot_date = :date
) AS history
JOIN (
    SELECT song_id, position, song_name, artist_names, streams
    FROM playlist_entries@date
    WHERE source = :source
        AND playlist_id = :playlist_id
        AND observed_at = (
            SELECT observed_at
            FROM playlists@date
            WHERE source = :source AND playlist_id = :playlist_id
            ORDER BY coalesce(complete, true) DESC, observed_at DESC
            LIMIT 1
        )
) AS names ON names.position = history.position AND names.song_id = history.song_id
ORDER BY history.position
LIMIT :limit
