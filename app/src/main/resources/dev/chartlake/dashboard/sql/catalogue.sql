-- Kept for the search: every song that was ever seen.
SELECT
    song_id,
    max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
    max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names,
    max(snapshot_date) AS last_seen
FROM song_days
GROUP BY song_id
