SELECT
    gone.song_id, gone.song_name, gone.artist_names, gone.position AS last_position, gone.snapshot_date AS last_seen,
    gone.peak, gone.periods, gone.streak
FROM {day_history} AS gone
WHERE gone.snapshot_number = (
        SELECT snapshot_number - 1
        FROM {snapshots}
        WHERE source = $source AND playlist_id = $list AND snapshot_date = $date
    )
    AND gone.song_id NOT IN (SELECT song_id FROM {day_history} WHERE snapshot_date = $date)
ORDER BY gone.position
