-- One row per change of what Spotify says about a song, album or artist, on the day it was first seen; and per recording
-- that is another song id in a list than in the list's snapshot before.
SELECT
    snapshot_date,
    entity,
    id,
    name,
    field,
    old_value,
    new_value
FROM (
    SELECT
        known.*,
        value AS new_value,
        lag(value) OVER (PARTITION BY entity, id, field ORDER BY snapshot_date) AS old_value
    FROM (
        SELECT
            snapshot_date,
            'song' AS entity,
            song_id AS id,
            song_name AS name,
            field,
            CASE field WHEN 'name' THEN song_name WHEN 'isrc' THEN isrc ELSE album_id END AS value
        FROM song_days
        CROSS JOIN (VALUES ('name'), ('isrc'), ('album_id')) AS fields (field)
        UNION ALL
        SELECT
            snapshot_date,
            'album' AS entity,
            album_id AS id,
            name,
            field,
            CASE field WHEN 'name' THEN name ELSE release_date_text END AS value
        FROM album_days
        CROSS JOIN (VALUES ('name'), ('release_date')) AS fields (field)
        UNION ALL
        SELECT
            snapshot_date,
            'artist' AS entity,
            artist_id AS id,
            artist_name AS name,
            'name' AS field,
            artist_name AS value
        FROM artist_days
    ) AS known
    WHERE value IS NOT NULL
) AS told
WHERE new_value <> old_value
UNION ALL
SELECT DISTINCT
    snapshot_date,
    'recording' AS entity,
    recording_id AS id,
    song_name AS name,
    'song_id' AS field,
    last_song_id AS old_value,
    song_id AS new_value
FROM (
    SELECT
        entries.*,
        lag(complete_so_far) OVER (
            PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number
        ) AS last_complete,
        lag(song_id) OVER (
            PARTITION BY recording_id, playlist_id, source ORDER BY snapshot_number
        ) AS last_song_id
    FROM chart_entries_by_recording AS entries
) AS appearances
WHERE song_id <> last_song_id AND last_complete = complete_so_far - CASE WHEN complete THEN 1 ELSE 0 END
