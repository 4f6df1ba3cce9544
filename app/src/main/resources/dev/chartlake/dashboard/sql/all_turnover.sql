-- Kept for each list that is looked at: as the view chart_turnover, of a window less, because it needs no peaks and runs.
SELECT
    snapshots.snapshot_date,
    coalesce(counts.entries, 0) AS entries,
    coalesce(counts.new, 0) AS new,
    coalesce(counts.re_entries, 0) AS re_entries,
    coalesce(counts.up, 0) AS up,
    coalesce(counts.down, 0) AS down,
    coalesce(counts.same, 0) AS same,
    lag(coalesce(counts.entries, 0), 1, 0) OVER (ORDER BY snapshots.snapshot_date)
        - coalesce(counts.up + counts.down + counts.same, 0) AS exits,
    CAST(counts.new + counts.re_entries AS DOUBLE) / nullif(counts.entries, 0) AS turnover
FROM list_snapshots AS snapshots
LEFT JOIN (
    SELECT
        snapshot_date,
        count(*) AS entries,
        count(CASE WHEN last_number IS NULL THEN 1 END) AS new,
        count(CASE WHEN last_number < snapshot_number - 1 THEN 1 END) AS re_entries,
        count(CASE WHEN last_number = snapshot_number - 1 AND position < last_position THEN 1 END) AS up,
        count(CASE WHEN last_number = snapshot_number - 1 AND position > last_position THEN 1 END) AS down,
        count(CASE WHEN last_number = snapshot_number - 1 AND position = last_position THEN 1 END) AS same
    FROM (
        SELECT
            snapshot_date,
            snapshot_number,
            position,
            lag(snapshot_number) OVER song AS last_number,
            lag(position) OVER song AS last_position
        FROM chart_entries
        WHERE source = $source AND playlist_id = $list
        WINDOW song AS (PARTITION BY song_id ORDER BY snapshot_number)
    ) AS entries
    GROUP BY snapshot_date
) AS counts ON counts.snapshot_date = snapshots.snapshot_date
WHERE snapshots.source = $source AND snapshots.playlist_id = $list
