-- One row per list and album: all its songs' time on the list. A song counts for the album that was named last.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    album_id,
    max(album_name) AS album_name,
    count(DISTINCT {key}) AS songs,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    count(CASE WHEN last_number IS NULL OR last_number < snapshot_number THEN 1 END) AS periods,
    count(CASE WHEN run_start = snapshot_number AND (last_number IS NULL OR last_number < snapshot_number) THEN 1 END)
        AS entries,
    min(best_position) AS peak,
    min(CASE WHEN position = best_position THEN snapshot_date END) AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(snapshot_number + 1 - run_start) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    count(*) AS appearances,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(best_position) AS peak_from_report
FROM (
    SELECT
        rows_before.*,
        max(CASE WHEN last_number IS NULL OR last_number < snapshot_number - 1 THEN snapshot_number END) OVER (
            PARTITION BY album_id, playlist_id, source
            ORDER BY snapshot_number, position
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            entries.*,
            songs.album_id,
            albums.name AS album_name,
            lag(snapshot_number) OVER (
                PARTITION BY songs.album_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_number,
            min(least(position, coalesce(reported_peak, position))) OVER (
                PARTITION BY songs.album_id, playlist_id, source
            ) AS best_position
        FROM (
            SELECT
                chart_entries{form}.*,
                count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
            FROM chart_entries{form}
        ) AS entries
        JOIN songs ON songs.song_id = entries.song_id
        LEFT JOIN albums ON albums.album_id = songs.album_id
        WHERE songs.album_id IS NOT NULL
    ) AS rows_before
) AS runs
GROUP BY source, playlist_id, album_id
