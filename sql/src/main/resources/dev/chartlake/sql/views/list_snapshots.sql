-- One row per list and day with a snapshot: the day's last one that is complete, which is the one that counts; if none is
-- complete, the last one. Those that the configuration excludes are left out.
SELECT
    snapshot_date,
    source,
    playlist_id,
    first_value(name) OVER (
        PARTITION BY playlist_id, source
        ORDER BY CASE WHEN name IS NULL THEN 1 ELSE 0 END, snapshot_date DESC
    ) AS playlist_name,
    observed_at,
    row_number() OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS snapshot_number,
    lag(snapshot_date) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS previous_snapshot_date,
    lead(snapshot_date) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS next_snapshot_date,
    complete = 1 AS complete,
    CAST(sum(complete) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS BIGINT) AS complete_so_far,
    min(CASE WHEN complete = 1 THEN snapshot_date END) OVER (
        PARTITION BY playlist_id, source
        ORDER BY snapshot_date
        ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
    ) AS next_complete_date
FROM (
    SELECT
        playlists.snapshot_date,
        playlists.source,
        playlists.playlist_id,
        coalesce(max(CASE WHEN coalesce(complete, true) THEN observed_at END), max(observed_at)) AS observed_at,
        max_by(name, CASE WHEN name IS NOT NULL THEN observed_at END) AS name,
        max(CASE WHEN coalesce(complete, true) THEN 1 ELSE 0 END) AS complete
    FROM playlists
    LEFT JOIN excluded_snapshots AS excluded
        ON excluded.playlist_id = playlists.playlist_id
        AND excluded.snapshot_date = playlists.snapshot_date
    WHERE excluded.playlist_id IS NULL
    GROUP BY playlists.source, playlists.playlist_id, playlists.snapshot_date
) AS days
