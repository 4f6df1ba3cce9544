-- One row per list and snapshot that does not fit those around it: the {key}s that only it has, and those that both the
-- snapshot before and the next one have and it lacks, are each at least 5 and a fifth of its own.
WITH moves AS (
    SELECT
        source,
        playlist_id,
        snapshot_number,
        lag(snapshot_number) OVER (PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number) AS last_number,
        lead(snapshot_number) OVER (PARTITION BY {key}, playlist_id, source ORDER BY snapshot_number) AS next_number
    FROM chart_entries{form}
),

seen AS (
    SELECT
        source,
        playlist_id,
        snapshot_number,
        count(*) AS entries,
        count(
            CASE
                WHEN coalesce(last_number, 0) < snapshot_number - 1
                    AND coalesce(next_number, snapshot_number + 2) > snapshot_number + 1
                    THEN 1
            END
        ) AS strays
    FROM moves
    GROUP BY source, playlist_id, snapshot_number
),

skipped AS (
    SELECT source, playlist_id, snapshot_number + 1 AS snapshot_number, count(*) AS missing
    FROM moves
    WHERE next_number = snapshot_number + 2
    GROUP BY source, playlist_id, snapshot_number
)

SELECT
    list_snapshots.snapshot_date,
    list_snapshots.source,
    list_snapshots.playlist_id,
    list_snapshots.playlist_name,
    list_snapshots.market,
    list_snapshots.period,
    seen.entries,
    seen.strays,
    skipped.missing,
    list_snapshots.previous_snapshot_date,
    list_snapshots.next_snapshot_date
FROM list_snapshots
JOIN seen
    ON seen.source = list_snapshots.source
    AND seen.playlist_id = list_snapshots.playlist_id
    AND seen.snapshot_number = list_snapshots.snapshot_number
JOIN skipped
    ON skipped.source = list_snapshots.source
    AND skipped.playlist_id = list_snapshots.playlist_id
    AND skipped.snapshot_number = list_snapshots.snapshot_number
WHERE list_snapshots.complete
    AND seen.strays >= 5
    AND skipped.missing >= 5
    AND seen.strays * 5 >= seen.entries
    AND skipped.missing * 5 >= seen.entries
