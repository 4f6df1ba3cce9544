SELECT
    gone.{key} AS key, gone.song_id, gone.song_name, gone.artist_names, gone.position AS last_position, gone.snapshot_date AS last_seen,
    gone.peak, gone.periods, gone.streak
FROM {day_history} AS gone
WHERE gone.next_complete_date = $date
    AND gone.{key} NOT IN (SELECT {key} FROM {day_history} WHERE snapshot_date = $date)
QUALIFY row_number() OVER (PARTITION BY gone.{key} ORDER BY gone.snapshot_number DESC) = 1
ORDER BY gone.position
