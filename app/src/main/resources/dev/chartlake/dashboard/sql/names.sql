SELECT
    {key} AS key,
    max_by(song_id, snapshot_date) AS song_id,
    max_by(song_name, snapshot_date) AS song_name,
    max_by(artist_names, snapshot_date) AS artist_names
FROM {top_history}
WHERE snapshot_date BETWEEN $since AND $until
    AND {key} IN (
        SELECT {key} FROM {top_history} WHERE snapshot_date BETWEEN $since AND $until GROUP BY {key}
        ORDER BY max(CASE WHEN snapshot_date = $until THEN 1000 - position ELSE 0 END) DESC, min(position), {key}
        LIMIT $top
    )
GROUP BY {key}
ORDER BY key
