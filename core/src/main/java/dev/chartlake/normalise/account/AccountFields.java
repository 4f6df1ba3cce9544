package dev.chartlake.normalise.account;

import dev.chartlake.json.FieldOrder;

/**
 * The fields of plays and of account exports that are read. Each constant is the number that {@link FieldOrder#name} gives
 * the field: its place among the names.
 */
final class AccountFields {

    private AccountFields() {}

    /** Of a play, in all three forms, and of what is around plays. */
    static final class PlayField {
        static final int TS = 0;
        static final int PLATFORM = 1;
        static final int MS_PLAYED = 2;
        static final int CONN_COUNTRY = 3;
        static final int MASTER_METADATA_TRACK_NAME = 4;
        static final int MASTER_METADATA_ALBUM_ARTIST_NAME = 5;
        static final int MASTER_METADATA_ALBUM_ALBUM_NAME = 6;
        static final int SPOTIFY_TRACK_URI = 7;
        static final int EPISODE_NAME = 8;
        static final int EPISODE_SHOW_NAME = 9;
        static final int SPOTIFY_EPISODE_URI = 10;
        static final int AUDIOBOOK_TITLE = 11;
        static final int AUDIOBOOK_URI = 12;
        static final int AUDIOBOOK_CHAPTER_URI = 13;
        static final int AUDIOBOOK_CHAPTER_TITLE = 14;
        static final int REASON_START = 15;
        static final int REASON_END = 16;
        static final int SHUFFLE = 17;
        static final int SKIPPED = 18;
        static final int OFFLINE = 19;
        static final int INCOGNITO_MODE = 20;
        static final int END_TIME = 21;
        static final int ARTIST_NAME = 22;
        static final int TRACK_NAME = 23;
        static final int MSPLAYED = 24;
        static final int PODCAST_NAME = 25;
        static final int EPISODENAME = 26;
        static final int AUDIOBOOK_NAME = 27;
        static final int CHAPTER_NAME = 28;
        static final int PLAYED_AT = 29;
        static final int TRACK = 30;
        static final int ITEM = 31;
        static final int CONTEXT = 32;
        static final int ITEMS = 33;
        static final String[] NAMES = {
            "ts",
            "platform",
            "ms_played",
            "conn_country",
            "master_metadata_track_name",
            "master_metadata_album_artist_name",
            "master_metadata_album_album_name",
            "spotify_track_uri",
            "episode_name",
            "episode_show_name",
            "spotify_episode_uri",
            "audiobook_title",
            "audiobook_uri",
            "audiobook_chapter_uri",
            "audiobook_chapter_title",
            "reason_start",
            "reason_end",
            "shuffle",
            "skipped",
            "offline",
            "incognito_mode",
            "endTime",
            "artistName",
            "trackName",
            "msPlayed",
            "podcastName",
            "episodeName",
            "audiobookName",
            "chapterName",
            "played_at",
            "track",
            "item",
            "context",
            "items"
        };

        private PlayField() {}
    }

    /** Of what a play was started from. */
    static final class ContextField {
        static final int TYPE = 0;
        static final int URI = 1;
        static final String[] NAMES = {"type", "uri"};

        private ContextField() {}
    }

    /** Of a list in an account export, and of what is around lists. */
    static final class ListField {
        static final int PLAYLISTS = 0;
        static final int NAME = 1;
        static final int DESCRIPTION = 2;
        static final int NUMBER_OF_FOLLOWERS = 3;
        static final int ITEMS = 4;
        static final int TRACKS = 5;
        static final String[] NAMES = {"playlists", "name", "description", "numberOfFollowers", "items", "tracks"};

        private ListField() {}
    }

    /** Of an entry of a playlist. */
    static final class RowField {
        static final int TRACK = 0;
        static final int EPISODE = 1;
        static final int AUDIOBOOK = 2;
        static final int LOCAL_TRACK = 3;
        static final int ADDED_DATE = 4;
        static final String[] NAMES = {"track", "episode", "audiobook", "localTrack", "addedDate"};

        private RowField() {}
    }

    /** Of what an entry holds, and of a saved song. */
    static final class ItemField {
        static final int TRACK_NAME = 0;
        static final int ARTIST_NAME = 1;
        static final int TRACK_URI = 2;
        static final int EPISODE_NAME = 3;
        static final int SHOW_NAME = 4;
        static final int EPISODE_URI = 5;
        static final int TRACK = 6;
        static final int ARTIST = 7;
        static final int URI = 8;
        static final int NAME = 9;
        static final String[] NAMES = {
            "trackName",
            "artistName",
            "trackUri",
            "episodeName",
            "showName",
            "episodeUri",
            "track",
            "artist",
            "uri",
            "name"
        };

        private ItemField() {}
    }
}
