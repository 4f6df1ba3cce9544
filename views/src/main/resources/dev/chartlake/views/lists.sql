-- One row per list.
SELECT
    source,
    playlist_id,
    max(playlist_name) AS playlist_name,
    max(market) AS market,
    max(period) AS period,
    max(list_group) AS list_group,
    min(snapshot_date) AS first_snapshot,
    max(snapshot_date) AS last_snapshot,
    count(*) AS snapshots
FROM list_snapshots
GROUP BY source, playlist_id
