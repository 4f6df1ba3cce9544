-- One row per list, day and song of charts that report peak, previous position and periods themselves: their numbers
-- beside ours, and whether they disagree. A disagreement is only what our snapshots can prove: a better peak than the
-- reported one, more periods than reported, or another previous position where the snapshot before is one period older.
SELECT
    snapshot_date,
    source,
    playlist_id,
    playlist_name,
    market,
    period,
    song_id,
    song_name,
    artist_names,
    position,
    seen_peak AS peak,
    reported_peak,
    coalesce(seen_peak < reported_peak, false) AS peak_disagrees,
    seen_previous AS previous_position,
    reported_previous,
    -- Dates differ by a number in some engines and by an interval in others; two differences compare in all.
    coalesce(
        snapshot_date - previous_snapshot_date = CASE
            WHEN playlist_id LIKE '%-weekly' THEN DATE '2000-01-08' - DATE '2000-01-01'
            WHEN playlist_id LIKE '%-daily' THEN DATE '2000-01-02' - DATE '2000-01-01'
        END
        AND coalesce(seen_previous, 0) <> coalesce(reported_previous, 0),
        false
    ) AS previous_disagrees,
    seen_periods AS periods,
    reported_periods,
    coalesce(seen_periods > reported_periods, false) AS periods_disagrees,
    previous_snapshot_date
FROM chart_history
WHERE reported_peak IS NOT NULL OR reported_previous IS NOT NULL OR reported_periods IS NOT NULL
