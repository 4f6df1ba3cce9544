-- One row per list and day with a snapshot: the day's last one, which is the one that counts.
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
    lead(snapshot_date) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS next_snapshot_date
FROM (
    SELECT
        snapshot_date,
        source,
        playlist_id,
        max(observed_at) AS observed_at,
        max_by(name, CASE WHEN name IS NOT NULL THEN observed_at END) AS name
    FROM playlists
    GROUP BY source, playlist_id, snapshot_date
) AS days
