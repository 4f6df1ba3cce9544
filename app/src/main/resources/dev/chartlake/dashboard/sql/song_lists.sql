SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    min(position) AS peak,
    count(*) AS periods,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen
FROM chart_entries
WHERE song_id = $song
GROUP BY source, playlist_id
ORDER BY periods DESC, playlist_name
