SELECT
    max_by(song_id, snapshot_date) AS song_id,
    max_by(song_name, snapshot_date) AS song_name,
    max_by(artist_names, snapshot_date) AS artist_names,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    max(periods) AS periods,
    max(periods) > count(*) AS periods_from_report,
    min(peak) AS peak,
    min(peak) < min(position) AS peak_from_report,
    max(streak) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams
FROM {artist_history}
WHERE artist_names = $credit OR song_id IN (SELECT song_id FROM song_artists WHERE artist_id = $artist)
GROUP BY {key}
ORDER BY peak, periods DESC, {key}
