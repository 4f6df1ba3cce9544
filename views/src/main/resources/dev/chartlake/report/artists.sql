-- One row per artist of a list over a span of days. Every credited artist of a song counts.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    artist_id,
    max(artist_name) AS artist_name,
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
JOIN (SELECT DISTINCT song_id AS credited_id, artist_id, artist_name FROM artist_songs) AS credits
    ON credited_id = song_id
GROUP BY source, playlist_id, artist_id
ORDER BY appearances DESC, peak, artist_name, artist_id
LIMIT :limit
