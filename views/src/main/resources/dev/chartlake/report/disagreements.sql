-- One row per song of a chart whose reported numbers are not what our snapshots say, newest first.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    position,
    concat_ws(
        ', ',
        CASE WHEN peak_disagrees THEN 'peak' END,
        CASE WHEN previous_disagrees THEN 'previous' END,
        CASE WHEN periods_disagrees THEN 'periods' END
    ) AS disagrees,
    peak,
    reported_peak,
    previous_position,
    reported_previous,
    periods,
    reported_periods,
    song_id,
    song_name,
    artist_names
FROM chart_reported
WHERE (peak_disagrees OR previous_disagrees OR periods_disagrees)
    AND snapshot_date BETWEEN :since AND :until
    AND (:every OR (source = :source AND playlist_id = :playlist_id))
ORDER BY snapshot_date DESC, source, playlist_id, position
LIMIT :limit
