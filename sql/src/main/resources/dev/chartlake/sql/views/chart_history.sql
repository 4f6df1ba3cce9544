-- One row per list, day and {key}: where it stands, where it stood in the list's snapshot before, and its history so far.
-- An incomplete snapshot that does not have it says nothing: only a complete one in between is a break.
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
    CASE WHEN last_complete = complete_before THEN last_position END AS previous_position,
    CASE WHEN last_complete = complete_before THEN last_position - position END AS change,
    CASE
        WHEN last_complete IS NULL THEN 'new'
        WHEN last_complete < complete_before THEN 're-entry'
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
    periods + 1 - max(CASE WHEN last_complete IS NULL OR last_complete < complete_before THEN periods END) OVER (
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
    next_snapshot_date,
    complete,
    complete_so_far,
    next_complete_date
FROM (
    SELECT
        entries.*,
        complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END AS complete_before,
        lag(complete_so_far) OVER (
            PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number
        ) AS last_complete,
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
