-- Kept for each list that is looked at: as the view chart_turnover, of a window less, because it needs no peaks and runs.
SELECT
    snapshot_date,
    entries,
    new,
    re_entries,
    up,
    down,
    same,
    CASE WHEN complete THEN lag(present, 1, 0) OVER (ORDER BY snapshot_date) - stayed ELSE 0 END AS exits,
    CAST(new + re_entries AS DOUBLE) / nullif(new + re_entries + up + down + same, 0) AS turnover
FROM (
    SELECT
        *,
        CAST(sum(CASE WHEN complete THEN entries ELSE entries - stayed END) OVER (
            PARTITION BY complete_so_far ORDER BY snapshot_date
        ) AS BIGINT) AS present
    FROM (
        SELECT
            snapshots.snapshot_date,
            snapshots.complete,
            snapshots.complete_so_far,
            coalesce(counts.entries, 0) AS entries,
            coalesce(counts.stayed, 0) AS stayed,
            coalesce(counts.new, 0) AS new,
            coalesce(counts.re_entries, 0) AS re_entries,
            coalesce(counts.up, 0) AS up,
            coalesce(counts.down, 0) AS down,
            coalesce(counts.same, 0) AS same
        FROM list_snapshots AS snapshots
        LEFT JOIN (
            SELECT
                snapshot_date,
                count(*) AS entries,
                count(seen_previous) AS stayed,
                count(CASE WHEN previous IS NULL AND came = 'new' THEN 1 END) AS new,
                count(CASE WHEN previous IS NULL AND came = 're-entry' THEN 1 END) AS re_entries,
                count(CASE WHEN position < previous THEN 1 END) AS up,
                count(CASE WHEN position > previous THEN 1 END) AS down,
                count(CASE WHEN position = previous THEN 1 END) AS same
            FROM (
                SELECT
                    *,
                    CASE
                        WHEN (reported_previous IS NOT NULL OR reported_periods IS NOT NULL) AND coalesce(
                            previous_snapshot_date IS NULL OR snapshot_date - previous_snapshot_date <> CASE
                                WHEN playlist_id LIKE '%-weekly' THEN 7
                                WHEN playlist_id LIKE '%-daily' THEN 1
                            END,
                            false
                        )
                            THEN reported_previous
                        ELSE seen_previous
                    END AS previous,
                    CASE
                        WHEN last_complete IS NOT NULL
                            OR reported_periods > 1
                            OR reported_previous IS NOT NULL
                            OR reported_peak < position
                            THEN 're-entry'
                        WHEN previous_snapshot_date IS NOT NULL OR reported_periods IS NOT NULL THEN 'new'
                    END AS came
                FROM (
                    SELECT
                        *,
                        lag(complete_so_far) OVER song AS last_complete,
                        CASE
                            WHEN lag(complete_so_far) OVER song
                                = complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END
                                THEN lag(position) OVER song
                        END AS seen_previous
                    FROM chart_entries{form}
                    WHERE source = $source AND playlist_id = $list
                    WINDOW song AS (PARTITION BY {key} ORDER BY snapshot_number)
                ) AS entries
            ) AS moves
            GROUP BY snapshot_date
        ) AS counts ON counts.snapshot_date = snapshots.snapshot_date
        WHERE snapshots.source = $source AND snapshots.playlist_id = $list
    ) AS snapshots
) AS counted
