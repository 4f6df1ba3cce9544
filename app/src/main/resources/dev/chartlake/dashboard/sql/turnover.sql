SELECT *
FROM {all_turnover}
WHERE snapshot_date BETWEEN $since AND $until
ORDER BY snapshot_date
