SELECT
    snapshots.source,
    snapshots.playlist_id,
    max(snapshots.playlist_name) AS playlist_name,
    min(least(entries.position, coalesce(entries.reported_peak, entries.position))) AS peak,
    count(DISTINCT entries.snapshot_date) AS periods,
    min(entries.snapshot_date) AS first_seen,
    max(entries.snapshot_date) AS last_seen
FROM playlist_entries AS entries
JOIN {snapshots} AS snapshots
    ON snapshots.source = entries.source
    AND snapshots.playlist_id = entries.playlist_id
    AND snapshots.snapshot_date = entries.snapshot_date
    AND snapshots.observed_at = entries.observed_at
WHERE entries.song_id IN (SELECT song_id FROM {recordings} WHERE {key} = {song_key})
GROUP BY snapshots.source, snapshots.playlist_id
ORDER BY periods DESC, playlist_name, snapshots.source, snapshots.playlist_id
