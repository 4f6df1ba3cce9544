-- One row per song: each field's newest known value, and when the song was last seen.
SELECT
    max(snapshot_date) AS last_seen_on,
    song_id,
    max_by(observed_at, snapshot_date) AS observed_at,
    max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
    max_by(duration_ms, CASE WHEN duration_ms IS NOT NULL THEN snapshot_date END) AS duration_ms,
    max_by(url, CASE WHEN url IS NOT NULL THEN snapshot_date END) AS url,
    max_by(popularity, CASE WHEN popularity IS NOT NULL THEN snapshot_date END) AS popularity,
    max_by(explicit, CASE WHEN explicit IS NOT NULL THEN snapshot_date END) AS explicit,
    max_by(isrc, CASE WHEN isrc IS NOT NULL THEN snapshot_date END) AS isrc,
    max_by(disc_number, CASE WHEN disc_number IS NOT NULL THEN snapshot_date END) AS disc_number,
    max_by(track_number, CASE WHEN track_number IS NOT NULL THEN snapshot_date END) AS track_number,
    max_by(album_id, CASE WHEN album_id IS NOT NULL THEN snapshot_date END) AS album_id,
    max_by(artist_id, CASE WHEN artist_id IS NOT NULL THEN snapshot_date END) AS artist_id,
    max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names
FROM song_days
GROUP BY song_id
