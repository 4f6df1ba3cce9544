-- One row per list and day with a snapshot: the day's last one that is complete, which is the one that counts; if none is
-- complete, the last one. Those that the configuration excludes are left out. A list is called as the configuration says, else
-- as its newest snapshot with a name does, else as Spotify calls it.
SELECT
    snapshots.snapshot_date,
    snapshots.source,
    snapshots.playlist_id,
    coalesce(
        known_lists.given_name,
        snapshots.name,
        known_lists.usual_name,
        CASE snapshots.period WHEN 'weekly' THEN 'Weekly ' WHEN 'daily' THEN 'Daily ' END
        || CASE snapshots.chart WHEN 'regional' THEN 'Top Songs - ' WHEN 'viral' THEN 'Viral Songs - ' END
        || markets.market_name
    ) AS playlist_name,
    coalesce(known_lists.market, markets.market) AS market,
    coalesce(known_lists.period, snapshots.period) AS period,
    known_lists.list_group,
    snapshots.observed_at,
    snapshots.snapshot_number,
    snapshots.previous_snapshot_date,
    snapshots.next_snapshot_date,
    snapshots.complete,
    snapshots.complete_so_far,
    snapshots.next_complete_date
FROM (
    SELECT
        snapshot_date,
        source,
        playlist_id,
        first_value(name) OVER (
            PARTITION BY playlist_id, source
            ORDER BY CASE WHEN name IS NULL THEN 1 ELSE 0 END, snapshot_date DESC
        ) AS name,
        CASE WHEN source = 'spotify-charts' THEN split_part(playlist_id, '-', 1) END AS chart,
        CASE WHEN source = 'spotify-charts' THEN upper(split_part(playlist_id, '-', 2)) END AS region,
        CASE
            WHEN source <> 'spotify-charts' THEN NULL
            WHEN playlist_id LIKE '%-daily' THEN 'daily'
            WHEN playlist_id LIKE '%-weekly' THEN 'weekly'
        END AS period,
        observed_at,
        row_number() OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS snapshot_number,
        lag(snapshot_date) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS previous_snapshot_date,
        lead(snapshot_date) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS next_snapshot_date,
        complete = 1 AS complete,
        CAST(sum(complete) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) AS BIGINT) AS complete_so_far,
        min(CASE WHEN complete = 1 THEN snapshot_date END) OVER (
            PARTITION BY playlist_id, source
            ORDER BY snapshot_date
            ROWS BETWEEN 1 FOLLOWING AND UNBOUNDED FOLLOWING
        ) AS next_complete_date
    FROM (
        SELECT
            playlists.snapshot_date,
            playlists.source,
            playlists.playlist_id,
            coalesce(max(CASE WHEN coalesce(complete, true) THEN observed_at END), max(observed_at)) AS observed_at,
            max_by(name, CASE WHEN trim(name) <> '' THEN observed_at END) AS name,
            max(CASE WHEN coalesce(complete, true) THEN 1 ELSE 0 END) AS complete
        FROM playlists
        LEFT JOIN excluded_snapshots AS excluded
            ON excluded.playlist_id = playlists.playlist_id
            AND excluded.snapshot_date = playlists.snapshot_date
        WHERE excluded.playlist_id IS NULL
        GROUP BY playlists.source, playlists.playlist_id, playlists.snapshot_date
    ) AS days
) AS snapshots
LEFT JOIN known_lists ON known_lists.playlist_id = snapshots.playlist_id
LEFT JOIN markets ON markets.market = snapshots.region
