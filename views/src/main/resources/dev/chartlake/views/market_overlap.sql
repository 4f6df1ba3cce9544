-- One row per day and pair of lists that have a snapshot on it: how many songs they have in common.
WITH sizes AS (
    SELECT
        list_snapshots.snapshot_date,
        list_snapshots.source,
        list_snapshots.playlist_id,
        max(list_snapshots.playlist_name) AS playlist_name,
        max(list_snapshots.market) AS market,
        count(entries.{key}) AS entries
    FROM list_snapshots
    LEFT JOIN chart_entries{form} AS entries
        ON entries.source = list_snapshots.source
        AND entries.playlist_id = list_snapshots.playlist_id
        AND entries.snapshot_date = list_snapshots.snapshot_date
    GROUP BY list_snapshots.source, list_snapshots.playlist_id, list_snapshots.snapshot_date
),

shared AS (
    SELECT
        a.snapshot_date,
        a.source AS source_a,
        a.playlist_id AS playlist_id_a,
        b.source AS source_b,
        b.playlist_id AS playlist_id_b,
        count(*) AS common
    FROM chart_entries{form} AS a
    JOIN chart_entries{form} AS b
        ON b.snapshot_date = a.snapshot_date
        AND b.{key} = a.{key}
        AND (a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id))
    GROUP BY a.snapshot_date, a.source, a.playlist_id, b.source, b.playlist_id
)

SELECT
    a.snapshot_date,
    a.source AS source_a,
    a.playlist_id AS playlist_id_a,
    a.playlist_name AS playlist_name_a,
    a.market AS market_a,
    b.source AS source_b,
    b.playlist_id AS playlist_id_b,
    b.playlist_name AS playlist_name_b,
    b.market AS market_b,
    a.entries AS entries_a,
    b.entries AS entries_b,
    coalesce(shared.common, 0) AS common,
    CAST(coalesce(shared.common, 0) AS DOUBLE) / nullif(a.entries + b.entries - coalesce(shared.common, 0), 0) AS overlap
FROM sizes AS a
JOIN sizes AS b
    ON b.snapshot_date = a.snapshot_date
    AND (a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id))
LEFT JOIN shared
    ON shared.snapshot_date = a.snapshot_date
    AND shared.source_a = a.source
    AND shared.playlist_id_a = a.playlist_id
    AND shared.source_b = b.source
    AND shared.playlist_id_b = b.playlist_id
