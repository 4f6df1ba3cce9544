-- One row per album: each field's newest known value, and when the album was last seen.
SELECT
    max(snapshot_date) AS last_seen_on,
    album_id,
    max_by(observed_at, snapshot_date) AS observed_at,
    max_by(name, CASE WHEN name IS NOT NULL THEN snapshot_date END) AS name,
    max_by(album_type, CASE WHEN album_type IS NOT NULL THEN snapshot_date END) AS album_type,
    max_by(release_date, CASE WHEN release_date IS NOT NULL THEN snapshot_date END) AS release_date,
    max_by(release_date_text, CASE WHEN release_date_text IS NOT NULL THEN snapshot_date END) AS release_date_text,
    max_by(release_date_precision, CASE WHEN release_date_precision IS NOT NULL THEN snapshot_date END) AS release_date_precision,
    max_by(total_tracks, CASE WHEN total_tracks IS NOT NULL THEN snapshot_date END) AS total_tracks,
    max_by(url, CASE WHEN url IS NOT NULL THEN snapshot_date END) AS url,
    max_by(image_url, CASE WHEN image_url IS NOT NULL THEN snapshot_date END) AS image_url
FROM album_days
GROUP BY album_id
