-- As movers, from the positions that the chart itself reports for its period before.
SELECT
    snapshot_date,
    :since AS previous_date,
    source,
    playlist_id,
    playlist_name,
    position,
    reported_previous AS previous_position,
    reported_previous - position AS change,
    {recording}
    song_id,
    song_name,
    artist_names,
    streams,
    'previous' AS reported
FROM chart_entries{form}
WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date = :date AND reported_previous <> position
QUALIFY row_number() OVER (
    PARTITION BY position < reported_previous
    ORDER BY abs(reported_previous - position) DESC, position
) <= :limit
ORDER BY position < reported_previous DESC, abs(reported_previous - position) DESC, position
