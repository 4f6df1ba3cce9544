SELECT snapshot_date, {key} AS key, position
FROM {top_history}
WHERE snapshot_date BETWEEN $since AND $until
    AND {key} IN (
        SELECT {key} FROM {top_history} WHERE snapshot_date BETWEEN $since AND $until GROUP BY {key}
        ORDER BY max(CASE WHEN snapshot_date = $until THEN 1000 - position ELSE 0 END) DESC, min(position), {key}
        LIMIT $top
    )
ORDER BY snapshot_date, position
