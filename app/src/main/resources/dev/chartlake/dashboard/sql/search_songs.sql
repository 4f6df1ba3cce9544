SELECT song_id, song_name, artist_names
FROM {catalogue}
WHERE contains(lower(song_name), lower($q)) OR contains(lower(artist_names), lower($q)) OR song_id = $q
ORDER BY
    CASE WHEN starts_with(lower(song_name), lower($q)) THEN 0 ELSE 1 END, last_seen DESC, lower(song_name), song_id
LIMIT $top
