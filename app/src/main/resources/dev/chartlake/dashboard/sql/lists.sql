SELECT
    counted.*,
    markets.market_name,
    markets.other_names AS market_names,
    known_lists.aliases
FROM (
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
    FROM {snapshots}
    GROUP BY source, playlist_id
) AS counted
LEFT JOIN markets ON markets.market = counted.market
LEFT JOIN known_lists ON known_lists.playlist_id = counted.playlist_id
ORDER BY lower(counted.playlist_name), counted.source, counted.playlist_id
