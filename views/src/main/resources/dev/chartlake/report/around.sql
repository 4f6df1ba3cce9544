-- The days of a list from the second snapshot before a date to the one after it.
SELECT
    coalesce(max(before.previous_snapshot_date), min(before.snapshot_date), :date) AS since,
    coalesce(max(now.next_snapshot_date), :date) AS until
FROM (SELECT * FROM list_snapshots WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date = :date) AS now
LEFT JOIN list_snapshots AS before
    ON before.source = now.source
    AND before.playlist_id = now.playlist_id
    AND before.snapshot_date = now.previous_snapshot_date
