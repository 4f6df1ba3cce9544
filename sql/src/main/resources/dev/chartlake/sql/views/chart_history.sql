-- One row per list, day and {key}: where it stands, where it stood in the list's snapshot before, and its history so far.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    {recording}
    song_id,
    song_name,
    artist_names,
    position,
    CASE WHEN last_number = snapshot_number - 1 THEN last_position END AS previous_position,
    CASE WHEN last_number = snapshot_number - 1 THEN last_position - position END AS change,
    CASE
        WHEN last_number IS NULL THEN 'new'
        WHEN last_number < snapshot_number - 1 THEN 're-entry'
        WHEN position < last_position THEN 'up'
        WHEN position > last_position THEN 'down'
        ELSE 'same'
    END AS status,
    least(position, coalesce(peak_before, position)) AS peak,
    max(CASE WHEN peak_before IS NULL OR position < peak_before THEN snapshot_date END) OVER (
        PARTITION BY {key}, playlist_id, source
        ORDER BY snapshot_number
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS peak_date,
    periods,
    snapshot_number + 1 - max(
        CASE WHEN last_number IS NULL OR last_number < snapshot_number - 1 THEN snapshot_number END
    ) OVER (
        PARTITION BY {key}, playlist_id, source
        ORDER BY snapshot_number
        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS streak,
    first_seen,
    streams,
    reported_peak,
    reported_previous,
    reported_periods,
    snapshot_number,
    previous_snapshot_date,
    next_snapshot_date
FROM (
    SELECT
        entries.*,
        lag(snapshot_number) OVER (
            PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number
        ) AS last_number,
        lag(position) OVER (PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number) AS last_position,
        min(position) OVER (
            PARTITION BY {key}, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
        ) AS peak_before,
        row_number() OVER (PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number) AS periods,
        first_value(snapshot_date) OVER (
            PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number
        ) AS first_seen
    FROM chart_entries{form} AS entries
) AS so_far
