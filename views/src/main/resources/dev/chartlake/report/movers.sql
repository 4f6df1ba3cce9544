-- One row per {key} that climbed or fell between two snapshots of a list: first the climbers, then the fallers.
SELECT
    snapshot_date,
    previous_date,
    source,
    playlist_id,
    playlist_name,
    position,
    previous_position,
    previous_position - position AS change,
    {recording}
    song_id,
    song_name,
    artist_names,
    streams,
    CAST(NULL AS VARCHAR) AS reported
FROM (
    SELECT *
    FROM chart_entries{form}
    WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date = :date
) AS now
JOIN (
    SELECT snapshot_date AS previous_date, position AS previous_position, {key} AS previous_key
    FROM chart_entries{form}
    WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date = :since
) AS earlier ON previous_key = {key}
WHERE position <> previous_position
QUALIFY row_number() OVER (
    PARTITION BY position < previous_position
    ORDER BY abs(previous_position - position) DESC, position
) <= :limit
ORDER BY position < previous_position DESC, abs(previous_position - position) DESC, position
