-- One row per list and snapshot, also one without songs: how many came, went, climbed, fell and stayed where they were.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    entries,
    new,
    re_entries,
    up,
    down,
    same,
    CASE
        WHEN complete THEN lag(present, 1, 0) OVER (PARTITION BY playlist_id, source ORDER BY snapshot_date) - stayed
        ELSE 0
    END AS exits,
    CAST(new + re_entries AS DOUBLE) / nullif(new + re_entries + up + down + same, 0) AS turnover,
    previous_snapshot_date
FROM (
    SELECT
        snapshots.*,
        -- On the list as far as is known: the songs of the last complete snapshot, and those that came since.
        CAST(sum(CASE WHEN complete THEN entries ELSE entries - stayed END) OVER (
            PARTITION BY playlist_id, source, complete_so_far ORDER BY snapshot_date
        ) AS BIGINT) AS present
    FROM (
        SELECT
            list_snapshots.snapshot_date,
            list_snapshots.source,
            list_snapshots.playlist_id,
            list_snapshots.playlist_name,
            list_snapshots.market,
            list_snapshots.period,
            list_snapshots.previous_snapshot_date,
            list_snapshots.complete,
            list_snapshots.complete_so_far,
            coalesce(counts.entries, 0) AS entries,
            coalesce(counts.stayed, 0) AS stayed,
            coalesce(counts.new, 0) AS new,
            coalesce(counts.re_entries, 0) AS re_entries,
            coalesce(counts.up, 0) AS up,
            coalesce(counts.down, 0) AS down,
            coalesce(counts.same, 0) AS same
        FROM list_snapshots
        LEFT JOIN (
            SELECT
                snapshot_date,
                source,
                playlist_id,
                count(*) AS entries,
                count(seen_previous) AS stayed,
                count(CASE WHEN status = 'new' THEN 1 END) AS new,
                count(CASE WHEN status = 're-entry' THEN 1 END) AS re_entries,
                count(CASE WHEN status = 'up' THEN 1 END) AS up,
                count(CASE WHEN status = 'down' THEN 1 END) AS down,
                count(CASE WHEN status = 'same' THEN 1 END) AS same
            FROM chart_history{form}
            GROUP BY source, playlist_id, snapshot_date
        ) AS counts
            ON counts.source = list_snapshots.source
            AND counts.playlist_id = list_snapshots.playlist_id
            AND counts.snapshot_date = list_snapshots.snapshot_date
    ) AS snapshots
) AS counted
