-- Kept once for each state of the lake: which song ids are one recording.
SELECT song_id, recording_id
FROM recordings
