-- Kept for each list that is looked at: all that its charts, movements and songs are made of.
SELECT
    snapshot_date, snapshot_number, {recording} song_id, song_name, artist_names, position, previous_position, change, status, peak,
    peak_date, periods, streak, first_seen, streams, next_complete_date, peak_from_report, previous_from_report,
    periods_from_report
FROM chart_history{form}
WHERE source = $source AND playlist_id = $list
ORDER BY snapshot_date, position
