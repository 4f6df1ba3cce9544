-- The best {key}s of a list by several measures: a row per measure and place. Of equals the earlier one is first.
WITH history AS MATERIALIZED (
    SELECT * FROM chart_history{form} WHERE source = :source AND playlist_id = :playlist_id
),

totals AS (
    SELECT
        {key} AS key,
        max_by(song_id, snapshot_date) AS song_id,
        max_by(song_name, snapshot_date) FILTER (WHERE song_name IS NOT NULL) AS song_name,
        max_by(artist_names, snapshot_date) FILTER (WHERE artist_names IS NOT NULL) AS artist_names,
        max(periods) AS periods,
        max(periods) > count(*) AS periods_reported,
        max(snapshot_date) AS last_seen,
        max(streak) AS longest_run,
        min_by(snapshot_date, row(-streak, snapshot_date)) AS longest_run_until,
        count(CASE WHEN position = 1 THEN 1 END) AS at_number_one,
        max(CASE WHEN position = 1 THEN snapshot_date END) AS last_at_number_one,
        count(CASE WHEN status = 're-entry' THEN 1 END) AS returns,
        max(CASE WHEN status = 're-entry' THEN snapshot_date END) AS last_return,
        bool_or(status = 're-entry' AND previous_from_report) AS returns_reported
    FROM history
    GROUP BY {key}
),

leaders AS (
    SELECT
        {key} AS key,
        snapshot_date,
        sum(starts) OVER (PARTITION BY {key} ORDER BY snapshot_number) AS run
    FROM (
        SELECT
            *,
            CASE
                WHEN lag(complete_so_far) OVER (PARTITION BY {key} ORDER BY snapshot_number)
                    = complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END
                    THEN 0
                ELSE 1
            END AS starts
        FROM history
        WHERE position = 1
    ) AS number_ones
),

found AS (
    SELECT 1 AS place, 'longest run' AS record, longest_run AS value, longest_run_until AS snapshot_date, key,
        false AS is_reported
    FROM totals
    UNION ALL
    SELECT 2, 'most periods', periods, last_seen, key, periods_reported FROM totals
    UNION ALL
    SELECT 3, 'most periods at number one', at_number_one, last_at_number_one, key, false
    FROM totals
    WHERE at_number_one > 0
    UNION ALL
    SELECT 4, 'longest run at number one', count(*), max(snapshot_date), key, false FROM leaders GROUP BY key, run
    UNION ALL
    SELECT 5, 'highest debut', position, snapshot_date, {key}, previous_from_report FROM history WHERE status = 'new'
    UNION ALL
    SELECT 6, 'biggest climb', change, snapshot_date, {key}, previous_from_report FROM history WHERE change > 0
    UNION ALL
    SELECT 7, 'biggest fall', -change, snapshot_date, {key}, previous_from_report FROM history WHERE change < 0
    UNION ALL
    SELECT 8, 'most re-entries', returns, last_return, key, returns_reported FROM totals WHERE returns > 0
),

ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY place
            ORDER BY CASE WHEN place = 5 THEN value ELSE -value END, snapshot_date, key
        ) AS rank
    FROM found
)

SELECT
    :source AS source,
    :playlist_id AS playlist_id,
    record,
    rank,
    value,
    ranked.snapshot_date,
    ranked.key AS {key},
    song_name,
    artist_names,
    CASE WHEN is_reported THEN 'value' END AS reported
FROM ranked
JOIN totals ON totals.key = ranked.key
WHERE rank <= :limit
ORDER BY place, rank
