package dev.chartlake.day;

import dev.chartlake.model.Table;

/** The places of the columns that a day's rows are written to, each looked up once by its name in {@link Table}. */
final class DayColumns {

    private DayColumns() {}

    /** The place of a column that these tables have in the same place. */
    private static int same(String name, Table... tables) {
        int place = tables[0].place(name);
        for (Table table : tables) {
            if (table.place(name) != place) {
                throw new IllegalStateException(table.sqlName() + " has " + name + " in another place");
            }
        }
        return place;
    }

    /** Of songs, albums and artists. */
    static final class CatalogueColumn {
        /** The key of each: {@code song_id}, {@code album_id}, {@code artist_id}. */
        static final int ID = 0;

        static final int OBSERVED_AT = same("observed_at", Table.SONGS, Table.ALBUMS, Table.ARTISTS);

        private CatalogueColumn() {}
    }

    /** Of the artists of songs and of albums. */
    static final class CreditColumn {
        /** The first column of the key: {@code song_id}, {@code album_id}. */
        static final int OWNER = 0;

        static final int ARTIST_ORDER = same("artist_order", Table.SONG_ARTISTS, Table.ALBUM_ARTISTS);
        static final int ARTIST_ID = same("artist_id", Table.SONG_ARTISTS, Table.ALBUM_ARTISTS);
        static final int OBSERVED_AT = same("observed_at", Table.SONG_ARTISTS, Table.ALBUM_ARTISTS);

        private CreditColumn() {}
    }

    /** Of playlists. */
    static final class PlaylistColumn {
        static final int SOURCE = Table.PLAYLISTS.place("source");
        static final int PLAYLIST_ID = Table.PLAYLISTS.place("playlist_id");
        static final int OBSERVED_AT = Table.PLAYLISTS.place("observed_at");
        static final int NAME = Table.PLAYLISTS.place("name");
        static final int OWNER_ID = Table.PLAYLISTS.place("owner_id");
        static final int OWNER_NAME = Table.PLAYLISTS.place("owner_name");
        static final int DESCRIPTION = Table.PLAYLISTS.place("description");
        static final int URL = Table.PLAYLISTS.place("url");
        static final int IMAGE_URL = Table.PLAYLISTS.place("image_url");
        static final int FOLLOWERS = Table.PLAYLISTS.place("followers");
        static final int SPOTIFY_SNAPSHOT_ID = Table.PLAYLISTS.place("spotify_snapshot_id");
        static final int TOTAL = Table.PLAYLISTS.place("total");
        static final int COMPLETE = Table.PLAYLISTS.place("complete");

        private PlaylistColumn() {}
    }

    /** Of entries. */
    static final class EntryColumn {
        static final int SOURCE = Table.PLAYLIST_ENTRIES.place("source");
        static final int PLAYLIST_ID = Table.PLAYLIST_ENTRIES.place("playlist_id");
        static final int OBSERVED_AT = Table.PLAYLIST_ENTRIES.place("observed_at");
        static final int POSITION = Table.PLAYLIST_ENTRIES.place("position");
        static final int KIND = Table.PLAYLIST_ENTRIES.place("kind");
        static final int ITEM_URI = Table.PLAYLIST_ENTRIES.place("item_uri");
        static final int SONG_ID = Table.PLAYLIST_ENTRIES.place("song_id");
        static final int SONG_NAME = Table.PLAYLIST_ENTRIES.place("song_name");
        static final int ARTIST_NAMES = Table.PLAYLIST_ENTRIES.place("artist_names");
        static final int ADDED_AT = Table.PLAYLIST_ENTRIES.place("added_at");
        static final int ADDED_BY = Table.PLAYLIST_ENTRIES.place("added_by");
        static final int STREAMS = Table.PLAYLIST_ENTRIES.place("streams");
        static final int REPORTED_PEAK = Table.PLAYLIST_ENTRIES.place("reported_peak");
        static final int REPORTED_PREVIOUS = Table.PLAYLIST_ENTRIES.place("reported_previous");
        static final int REPORTED_PERIODS = Table.PLAYLIST_ENTRIES.place("reported_periods");
        static final int LABEL = Table.PLAYLIST_ENTRIES.place("label");

