-- One row per {key} that is in one snapshot or another: a is the list and date asked for, b what it is compared with.
SELECT
    :source AS source_a,
    :playlist_id AS playlist_id_a,
    :date AS snapshot_date_a,
    :with_source AS source_b,
    :with_playlist_id AS playlist_id_b,
    :with_date AS snapshot_date_b,
    a.position AS position_a,
    b.position AS position_b,
    b.position - a.position AS difference,
    {key},
    coalesce(a.song_name, b.song_name) AS song_name,
    coalesce(a.artist_names, b.artist_names) AS artist_names
FROM (
    SELECT {key}, position, song_name, artist_names
    FROM chart_entries{form}
    WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date = :date
) AS a
FULL JOIN (
    SELECT {key}, position, song_name, artist_names
    FROM chart_entries{form}
    WHERE source = :with_source AND playlist_id = :with_playlist_id AND snapshot_date = :with_date
) AS b USING ({key})
ORDER BY a.position NULLS LAST, b.position
LIMIT :limit
