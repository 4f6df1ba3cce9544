SELECT *
FROM (
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
    FROM {snapshots} AS snapshots
    LEFT JOIN (
        SELECT
            snapshot_date,
            count(*) AS entries,
            count(CASE WHEN status = 'new' THEN 1 END) AS new,
            count(CASE WHEN status = 're-entry' THEN 1 END) AS re_entries,
            count(CASE WHEN status = 'up' THEN 1 END) AS up,
            count(CASE WHEN status = 'down' THEN 1 END) AS down,
            count(CASE WHEN status = 'same' THEN 1 END) AS same
        FROM {span_history}
        GROUP BY snapshot_date
    ) AS counts ON counts.snapshot_date = snapshots.snapshot_date
    WHERE snapshots.source = $source AND snapshots.playlist_id = $list
) AS turnover
WHERE snapshot_date BETWEEN $since AND $until
ORDER BY snapshot_date
