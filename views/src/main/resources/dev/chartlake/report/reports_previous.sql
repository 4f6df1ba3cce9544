-- True if the chart itself reports where its songs stood in the period before.
SELECT coalesce(bool_or(reported_previous IS NOT NULL OR reported_periods IS NOT NULL), false) AS reports_previous
FROM playlist_entries@date
WHERE source = :source AND playlist_id = :playlist_id
