SELECT snapshot_date, popularity FROM popularity_history WHERE song_id = $song ORDER BY snapshot_date
