-- One row per list and {key}: its whole time on the list.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    {recording}
    max_by(song_id, snapshot_date) AS song_id,
    max_by(song_name, CASE WHEN song_name IS NOT NULL THEN snapshot_date END) AS song_name,
    max_by(artist_names, CASE WHEN artist_names IS NOT NULL THEN snapshot_date END) AS artist_names,
    min(snapshot_date) AS first_seen,
    max(snapshot_date) AS last_seen,
    max(periods) AS periods,
    count(CASE WHEN streak = 1 THEN 1 END) AS entries,
    min(peak) AS peak,
    CASE WHEN min(position) = min(peak) THEN max(peak_date) END AS peak_date,
    count(CASE WHEN position = 1 THEN 1 END) AS periods_at_number_one,
    max(streak) AS longest_run,
    CAST(sum(streams) AS BIGINT) AS streams,
    CAST(count(*) AS DOUBLE) / max(list_entries) AS share_of_chart,
    min(position) > min(peak) AS peak_from_report,
    max(periods) > count(*) AS periods_from_report
FROM (
    SELECT
        history.*,
        count(*) OVER (PARTITION BY playlist_id, source) AS list_entries
    FROM chart_history{form} AS history
) AS appearances
GROUP BY source, playlist_id, {key}
