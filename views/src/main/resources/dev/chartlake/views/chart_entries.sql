-- One row per list, day and {key}: the songs of the snapshot that counts, each at its best position. Engines differ in
-- whether min_by passes over a null: so a number that is not known is -1 meanwhile.
SELECT
    entries.snapshot_date,
    entries.source,
    entries.playlist_id,
    list_snapshots.playlist_name,
    list_snapshots.market,
    list_snapshots.period,
    {recording}
    entries.song_id,
    entries.song_name,
    entries.artist_names,
    entries.position,
    entries.streams,
    entries.reported_peak,
    entries.reported_previous,
    entries.reported_periods,
    list_snapshots.snapshot_number,
    list_snapshots.previous_snapshot_date,
    list_snapshots.next_snapshot_date,
    list_snapshots.complete,
    list_snapshots.complete_so_far,
    list_snapshots.next_complete_date
FROM (
    SELECT
        snapshot_date,
        source,
        playlist_id,
        observed_at,
        {recording}
        {best song},
        min(position) AS position,
        min_by(song_name, position) AS song_name,
        min_by(artist_names, position) AS artist_names,
        nullif(min_by(coalesce(streams, -1), position), -1) AS streams,
        nullif(min_by(coalesce(reported_peak, -1), position), -1) AS reported_peak,
        nullif(min_by(coalesce(reported_previous, -1), position), -1) AS reported_previous,
        nullif(min_by(coalesce(reported_periods, -1), position), -1) AS reported_periods
    FROM playlist_entries{form}
    WHERE song_id IS NOT NULL
    GROUP BY source, playlist_id, snapshot_date, observed_at, {key}
) AS entries
JOIN list_snapshots
    ON list_snapshots.source = entries.source
    AND list_snapshots.playlist_id = entries.playlist_id
    AND list_snapshots.snapshot_date = entries.snapshot_date
    AND list_snapshots.observed_at = entries.observed_at
