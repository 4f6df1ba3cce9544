-- The songs of a day's chart that come before all others in positions and names.
SELECT song_id FROM {day_history} WHERE snapshot_date = $date AND position < 1000
