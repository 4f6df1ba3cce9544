-- One row per list, {key} and complete snapshot that it is no longer in, although it was on the list before.
SELECT
    next_complete_date AS snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    {recording}
    song_id,
    song_name,
    artist_names,
    snapshot_date AS last_seen,
    position AS last_position,
    peak,
    peak_date,
    periods,
    streak,
    first_seen,
    peak_from_report,
    periods_from_report
FROM (
    SELECT
        history.*,
        lead(snapshot_date) OVER (PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number) AS next_seen
    FROM chart_history{form} AS history
) AS appearances
WHERE next_seen IS NULL AND next_complete_date IS NOT NULL OR next_seen > next_complete_date
