-- One row per list that is called by one of these ids, or per list at all, with its last snapshots up to given dates.
SELECT
    source,
    playlist_id,
    max_by(name, observed_at) FILTER (WHERE trim(name) <> '') AS playlist_name,
    min(snapshot_date) AS first_snapshot,
    max(snapshot_date) AS last_snapshot,
    max(snapshot_date) FILTER (WHERE snapshot_date <= :date) AS date,
    max(snapshot_date) FILTER (WHERE snapshot_date <= :since) AS since
FROM playlists
ANTI JOIN excluded_snapshots USING (playlist_id, snapshot_date)
WHERE :every OR playlist_id IN :ids
GROUP BY source, playlist_id
ORDER BY source, playlist_id
