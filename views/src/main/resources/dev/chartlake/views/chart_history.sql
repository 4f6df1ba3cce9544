-- One row per list, day and {key}: where it stands, where it stood before, and its history so far. Where our snapshots do
-- not go back far enough, the numbers are those that the chart reports; the columns seen_… are from our snapshots alone.
-- An incomplete snapshot that does not have it says nothing: only a complete one in between is a break.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    {recording}
    song_id,
    song_name,
    artist_names,
    position,
    previous_position,
    previous_position - position AS change,
    CASE
        WHEN position < previous_position THEN 'up'
        WHEN position > previous_position THEN 'down'
        WHEN position = previous_position THEN 'same'
        WHEN last_complete IS NOT NULL
            OR reported_periods > 1
            OR reported_previous IS NOT NULL
            OR reported_peak < position
            THEN 're-entry'
        WHEN previous_snapshot_date IS NULL AND reported_periods IS NULL THEN 'first'
        ELSE 'new'
    END AS status,
    CASE WHEN best_reported < seen_peak THEN best_reported ELSE seen_peak END AS peak,
    CASE WHEN best_reported < seen_peak THEN CAST(NULL AS DATE) ELSE seen_peak_date END AS peak_date,
    seen_periods + greatest(missing_periods, 0) AS periods,
    seen_periods + 1 - run_start AS streak,
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
    next_complete_date,
    seen_peak,
    seen_previous,
    seen_periods,
    coalesce(best_reported < seen_peak, false) AS peak_from_report,
    previous_from_report,
    missing_periods > 0 AS periods_from_report
FROM (
    SELECT
        known.*,
        CASE WHEN previous_from_report THEN reported_previous ELSE seen_previous END AS previous_position,
        max(CASE WHEN peak_before IS NULL OR position < peak_before THEN snapshot_date END) OVER (
            PARTITION BY {key}, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS seen_peak_date,
        max(coalesce(reported_periods, 0) - seen_periods) OVER (
            PARTITION BY {key}, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS missing_periods,
        max(
            CASE
                WHEN seen_previous IS NULL OR (previous_from_report AND reported_previous IS NULL) THEN seen_periods
            END
        ) OVER (
            PARTITION BY {key}, playlist_id, source
            ORDER BY snapshot_number
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            so_far.*,
            CASE WHEN position < peak_before THEN position ELSE coalesce(peak_before, position) END AS seen_peak,
            CASE
                WHEN last_complete = complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END THEN last_position
            END AS seen_previous,
            -- A chart means its period before. Only a snapshot of ours that is one period older can say the same. Dates
            -- differ by a number in some engines and by an interval in others; two differences compare in all.
            (reported_previous IS NOT NULL OR reported_periods IS NOT NULL) AND coalesce(
                previous_snapshot_date IS NULL OR snapshot_date - previous_snapshot_date <> CASE
                    WHEN playlist_id LIKE '%-weekly' THEN DATE '2000-01-08' - DATE '2000-01-01'
                    WHEN playlist_id LIKE '%-daily' THEN DATE '2000-01-02' - DATE '2000-01-01'
                END,
                false
            ) AS previous_from_report
        FROM (
            SELECT
                entries.*,
                lag(complete_so_far) OVER (
                    PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number
                ) AS last_complete,
                lag(position) OVER (PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number) AS last_position,
                min(position) OVER (
                    PARTITION BY {key}, playlist_id, source
                    ORDER BY snapshot_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
                ) AS peak_before,
                min(reported_peak) OVER (
                    PARTITION BY {key}, playlist_id, source
                    ORDER BY snapshot_number
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
                ) AS best_reported,
                row_number() OVER (
                    PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number
                ) AS seen_periods,
                first_value(snapshot_date) OVER (
                    PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number
                ) AS first_seen
            FROM chart_entries{form} AS entries
        ) AS so_far
    ) AS known
) AS told
