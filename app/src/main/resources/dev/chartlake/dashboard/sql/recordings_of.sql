SELECT DISTINCT {key} AS key
FROM {recordings}
WHERE song_id IN ({songs})
