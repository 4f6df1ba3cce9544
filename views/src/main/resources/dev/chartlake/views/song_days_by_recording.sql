-- song_days, with the recording of each song.
SELECT
    song_days.*,
    coalesce(recordings.recording_id, song_days.song_id) AS recording_id
FROM song_days
LEFT JOIN recordings ON recordings.song_id = song_days.song_id
