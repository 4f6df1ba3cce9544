-- One row per song that is called so, by id or by name; the names that are the text itself come first.
SELECT
    {key} AS key,
    max(song_name) AS song_name,
    max(artist_names) AS artist_names,
    bool_or(song_id = :song OR lower(trim(song_name)) = :name) AS exact,
    count(*) AS appearances
FROM playlist_entries{form}
WHERE song_id = :song OR contains(lower(song_name), :name)
GROUP BY {key}
ORDER BY exact DESC, appearances DESC, key
