-- The list that the page opens with: of those that are large the freshest, the world's before countries'.
SELECT source, playlist_id
FROM (
    SELECT
        newest.source,
        newest.playlist_id,
        newest.snapshot_date,
        newest.market,
        newest.playlist_name,
        newest.snapshots,
        count(entries.position) AS size,
        max(count(entries.position)) OVER () AS largest
    FROM (
        SELECT
            source,
            playlist_id,
            max(snapshot_date) AS snapshot_date,
            max_by(observed_at, snapshot_date) AS observed_at,
            max(market) AS market,
            max(playlist_name) AS playlist_name,
            count(*) AS snapshots
        FROM {snapshots}
        GROUP BY source, playlist_id
    ) AS newest
    LEFT JOIN playlist_entries AS entries
        ON entries.source = newest.source
        AND entries.playlist_id = newest.playlist_id
        AND entries.snapshot_date = newest.snapshot_date
        AND entries.observed_at = newest.observed_at
    GROUP BY
        newest.source,
        newest.playlist_id,
        newest.snapshot_date,
        newest.market,
        newest.playlist_name,
        newest.snapshots
) AS sizes
ORDER BY
    2 * size >= least(40, largest) DESC,
    snapshot_date DESC,
    coalesce(market, '') = 'GLOBAL' DESC,
    size DESC,
    snapshots DESC,
    lower(playlist_name),
    source,
    playlist_id
LIMIT 1
