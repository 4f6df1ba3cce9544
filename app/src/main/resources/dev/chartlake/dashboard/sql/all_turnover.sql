-- Kept for each list that is looked at: as the view chart_turnover, of a window less, because it needs no peaks and runs.
SELECT
    snapshot_date,
    entries,
    new,
    re_entries,
    up,
    down,
    same,
    CASE WHEN complete THEN lag(present, 1, 0) OVER (ORDER BY snapshot_date) - up - down - same ELSE 0 END AS exits,
    CAST(new + re_entries AS DOUBLE) / nullif(entries, 0) AS turnover
FROM (
    SELECT
        *,
        CAST(sum(CASE WHEN complete THEN entries ELSE new + re_entries END) OVER (
            PARTITION BY complete_so_far ORDER BY snapshot_date
        ) AS BIGINT) AS present
    FROM (
        SELECT
            snapshots.snapshot_date,
            snapshots.complete,
            snapshots.complete_so_far,
            coalesce(counts.entries, 0) AS entries,
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
                count(CASE WHEN last_complete IS NULL THEN 1 END) AS new,
                count(CASE WHEN last_complete < complete_before THEN 1 END) AS re_entries,
                count(CASE WHEN last_complete = complete_before AND position < last_position THEN 1 END) AS up,
                count(CASE WHEN last_complete = complete_before AND position > last_position THEN 1 END) AS down,
                count(CASE WHEN last_complete = complete_before AND position = last_position THEN 1 END) AS same
            FROM (
                SELECT
                    snapshot_date,
                    position,
                    complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END AS complete_before,
                    lag(complete_so_far) OVER song AS last_complete,
                    lag(position) OVER song AS last_position
                FROM chart_entries
                WHERE source = $source AND playlist_id = $list
                WINDOW song AS (PARTITION BY song_id ORDER BY snapshot_number)
            ) AS entries
            GROUP BY snapshot_date
        ) AS counts ON counts.snapshot_date = snapshots.snapshot_date
        WHERE snapshots.source = $source AND snapshots.playlist_id = $list
    ) AS snapshots
) AS counted
