-- One row per list, day and {key}: the songs of the snapshot that counts, each at its best position.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    {recording}
    song_id,
    song_name,
    artist_names,
    position,
    streams,
    reported_peak,
    reported_previous,
    reported_periods,
    snapshot_number,
    previous_snapshot_date,
    next_snapshot_date
FROM (
    SELECT
        entries.*,
        list_snapshots.playlist_name,
        list_snapshots.snapshot_number,
        list_snapshots.previous_snapshot_date,
        list_snapshots.next_snapshot_date,
        row_number() OVER (
            PARTITION BY entries.{key}, entries.snapshot_date, entries.playlist_id, entries.source
            ORDER BY entries.position
        ) AS occurrence
    FROM playlist_entries{form} AS entries
    JOIN list_snapshots
        ON list_snapshots.source = entries.source
        AND list_snapshots.playlist_id = entries.playlist_id
        AND list_snapshots.snapshot_date = entries.snapshot_date
        AND list_snapshots.observed_at = entries.observed_at
    WHERE entries.song_id IS NOT NULL
) AS songs_of_snapshots
WHERE occurrence = 1
