-- One row per song that is called so, by id or by the words of its title and artists; the titles that are the text itself come
-- first. A text without letters and digits is looked for as it is.
WITH asked AS (
    SELECT fold(:name) AS q
),

words AS (
    SELECT unnest(string_split(q, ' ')) AS word FROM asked
),

names AS (
    SELECT
        {recording}
        song_id,
        song_name,
        artist_names,
        fold(song_name) AS typed_name,
        fold(concat_ws(' ', song_name, artist_names)) AS typed,
        entries
    FROM (
        SELECT {recording} song_id, song_name, artist_names, count(*) AS entries
        FROM playlist_entries{form}
        WHERE song_id IS NOT NULL
        GROUP BY ALL
    ) AS counted
)

SELECT
    {key} AS key,
    max(song_name) AS song_name,
    max(artist_names) AS artist_names,
    bool_or(song_id = :song OR lower(trim(song_name)) = lower(:name) OR (q <> '' AND typed_name = q)) AS exact,
    CAST(sum(entries) AS BIGINT) AS appearances
FROM names, asked
WHERE song_id = :song
    OR (q = '' AND contains(lower(song_name), lower(:name)))
    OR (q <> '' AND NOT EXISTS (SELECT 1 FROM words WHERE NOT contains(names.typed, word)))
GROUP BY {key}
ORDER BY exact DESC, appearances DESC, key
