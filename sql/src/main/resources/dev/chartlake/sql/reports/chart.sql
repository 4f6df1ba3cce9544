-- One row per {key} of a list's snapshot, by position. :keys are those of the day, so that no other's history is computed.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    position,
    previous_position,
    change,
    status,
    peak,
    peak_date,
    periods,
    streak,
    first_seen,
    {recording}
    song_id,
    song_name,
    artist_names,
    streams
FROM chart_history{form}
WHERE source = :source AND playlist_id = :playlist_id AND {key} IN :keys AND snapshot_date = :date
ORDER BY position
LIMIT :limit
