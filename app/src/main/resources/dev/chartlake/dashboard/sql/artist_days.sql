SELECT snapshot_date, count(*) AS songs, min(position) AS best
FROM {artist_history}
WHERE artist_names = $credit OR song_id IN (SELECT song_id FROM song_artists WHERE artist_id = $artist)
GROUP BY snapshot_date
ORDER BY snapshot_date
