-- One row per song id, with the id of the recording it is. Ids are one recording when their ISRC is equal; or when title
-- and first artist are, their lengths are at most 3 seconds apart, and not one is marked explicit and the other clean.
-- What is unknown contradicts nothing, but never joins two that contradict each other. recording_id is the id that was
-- seen first, so that it stays when a re-issue comes; of ids seen first on one day, the smallest.
WITH known AS (
    SELECT
        song_id,
        CAST(min(snapshot_date) AS VARCHAR) || song_id AS label,
        max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
        max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names,
        max_by(artist_id, CASE WHEN artist_id IS NOT NULL THEN snapshot_date END) AS artist_id,
        max_by(isrc, CASE WHEN isrc IS NOT NULL THEN snapshot_date END) AS isrc,
        max_by(duration_ms, CASE WHEN duration_ms > 0 THEN snapshot_date END) AS duration_ms,
        max_by(
            CASE WHEN explicit THEN 1 ELSE 0 END,
            CASE WHEN explicit IS NOT NULL THEN snapshot_date END
        ) AS rating
    FROM song_days
    GROUP BY song_id
),

-- Chart files have no artist ids; where the same credit always means the same first artist, it is that one.
credits AS (
    SELECT
        lower(trim(artist_names)) AS credit,
        min(artist_id) AS artist_id
    FROM known
    WHERE artist_id IS NOT NULL
    GROUP BY lower(trim(artist_names))
    HAVING min(artist_id) = max(artist_id)
),

codes AS (
    SELECT
        known.*,
        lower(trim(known.song_name)) AS title,
        lower(trim(known.artist_names)) AS credit,
        upper(replace(replace(known.isrc, '-', ''), ' ', '')) AS code,
        credits.artist_id AS credited_id
    FROM known
    LEFT JOIN credits ON known.artist_id IS NULL AND credits.credit = lower(trim(known.artist_names))
),

-- What is not known, or says nothing, gets a key of its own: it matches nothing.
keys AS (
    SELECT
        codes.*,
        CASE
            WHEN length(code) = 12 AND substr(code, 1, 1) BETWEEN 'A' AND 'Z' THEN code
            ELSE 'id ' || song_id
        END AS isrc_key,
        CASE
            WHEN title IS NULL OR title IN ('', 'intro', 'outro', 'interlude', 'skit', 'prelude', 'untitled')
                THEN 'id ' || song_id
            ELSE coalesce(artist_id, credited_id, 'name ' || nullif(credit, ''), 'id ' || song_id)
        END AS artist_key
    FROM codes
),

rated AS {once}(
    SELECT
        keys.*,
        CASE
            WHEN rating IS NOT NULL THEN rating
            WHEN min(rating) OVER (PARTITION BY title, artist_key) = max(rating) OVER (PARTITION BY title, artist_key)
                THEN min(rating) OVER (PARTITION BY title, artist_key)
            ELSE 2
        END AS rating_key
    FROM keys
),

gaps AS (
    SELECT
        rated.*,
        CASE
            WHEN duration_ms - lag(duration_ms) OVER (
                PARTITION BY title, artist_key, rating_key ORDER BY duration_ms NULLS LAST
            ) > 3000 THEN 1
            ELSE 0
        END AS gap
    FROM rated
),

lengths AS {once}(
    SELECT
        gaps.*,
        CASE
            WHEN duration_ms IS NULL AND max(gap) OVER (PARTITION BY title, artist_key, rating_key) > 0 THEN -1
            ELSE sum(gap) OVER (
                PARTITION BY title, artist_key, rating_key
                ORDER BY duration_ms NULLS LAST
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            )
        END AS length_key
    FROM gaps
),

-- The first label goes from id to id, by ISRC and by title in turn: three times each, which is as far as it goes.
isrc_1 AS (
    SELECT lengths.*, min(label) OVER (PARTITION BY isrc_key) AS label_1 FROM lengths
),

title_1 AS (
    SELECT isrc_1.*, min(label_1) OVER (PARTITION BY title, artist_key, rating_key, length_key) AS label_2 FROM isrc_1
),

isrc_2 AS {once}(
    SELECT title_1.*, min(label_2) OVER (PARTITION BY isrc_key) AS label_3 FROM title_1
),

title_2 AS (
    SELECT isrc_2.*, min(label_3) OVER (PARTITION BY title, artist_key, rating_key, length_key) AS label_4 FROM isrc_2
),

isrc_3 AS (
    SELECT title_2.*, min(label_4) OVER (PARTITION BY isrc_key) AS label_5 FROM title_2
),

title_3 AS {once}(
    SELECT isrc_3.*, min(label_5) OVER (PARTITION BY title, artist_key, rating_key, length_key) AS label_6 FROM isrc_3
)

SELECT
    song_id,
    substr(label_6, 11) AS recording_id,
    song_name,
    artist_names,
    isrc,
    duration_ms,
    CASE
        WHEN count(*) OVER (PARTITION BY isrc_key) > 1 THEN 'isrc'
        WHEN count(*) OVER (PARTITION BY label_6) > 1 THEN 'title'
        ELSE 'none'
    END AS matched_by
FROM title_3
