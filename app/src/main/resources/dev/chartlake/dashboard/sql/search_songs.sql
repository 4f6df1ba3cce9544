-- The recordings whose titles and artists have every word of a text, each as the song id that was seen last; a text without
-- letters and digits is looked for as it is. One or two Latin letters are looked for where words begin, others anywhere.
WITH asked AS (
    SELECT fold($q) AS q
),

words AS (
    SELECT CASE WHEN strlen(word) > 2 THEN word ELSE ' ' || word END AS word
    FROM (SELECT unnest(string_split(q, ' ')) AS word FROM asked) AS typed_words
),

matching AS (
    SELECT
        *,
        CASE
            WHEN typed_name = q THEN 0
            WHEN starts_with(typed_name, q) THEN 1
            WHEN contains(' ' || typed, ' ' || q) THEN 2
            ELSE 3
        END AS place
    FROM {catalogue} AS song, asked
    WHERE song_id = $q
        OR (q = '' AND contains(concat_ws(' ', song_name, artist_names), $q))
        OR (q <> '' AND NOT EXISTS (SELECT 1 FROM words WHERE NOT contains(' ' || song.typed, word)))
)

SELECT song_id, song_name, artist_names, editions
FROM (
    SELECT
        *,
        count(*) OVER (PARTITION BY recording_id) AS editions,
        row_number() OVER (PARTITION BY recording_id ORDER BY song_id = $q DESC, last_seen DESC, song_id) AS edition
    FROM matching
) AS merged
WHERE edition = 1
ORDER BY place, last_seen DESC, typed_name, song_id
LIMIT $top
