-- As anomalies, of a day and of the snapshot before it. Only the days around these are read.
SELECT snapshot_date, entries, strays, missing
FROM (
    SELECT
        snapshots.snapshot_date,
        count(CASE WHEN now THEN 1 END) AS entries,
        count(CASE WHEN now AND NOT before AND NOT after THEN 1 END) AS strays,
        count(CASE WHEN before AND after AND NOT now THEN 1 END) AS missing
    FROM (
        SELECT
            snapshots.snapshot_date,
            bool_or(entries.snapshot_number = snapshots.snapshot_number - 1) AS before,
            bool_or(entries.snapshot_number = snapshots.snapshot_number) AS now,
            bool_or(entries.snapshot_number = snapshots.snapshot_number + 1) AS after
        FROM (
            SELECT snapshot_date, snapshot_number
            FROM list_snapshots
            WHERE source = :source
                AND playlist_id = :playlist_id
                AND complete
                AND (snapshot_date = :date OR next_snapshot_date = :date)
        ) AS snapshots
        JOIN (
            SELECT snapshot_number, {key}
            FROM chart_entries{form}
            WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date BETWEEN :since AND :until
        ) AS entries
            ON entries.snapshot_number BETWEEN snapshots.snapshot_number - 1 AND snapshots.snapshot_number + 1
        GROUP BY snapshots.snapshot_date, entries.{key}
    ) AS snapshots
    GROUP BY snapshots.snapshot_date
) AS counted
WHERE strays >= 5 AND missing >= 5 AND strays * 5 >= entries AND missing * 5 >= entries
ORDER BY snapshot_date
