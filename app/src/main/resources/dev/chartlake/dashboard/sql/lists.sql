SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    min(snapshot_date) AS first_snapshot,
    max(snapshot_date) AS last_snapshot,
    count(*) AS snapshots
FROM {snapshots}
GROUP BY source, playlist_id
ORDER BY lower(max(playlist_name)), source, playlist_id
