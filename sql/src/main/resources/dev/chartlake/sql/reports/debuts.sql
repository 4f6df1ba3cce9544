-- One row per {key} that came into a list, newest first. The list's first snapshot says nothing of what was before it.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    status,
    position,
    peak,
    peak_date,
    periods,
    first_seen,
    {recording}
    song_id,
    song_name,
    artist_names,
    streams
FROM chart_history{form}
WHERE source = :source
    AND playlist_id = :playlist_id
    AND snapshot_date BETWEEN :since AND :until
    AND status IN ('new', 're-entry')
    AND previous_snapshot_date IS NOT NULL
ORDER BY snapshot_date DESC, position
LIMIT :limit
