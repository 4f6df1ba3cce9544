SELECT url, image_url, followers, owner_name, description
FROM playlists
WHERE source = $source AND playlist_id = $list AND snapshot_date = $date
ORDER BY observed_at DESC
LIMIT 1
