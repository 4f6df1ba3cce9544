-- One row per {key} and day with a known popularity; where several ids have one, the highest.
SELECT
    snapshot_date,
    {recording}
    song_id,
    song_name,
    artist_names,
    popularity,
    lag(popularity) OVER (PARTITION BY {key} ORDER BY snapshot_date) AS previous_popularity,
    popularity - lag(popularity) OVER (PARTITION BY {key} ORDER BY snapshot_date) AS change,
    lag(snapshot_date) OVER (PARTITION BY {key} ORDER BY snapshot_date) AS previous_date
FROM (
    SELECT
        days.*,
        row_number() OVER (PARTITION BY {key}, snapshot_date ORDER BY popularity DESC, song_id) AS place
    FROM song_days{form} AS days
    WHERE popularity IS NOT NULL
) AS popular
WHERE place = 1
