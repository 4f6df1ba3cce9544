-- One row per list and day that the configuration leaves out of history.
SELECT
    CAST(NULL AS VARCHAR) AS playlist_id,
    CAST(NULL AS DATE) AS snapshot_date
WHERE 1 = 0
