-- A recording that has another song id in one snapshot than in another, and how many there are.
SELECT count(*) OVER () AS recordings, 2 AS ids, a.song_name
FROM chart_entries_by_recording AS a
JOIN chart_entries_by_recording AS b ON b.recording_id = a.recording_id
WHERE a.source = :source AND a.playlist_id = :playlist_id AND a.snapshot_date = :date
    AND b.source = :with_source AND b.playlist_id = :with_playlist_id AND b.snapshot_date = :with_date
    AND b.song_id <> a.song_id
ORDER BY a.position
LIMIT 1
