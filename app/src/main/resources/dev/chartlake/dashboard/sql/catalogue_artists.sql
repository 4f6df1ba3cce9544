-- Kept for the search: every artist that was ever credited, as it is typed.
SELECT
    artist_id,
    max_by(artist_name, CASE WHEN artist_name IS NOT NULL THEN snapshot_date END) AS artist_name,
    max(snapshot_date) AS last_seen,
    fold(max_by(artist_name, CASE WHEN artist_name IS NOT NULL THEN snapshot_date END)) AS typed
FROM artist_days
GROUP BY artist_id
