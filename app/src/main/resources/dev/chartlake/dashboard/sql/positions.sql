SELECT snapshot_date, song_id, position
FROM {top_history}
WHERE snapshot_date BETWEEN $since AND $until
    AND song_id IN (
        SELECT song_id FROM {top_history} WHERE snapshot_date BETWEEN $since AND $until GROUP BY song_id
        ORDER BY max(CASE WHEN snapshot_date = $until THEN 1000 - position ELSE 0 END) DESC, min(position), song_id
        LIMIT $top
    )
ORDER BY snapshot_date, position
