-- One row per artist: each field's newest known value, and when the artist was last seen.
SELECT
    max(snapshot_date) AS last_seen_on,
    artist_id,
    max_by(observed_at, snapshot_date) AS observed_at,
    max_by(artist_name, CASE WHEN artist_name IS NOT NULL THEN snapshot_date END) AS artist_name,
    max_by(url, CASE WHEN url IS NOT NULL THEN snapshot_date END) AS url
FROM artist_days
GROUP BY artist_id
