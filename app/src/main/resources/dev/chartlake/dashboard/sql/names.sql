SELECT song_id, max_by(song_name, snapshot_date) AS song_name, max_by(artist_names, snapshot_date) AS artist_names
FROM {top_history}
WHERE snapshot_date BETWEEN $since AND $until
    AND song_id IN (
        SELECT song_id FROM {top_history} WHERE snapshot_date BETWEEN $since AND $until GROUP BY song_id
        ORDER BY max(CASE WHEN snapshot_date = $until THEN 1000 - position ELSE 0 END) DESC, min(position), song_id
        LIMIT $top
    )
GROUP BY song_id
ORDER BY song_id
