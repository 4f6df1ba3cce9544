-- The snapshots among a day's and the one before that do not fit those around them, as the view chart_anomalies. The songs of
-- the two are enough to tell.
SELECT snapshot_date, entries, strays, missing
FROM (
    SELECT
        snapshot_date,
        count(CASE WHEN now THEN 1 END) AS entries,
        count(CASE WHEN now AND NOT before AND NOT after THEN 1 END) AS strays,
        count(CASE WHEN before AND after AND NOT now THEN 1 END) AS missing
    FROM (
        SELECT
            snapshots.snapshot_date,
            bool_or(history.snapshot_number = snapshots.snapshot_number - 1) AS before,
            bool_or(history.snapshot_number = snapshots.snapshot_number) AS now,
            bool_or(history.snapshot_number = snapshots.snapshot_number + 1) AS after
        FROM {snapshots} AS snapshots
        JOIN {day_history} AS history
            ON history.snapshot_number BETWEEN snapshots.snapshot_number - 1 AND snapshots.snapshot_number + 1
        WHERE snapshots.source = $source
            AND snapshots.playlist_id = $list
            AND snapshots.complete
            AND (snapshots.snapshot_date = $date OR snapshots.next_snapshot_date = $date)
        GROUP BY snapshots.snapshot_date, history.{key}
    ) AS songs
    GROUP BY snapshot_date
) AS counted
WHERE strays >= 5 AND missing >= 5 AND strays * 5 >= entries AND missing * 5 >= entries
ORDER BY snapshot_date
