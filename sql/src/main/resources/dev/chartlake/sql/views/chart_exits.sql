-- One row per list, {key} and snapshot that it is no longer in, although it was in the list's snapshot before.
SELECT
    next_snapshot_date AS snapshot_date,
    source,
    playlist_id,
    playlist_name,
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
    first_seen
FROM (
    SELECT
        history.*,
        lead(snapshot_number) OVER (
            PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number
        ) AS next_number
    FROM chart_history{form} AS history
) AS appearances
WHERE next_snapshot_date IS NOT NULL AND (next_number IS NULL OR next_number > snapshot_number + 1)
