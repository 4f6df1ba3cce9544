-- Kept for the search: every song that was ever seen, as it is typed, and which recording it is.
SELECT
    seen.song_id,
    seen.song_name,
    seen.artist_names,
    seen.last_seen,
    recordings.recording_id,
    fold(seen.song_name) AS typed_name,
    fold(concat_ws(' ', seen.song_name, seen.artist_names)) AS typed
FROM (
    SELECT
        song_id,
        max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
        max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names,
        max(snapshot_date) AS last_seen
    FROM song_days
    GROUP BY song_id
) AS seen
JOIN recordings ON recordings.song_id = seen.song_id
