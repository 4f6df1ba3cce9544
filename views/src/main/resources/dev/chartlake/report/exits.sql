-- One row per {key} that left a list, newest first.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    last_position,
    last_seen,
    peak,
    peak_date,
    periods,
    streak,
    first_seen,
    {recording}
    song_id,
    song_name,
    artist_names,
    nullif(concat_ws(
        ', ',
        CASE WHEN peak_from_report THEN 'peak' END,
        CASE WHEN periods_from_report THEN 'periods' END
    ), '') AS reported
FROM chart_exits{form}
WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date BETWEEN :since AND :until
ORDER BY snapshot_date DESC, last_position
LIMIT :limit
