SELECT url, image_url, followers, owner_name, description
FROM playlists@date
WHERE source = $source AND playlist_id = $list
ORDER BY observed_at DESC
LIMIT 1
