-- One row per {key} that came into a list, newest first. Songs of a list's first snapshot came only if the chart reports it.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    status,
    position,
    peak,
    peak_date,
    periods,
    first_seen,
    {recording}
    song_id,
    song_name,
    artist_names,
    streams,
    nullif(concat_ws(
        ', ',
        CASE WHEN peak_from_report THEN 'peak' END,
        CASE WHEN periods_from_report THEN 'periods' END
    ), '') AS reported
FROM chart_history{form}
WHERE source = :source
    AND playlist_id = :playlist_id
    AND snapshot_date BETWEEN :since AND :until
    AND status IN ('new', 're-entry')
ORDER BY snapshot_date DESC, position
LIMIT :limit
