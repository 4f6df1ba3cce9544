-- One row per list that a song was on: its whole time there.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    {recording}
    max_by(song_id, snapshot_date) AS song_id,
    max_by(song_name, snapshot_date) FILTER (WHERE song_name IS NOT NULL) AS song_name,
    max_by(artist_names, snapshot_date) FILTER (WHERE artist_names IS NOT NULL) AS artist_names,
    max_by(CASE WHEN next_complete_date IS NULL THEN history.position END, snapshot_date) AS position,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    max(periods) AS periods,
    count(CASE WHEN streak = 1 THEN 1 END) AS entries,
    min(peak) AS peak,
    CASE WHEN min(history.position) = min(peak) THEN max(peak_date) END AS peak_date,
    count(CASE WHEN history.position = 1 THEN 1 END) AS periods_at_number_one,
    max(streak) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    nullif(concat_ws(
        ', ',
        CASE WHEN min(history.position) > min(peak) THEN 'peak' END,
        CASE WHEN max(periods) > count(*) THEN 'periods' END
    ), '') AS reported
FROM chart_history{form} AS history
WHERE {key} IN :keys AND (:every OR (source = :source AND playlist_id = :playlist_id))
GROUP BY source, playlist_id, {key}
ORDER BY periods DESC, peak, source, playlist_id, song_id
LIMIT :limit
