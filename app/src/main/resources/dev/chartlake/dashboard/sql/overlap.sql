-- As the view market_overlap, of one day.
WITH snapshots AS (
    SELECT source, playlist_id, playlist_name, observed_at
    FROM {snapshots}
    WHERE snapshot_date = $date
),

songs AS (
    SELECT DISTINCT entries.source, entries.playlist_id, coalesce(recordings.{key}, entries.song_id) AS key
    FROM playlist_entries@date AS entries
    JOIN snapshots
        ON snapshots.source = entries.source
        AND snapshots.playlist_id = entries.playlist_id
        AND snapshots.observed_at = entries.observed_at
    LEFT JOIN {recordings} AS recordings ON recordings.song_id = entries.song_id
    WHERE entries.song_id IS NOT NULL
),

sizes AS (
    SELECT snapshots.source, snapshots.playlist_id, snapshots.playlist_name, count(songs.key) AS entries
    FROM snapshots
    LEFT JOIN songs ON songs.source = snapshots.source AND songs.playlist_id = snapshots.playlist_id
    GROUP BY snapshots.source, snapshots.playlist_id, snapshots.playlist_name
),

shared AS (
    SELECT
        a.source AS source_a,
        a.playlist_id AS playlist_id_a,
        b.source AS source_b,
        b.playlist_id AS playlist_id_b,
        count(*) AS common
    FROM songs AS a
    JOIN songs AS b
        ON b.key = a.key AND (a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id))
    GROUP BY a.source, a.playlist_id, b.source, b.playlist_id
)

SELECT
    a.source AS source_a,
    a.playlist_id AS playlist_id_a,
    a.playlist_name AS playlist_name_a,
    b.source AS source_b,
    b.playlist_id AS playlist_id_b,
    b.playlist_name AS playlist_name_b,
    a.entries AS entries_a,
    b.entries AS entries_b,
    coalesce(shared.common, 0) AS common,
    CAST(coalesce(shared.common, 0) AS DOUBLE) / nullif(a.entries + b.entries - coalesce(shared.common, 0), 0) AS overlap
FROM sizes AS a
JOIN sizes AS b ON a.source < b.source OR (a.source = b.source AND a.playlist_id < b.playlist_id)
LEFT JOIN shared
    ON shared.source_a = a.source
    AND shared.playlist_id_a = a.playlist_id
    AND shared.source_b = b.source
    AND shared.playlist_id_b = b.playlist_id
ORDER BY source_a, playlist_id_a, source_b, playlist_id_b
