-- The snapshots of a list over a span of days that do not fit those around them.
SELECT snapshot_date, entries, strays, missing
FROM chart_anomalies{form}
WHERE source = :source AND playlist_id = :playlist_id AND snapshot_date BETWEEN :since AND :until
ORDER BY snapshot_date