        private EntryColumn() {}
    }

    /** Of songs, besides those of {@link CatalogueColumn}. */
    static final class SongColumn {
        static final int SONG_NAME = Table.SONGS.place("song_name");
        static final int DURATION_MS = Table.SONGS.place("duration_ms");
        static final int URL = Table.SONGS.place("url");
        static final int POPULARITY = Table.SONGS.place("popularity");
        static final int EXPLICIT = Table.SONGS.place("explicit");
        static final int ISRC = Table.SONGS.place("isrc");
        static final int DISC_NUMBER = Table.SONGS.place("disc_number");
        static final int TRACK_NUMBER = Table.SONGS.place("track_number");
        static final int ALBUM_ID = Table.SONGS.place("album_id");
        static final int ARTIST_ID = Table.SONGS.place("artist_id");
        static final int ARTIST_NAMES = Table.SONGS.place("artist_names");

        private SongColumn() {}
    }

    /** Of albums, besides those of {@link CatalogueColumn}. */
    static final class AlbumColumn {
        static final int NAME = Table.ALBUMS.place("name");
        static final int ALBUM_TYPE = Table.ALBUMS.place("album_type");
        static final int RELEASE_DATE = Table.ALBUMS.place("release_date");
        static final int RELEASE_DATE_TEXT = Table.ALBUMS.place("release_date_text");
        static final int RELEASE_DATE_PRECISION = Table.ALBUMS.place("release_date_precision");
        static final int TOTAL_TRACKS = Table.ALBUMS.place("total_tracks");
        static final int URL = Table.ALBUMS.place("url");
        static final int IMAGE_URL = Table.ALBUMS.place("image_url");

        private AlbumColumn() {}
    }

    /** Of artists, besides those of {@link CatalogueColumn}. */
    static final class ArtistColumn {
        static final int ARTIST_NAME = Table.ARTISTS.place("artist_name");
        static final int URL = Table.ARTISTS.place("url");

        private ArtistColumn() {}
    }

    /** Of plays. */
    static final class PlayColumn {
        static final int PLAYED_AT = Table.PLAYS.place("played_at");
        static final int PLAY_ORDER = Table.PLAYS.place("play_order");
        static final int SOURCE = Table.PLAYS.place("source");
        static final int LIST = Table.PLAYS.place("list");
        static final int OBSERVED_AT = Table.PLAYS.place("observed_at");
        static final int KIND = Table.PLAYS.place("kind");
        static final int ITEM_URI = Table.PLAYS.place("item_uri");
        static final int SONG_ID = Table.PLAYS.place("song_id");
        static final int SONG_NAME = Table.PLAYS.place("song_name");
        static final int ARTIST_NAMES = Table.PLAYS.place("artist_names");
        static final int ALBUM_NAME = Table.PLAYS.place("album_name");
        static final int MS_PLAYED = Table.PLAYS.place("ms_played");
        static final int CONTEXT_TYPE = Table.PLAYS.place("context_type");
        static final int CONTEXT_URI = Table.PLAYS.place("context_uri");
        static final int REASON_START = Table.PLAYS.place("reason_start");
        static final int REASON_END = Table.PLAYS.place("reason_end");
        static final int SHUFFLE = Table.PLAYS.place("shuffle");
        static final int SKIPPED = Table.PLAYS.place("skipped");
        static final int OFFLINE = Table.PLAYS.place("offline");
        static final int INCOGNITO = Table.PLAYS.place("incognito");
        static final int COUNTRY = Table.PLAYS.place("country");
        static final int PLATFORM = Table.PLAYS.place("platform");

        private PlayColumn() {}
    }
}
