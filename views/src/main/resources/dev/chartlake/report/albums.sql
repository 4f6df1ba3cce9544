-- One row per album of a list over a span of days. A song counts for the album that was named last.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    album_id,
    max(album_name) AS album_name,
    max(album_artists) AS artist_names,
    count(DISTINCT {key}) AS songs,
    count(DISTINCT snapshot_date) AS periods,
    count(*) AS appearances,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(best) AS peak,
    CASE WHEN min(position) = min(best) THEN min_by(snapshot_date, row(position, snapshot_date)) END AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    CAST(sum(streams) AS BIGINT) AS streams,
    CASE WHEN min(position) > min(best) THEN 'peak' END AS reported
FROM (
    SELECT
        *,
        count(*) OVER () AS list_entries,
        CASE WHEN :whole THEN least(position, coalesce(reported_peak, position)) ELSE position END AS best
    FROM chart_entries{form}
    WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date BETWEEN :since AND :until
) AS entries
JOIN (SELECT song_id AS album_song, album_id FROM songs WHERE album_id IS NOT NULL) AS album_songs
    ON album_song = song_id
LEFT JOIN (SELECT album_id AS named_album, name AS album_name FROM albums) AS names ON named_album = album_id
LEFT JOIN (
    SELECT
        credits.album_id AS credited_album,
        string_agg(DISTINCT artists.artist_name, ', ' ORDER BY artists.artist_name) AS album_artists
    FROM album_artists AS credits
    JOIN artists ON artists.artist_id = credits.artist_id
    GROUP BY credits.album_id
) AS album_credits ON credited_album = album_id
GROUP BY source, playlist_id, album_id
ORDER BY appearances DESC, peak, album_name, album_id
LIMIT :limit
