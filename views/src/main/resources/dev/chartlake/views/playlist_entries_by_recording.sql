-- playlist_entries, with the recording of each song.
SELECT
    playlist_entries.*,
    coalesce(recordings.recording_id, playlist_entries.song_id) AS recording_id
FROM playlist_entries
LEFT JOIN recordings ON recordings.song_id = playlist_entries.song_id
