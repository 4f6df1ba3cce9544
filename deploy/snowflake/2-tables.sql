-- Chartlake in Snowflake, 2 of 5: tables, and the stage they are loaded from.
USE ROLE chartlake_loader;
USE WAREHOUSE chartlake_wh;
USE SCHEMA chartlake.public;
CREATE TABLE IF NOT EXISTS chartlake_lock AS SELECT 0 AS turn;
CREATE TABLE IF NOT EXISTS chartlake_settings (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE IF NOT EXISTS chartlake_days (snapshot_date DATE PRIMARY KEY, version VARCHAR NOT NULL, row_count BIGINT NOT NULL, loaded_at TIMESTAMP_NTZ(6) NOT NULL);
CREATE TABLE IF NOT EXISTS playlists (
    snapshot_date DATE NOT NULL,
    source VARCHAR NOT NULL,
    playlist_id VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    name VARCHAR,
    owner_id VARCHAR,
    owner_name VARCHAR,
    description VARCHAR,
    url VARCHAR,
    image_url VARCHAR,
    followers BIGINT,
    spotify_snapshot_id VARCHAR,
    total INTEGER,
    complete BOOLEAN,
    PRIMARY KEY (snapshot_date, source, playlist_id, observed_at)
);
COMMENT ON TABLE playlists IS 'Every day''s rows of playlists';
COMMENT ON COLUMN playlists.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN playlists.source IS 'spotify-web-api, spotify-charts or spotify-account-export';
COMMENT ON COLUMN playlists.playlist_id IS 'Spotify''s id; for charts the alias of their file, such as regional-no-weekly; for lists of an account export an id made of their name, such as min-liste';
COMMENT ON COLUMN playlists.observed_at IS 'When the snapshot was taken: by Spotify''s clock if it was extracted, by its content or name if it was imported. UTC';
COMMENT ON COLUMN playlists.name IS 'As shown. Null for charts, and for snapshots that hold a page of items only';
COMMENT ON COLUMN playlists.owner_id IS 'Spotify''s id of the owner';
COMMENT ON COLUMN playlists.owner_name IS 'The owner''s display name';
COMMENT ON COLUMN playlists.description IS 'As Spotify sends it: with HTML entities such as &amp;, and sometimes links';
COMMENT ON COLUMN playlists.url IS 'The page people can open. Made from the id if the response has none; null for charts';
COMMENT ON COLUMN playlists.image_url IS 'The largest picture. Spotify lets these addresses expire';
COMMENT ON COLUMN playlists.followers IS 'Gone from the Web API of 2026';
COMMENT ON COLUMN playlists.spotify_snapshot_id IS 'Spotify''s version of the list. For Spotify''s own lists it is only a clock';
COMMENT ON COLUMN playlists.total IS 'How many entries Spotify counts; for charts, how many rows the file has';
COMMENT ON COLUMN playlists.complete IS 'Whether the snapshot has that many entries; null if that number is not known, and for charts. Songs that an incomplete snapshot lacks have not left the list';
CREATE TABLE IF NOT EXISTS playlist_entries (
    snapshot_date DATE NOT NULL,
    source VARCHAR NOT NULL,
    playlist_id VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    position INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    item_uri VARCHAR,
    song_id VARCHAR,
    song_name VARCHAR,
    artist_names VARCHAR,
    added_at TIMESTAMP_NTZ(6),
    added_by VARCHAR,
    streams BIGINT,
    reported_peak INTEGER,
    reported_previous INTEGER,
    reported_periods INTEGER,
    label VARCHAR,
    UNIQUE (snapshot_date, source, playlist_id, observed_at, position, kind, item_uri)
);
ALTER TABLE playlist_entries ADD COLUMN IF NOT EXISTS label VARCHAR;
COMMENT ON TABLE playlist_entries IS 'Every day''s rows of playlist_entries';
COMMENT ON COLUMN playlist_entries.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN playlist_entries.source IS 'As in playlists';
COMMENT ON COLUMN playlist_entries.playlist_id IS 'As in playlists';
COMMENT ON COLUMN playlist_entries.observed_at IS 'As in playlists. UTC';
COMMENT ON COLUMN playlist_entries.position IS 'The position in the list, from 1. Songs of a chart can share a position';
COMMENT ON COLUMN playlist_entries.kind IS 'track; episode (of a podcast, or a chapter of an audiobook); local (a file of the list''s owner); unavailable (no content or no id: taken down, or hidden from this app); other (of a type that is neither a song nor an episode)';
COMMENT ON COLUMN playlist_entries.item_uri IS 'Spotify''s URI, as sent. It distinguishes songs that share a position';
COMMENT ON COLUMN playlist_entries.song_id IS 'Set for track alone; refers to songs';
COMMENT ON COLUMN playlist_entries.song_name IS 'The title on that day; for an episode its title';
COMMENT ON COLUMN playlist_entries.artist_names IS 'All artists as people read them, in order, joined by , ; for an episode the show. For joins and counts use song_artists';
COMMENT ON COLUMN playlist_entries.added_at IS 'When it was added. On Spotify''s charts all rows have the time of publication; 1970-01-01, which old charts carry, is null. UTC';
COMMENT ON COLUMN playlist_entries.added_by IS 'Spotify''s id of who added it';
COMMENT ON COLUMN playlist_entries.streams IS 'Charts only: streams in the chart''s period, as Spotify counts them';
COMMENT ON COLUMN playlist_entries.reported_peak IS 'Charts only: the peak, as the chart file reports it';
COMMENT ON COLUMN playlist_entries.reported_previous IS 'Charts only: the position in the period before. Null for new and returning songs (the file says -1)';
COMMENT ON COLUMN playlist_entries.reported_periods IS 'Charts only: weeks or days on the chart. 1 with no reported_previous is a new entry';
COMMENT ON COLUMN playlist_entries.label IS 'Charts only: the record label, the column source of the file; several are joined by , . Days that an older version transformed have none: transform --all fills it in';
CREATE TABLE IF NOT EXISTS song_days (
    snapshot_date DATE NOT NULL,
    song_id VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    song_name VARCHAR,
    duration_ms BIGINT,
    url VARCHAR,
    popularity INTEGER,
    explicit BOOLEAN,
    isrc VARCHAR,
    disc_number INTEGER,
    track_number INTEGER,
    album_id VARCHAR,
    artist_id VARCHAR,
    artist_names VARCHAR,
    PRIMARY KEY (snapshot_date, song_id)
);
COMMENT ON TABLE song_days IS 'Every day''s rows of songs';
COMMENT ON COLUMN song_days.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN song_days.song_id IS 'Spotify''s id';
COMMENT ON COLUMN song_days.observed_at IS 'When it was last seen. UTC';
COMMENT ON COLUMN song_days.song_name IS 'The title';
COMMENT ON COLUMN song_days.duration_ms IS 'Length in milliseconds';
COMMENT ON COLUMN song_days.url IS 'The page people can open';
COMMENT ON COLUMN song_days.popularity IS '0 to 100, computed by Spotify. 0 is a value, not "unknown"';
COMMENT ON COLUMN song_days.explicit IS 'Marked as explicit';
COMMENT ON COLUMN song_days.isrc IS 'The recording''s code, in capital letters';
COMMENT ON COLUMN song_days.disc_number IS 'The disc of the album it is on';
COMMENT ON COLUMN song_days.track_number IS 'Its number on that disc';
COMMENT ON COLUMN song_days.album_id IS 'Refers to albums, where it always exists';
COMMENT ON COLUMN song_days.artist_id IS 'The first artist of the song (not of its album). Refers to artists, where it always exists';
COMMENT ON COLUMN song_days.artist_names IS 'As in playlist_entries';
CREATE TABLE IF NOT EXISTS album_days (
    snapshot_date DATE NOT NULL,
    album_id VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    name VARCHAR,
    album_type VARCHAR,
    release_date DATE,
    release_date_text VARCHAR,
    release_date_precision VARCHAR,
    total_tracks INTEGER,
    url VARCHAR,
    image_url VARCHAR,
    PRIMARY KEY (snapshot_date, album_id)
);
COMMENT ON TABLE album_days IS 'Every day''s rows of albums';
COMMENT ON COLUMN album_days.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN album_days.album_id IS 'Spotify''s id';
COMMENT ON COLUMN album_days.observed_at IS 'When it was last seen. UTC';
COMMENT ON COLUMN album_days.name IS 'The title';
COMMENT ON COLUMN album_days.album_type IS 'album, single or compilation, as Spotify sends it';
COMMENT ON COLUMN album_days.release_date IS 'Null unless Spotify sends a full date; no day is invented';
COMMENT ON COLUMN album_days.release_date_text IS 'The text that Spotify sends: 1974, 1981-06, 2009-05-12';
COMMENT ON COLUMN album_days.release_date_precision IS 'year, month or day, from the text';
COMMENT ON COLUMN album_days.total_tracks IS 'How many songs the album has, not how many of them are on a list';
COMMENT ON COLUMN album_days.url IS 'The page people can open';
COMMENT ON COLUMN album_days.image_url IS 'The largest cover';
CREATE TABLE IF NOT EXISTS artist_days (
    snapshot_date DATE NOT NULL,
    artist_id VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    artist_name VARCHAR,
    url VARCHAR,
    PRIMARY KEY (snapshot_date, artist_id)
);
COMMENT ON TABLE artist_days IS 'Every day''s rows of artists';
COMMENT ON COLUMN artist_days.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN artist_days.artist_id IS 'Spotify''s id';
COMMENT ON COLUMN artist_days.observed_at IS 'When the artist was last seen. UTC';
COMMENT ON COLUMN artist_days.artist_name IS 'The name';
COMMENT ON COLUMN artist_days.url IS 'The page people can open';
CREATE TABLE IF NOT EXISTS song_artists (
    snapshot_date DATE NOT NULL,
    song_id VARCHAR NOT NULL,
    artist_order INTEGER NOT NULL,
    artist_id VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    PRIMARY KEY (snapshot_date, song_id, artist_order)
);
COMMENT ON TABLE song_artists IS 'Every day''s rows of song_artists';
COMMENT ON COLUMN song_artists.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN song_artists.song_id IS 'Refers to songs';
COMMENT ON COLUMN song_artists.artist_order IS 'From 1, as credited';
COMMENT ON COLUMN song_artists.artist_id IS 'Refers to artists, where it always exists';
COMMENT ON COLUMN song_artists.observed_at IS 'When this list of artists was last seen. UTC';
CREATE TABLE IF NOT EXISTS album_artists (
    snapshot_date DATE NOT NULL,
    album_id VARCHAR NOT NULL,
    artist_order INTEGER NOT NULL,
    artist_id VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    PRIMARY KEY (snapshot_date, album_id, artist_order)
);
COMMENT ON TABLE album_artists IS 'Every day''s rows of album_artists';
COMMENT ON COLUMN album_artists.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN album_artists.album_id IS 'Refers to albums';
COMMENT ON COLUMN album_artists.artist_order IS 'From 1, as credited';
COMMENT ON COLUMN album_artists.artist_id IS 'Refers to artists, where it always exists';
COMMENT ON COLUMN album_artists.observed_at IS 'When this list of artists was last seen. UTC';
CREATE TABLE IF NOT EXISTS plays (
    snapshot_date DATE NOT NULL,
    played_at TIMESTAMP_NTZ(6) NOT NULL,
    play_order INTEGER NOT NULL,
    source VARCHAR NOT NULL,
    list VARCHAR NOT NULL,
    observed_at TIMESTAMP_NTZ(6) NOT NULL,
    kind VARCHAR NOT NULL,
    item_uri VARCHAR,
    song_id VARCHAR,
    song_name VARCHAR,
    artist_names VARCHAR,
    album_name VARCHAR,
    ms_played BIGINT,
    context_type VARCHAR,
    context_uri VARCHAR,
    reason_start VARCHAR,
    reason_end VARCHAR,
    shuffle BOOLEAN,
    skipped BOOLEAN,
    offline BOOLEAN,
    incognito BOOLEAN,
    country VARCHAR,
    platform VARCHAR,
    PRIMARY KEY (snapshot_date, played_at, play_order)
);
COMMENT ON TABLE plays IS 'Every day''s rows of plays';
COMMENT ON COLUMN plays.snapshot_date IS 'The day of the partition, UTC';
COMMENT ON COLUMN plays.played_at IS 'When the play ended, as the source says it: to the second in the extended history, to the minute in the short one; the Web API mostly means the end, sometimes the start. UTC';
COMMENT ON COLUMN plays.play_order IS 'Numbers the plays that have the same played_at, from 1';
COMMENT ON COLUMN plays.source IS 'spotify-account-export or spotify-web-api: of the row that says most of this play';
COMMENT ON COLUMN plays.list IS 'extended-streaming-history, streaming-history or me-recently-played: where that row comes from';
COMMENT ON COLUMN plays.observed_at IS 'When the newest play of its raw object ended, and 23:00 at the latest. UTC';
COMMENT ON COLUMN plays.kind IS 'track, episode (of a podcast, or a chapter of an audiobook), local, unavailable (neither an id nor a name) or other';
COMMENT ON COLUMN plays.item_uri IS 'Spotify''s URI, as sent. The short history has none';
COMMENT ON COLUMN plays.song_id IS 'Set for track alone. A song that was only played may have no row in songs';
COMMENT ON COLUMN plays.song_name IS 'The title at that time; for an episode or chapter its title';
COMMENT ON COLUMN plays.artist_names IS 'The Web API: all artists, joined by , ; account exports: the album''s artist alone; for an episode the show, for a chapter the audiobook';
COMMENT ON COLUMN plays.album_name IS 'The album''s title at that time';
COMMENT ON COLUMN plays.ms_played IS 'How long it was played, in milliseconds. The Web API does not say it';
COMMENT ON COLUMN plays.context_type IS 'The Web API only: album, artist, playlist or what else it was played from';
COMMENT ON COLUMN plays.context_uri IS 'The Web API only: the URI of what it was played from';
COMMENT ON COLUMN plays.reason_start IS 'The extended history only: why it began, such as trackdone or clickrow';
COMMENT ON COLUMN plays.reason_end IS 'The extended history only: why it ended, such as trackdone or fwdbtn';
COMMENT ON COLUMN plays.shuffle IS 'The extended history only: whether shuffle mode was on';
COMMENT ON COLUMN plays.skipped IS 'The extended history only: whether it was skipped. Null in old files';
COMMENT ON COLUMN plays.offline IS 'The extended history only: whether it was played offline';
COMMENT ON COLUMN plays.incognito IS 'The extended history only: whether it was played in a private session';
COMMENT ON COLUMN plays.country IS 'The extended history only: two letters of the country it was played in; ZZ if Spotify does not know';
COMMENT ON COLUMN plays.platform IS 'The extended history only: the kind of device, as Spotify calls it';
CREATE FILE FORMAT IF NOT EXISTS chartlake_parquet TYPE = PARQUET USE_LOGICAL_TYPE = TRUE;
CREATE FILE FORMAT IF NOT EXISTS chartlake_csv TYPE = CSV SKIP_HEADER = 1 FIELD_OPTIONALLY_ENCLOSED_BY = '"' EMPTY_FIELD_AS_NULL = TRUE NULL_IF = () ESCAPE_UNENCLOSED_FIELD = NONE;
CREATE FILE FORMAT IF NOT EXISTS chartlake_json TYPE = JSON;
CREATE STAGE IF NOT EXISTS chartlake_lake URL = 's3://YOUR-BUCKET/transformed_data/' STORAGE_INTEGRATION = chartlake_s3;
