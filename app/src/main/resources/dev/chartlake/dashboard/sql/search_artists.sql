SELECT artist_id, artist_name
FROM {catalogue_artists}
WHERE contains(lower(artist_name), lower($q)) OR artist_id = $q
ORDER BY
    CASE WHEN starts_with(lower(artist_name), lower($q)) THEN 0 ELSE 1 END,
    last_seen DESC,
    lower(artist_name),
    artist_id
LIMIT $top
