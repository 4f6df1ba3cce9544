-- The artists whose name has every word of a text; a text without letters and digits is looked for as it is. One
-- or two Latin letters are looked for where words begin, others anywhere.
WITH asked AS (
    SELECT fold($q) AS q
),

words AS (
    SELECT CASE WHEN strlen(word) > 2 THEN word ELSE ' ' || word END AS word
    FROM (SELECT unnest(string_split(q, ' ')) AS word FROM asked) AS typed_words
)

SELECT artist_id, artist_name
FROM {catalogue_artists} AS artist, asked
WHERE artist_id = $q
    OR (q = '' AND contains(artist_name, $q))
    OR (q <> '' AND NOT EXISTS (SELECT 1 FROM words WHERE NOT contains(' ' || coalesce(artist.typed, ''), word)))
ORDER BY
    CASE WHEN typed = q THEN 0 WHEN starts_with(typed, q) THEN 1 WHEN contains(' ' || typed, ' ' || q) THEN 2 ELSE 3 END,
    last_seen DESC,
    typed,
    artist_id
LIMIT $top
