SELECT
    source_a, playlist_id_a, playlist_name_a, source_b, playlist_id_b, playlist_name_b, entries_a, entries_b, common,
    overlap
FROM market_overlap
WHERE snapshot_date = $date
ORDER BY source_a, playlist_id_a, source_b, playlist_id_b
