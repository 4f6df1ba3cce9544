-- One row per pair of lists with a snapshot on a day: how many {key}s they have in common.
SELECT
    snapshot_date,
    source_a,
    playlist_id_a,
    playlist_name_a,
    source_b,
    playlist_id_b,
    playlist_name_b,
    entries_a,
    entries_b,
    common,
    overlap
FROM market_overlap{form}
WHERE snapshot_date = :date
    AND (
        :every
        OR (source_a = :source AND playlist_id_a = :playlist_id)
        OR (source_b = :source AND playlist_id_b = :playlist_id)
    )
ORDER BY overlap DESC NULLS LAST, source_a, playlist_id_a, source_b, playlist_id_b
LIMIT :limit
