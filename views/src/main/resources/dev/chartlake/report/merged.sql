-- The recording that had the most song ids in snapshots of a list, and how many had several.
SELECT count(*) OVER () AS recordings, ids, song_name
FROM (
    SELECT recording_id, count(DISTINCT song_id) AS ids, max_by(song_name, snapshot_date) AS song_name
    FROM playlist_entries_by_recording
    WHERE song_id IS NOT NULL
        AND (:every OR (source = :source AND playlist_id = :playlist_id))
        AND snapshot_date BETWEEN :since AND :until
        AND (:any OR recording_id IN :keys)
    GROUP BY recording_id
    HAVING count(DISTINCT song_id) > 1
) AS merged
ORDER BY ids DESC, song_name, recording_id
LIMIT 1
