-- What was in any snapshot of a list on a day.
SELECT DISTINCT recording_id
FROM playlist_entries_by_recording
WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date = :date AND song_id IS NOT NULL
