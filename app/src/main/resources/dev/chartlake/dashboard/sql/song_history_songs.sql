SELECT {song_key} AS key
