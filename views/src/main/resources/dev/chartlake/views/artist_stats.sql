-- One row per list and artist: all its songs' time on the list. Every credited artist of a song counts.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    artist_id,
    max(artist_name) AS artist_name,
    count(DISTINCT {key}) AS songs,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    count(CASE WHEN last_number IS NULL OR last_number < snapshot_number THEN 1 END) AS periods,
    count(CASE WHEN run_start = seen AND (last_number IS NULL OR last_number < snapshot_number) THEN 1 END)
        AS entries,
    min(best_position) AS peak,
    min(CASE WHEN position = best_position THEN snapshot_date END) AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(seen + 1 - run_start) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    count(*) AS appearances,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(best_position) AS peak_from_report
FROM (
    SELECT
        rows_before.*,
        max(
            CASE
                WHEN last_complete IS NULL OR last_complete < complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END
                    THEN seen
            END
        ) OVER (
            PARTITION BY artist_id, playlist_id, source
            ORDER BY snapshot_number, position
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run_start
    FROM (
        SELECT
            entries.*,
            credits.artist_id,
            credits.artist_name,
            lag(snapshot_number) OVER (
                PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_number,
            lag(complete_so_far) OVER (
                PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number, position
            ) AS last_complete,
            dense_rank() OVER (PARTITION BY credits.artist_id, playlist_id, source ORDER BY snapshot_number) AS seen,
            min(least(position, coalesce(reported_peak, position))) OVER (
                PARTITION BY credits.artist_id, playlist_id, source
            ) AS best_position
        FROM (
            SELECT
                chart_entries{form}.*,
                count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
            FROM chart_entries{form}
        ) AS entries
        JOIN (SELECT DISTINCT song_id, artist_id, artist_name FROM artist_songs) AS credits
            ON credits.song_id = entries.song_id
    ) AS rows_before
) AS runs
GROUP BY source, playlist_id, artist_id
