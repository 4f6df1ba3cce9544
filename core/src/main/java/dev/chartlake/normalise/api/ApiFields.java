package dev.chartlake.normalise.api;

import dev.chartlake.json.FieldOrder;

/**
 * The fields of answers of the Web API that are read. Each constant is the number that {@link FieldOrder#name} gives
 * the field: its place among the names.
 */
final class ApiFields {

    private ApiFields() {}

    /** Of a playlist, a page of its items, and what other programs write around them. */
    static final class AnswerField {
        static final int HREF = 0;
        static final int ITEMS = 1;
        static final int TRACKS = 2;
        static final int OFFSET = 3;
        static final int TOTAL = 4;
        static final int ID = 5;
        static final int NAME = 6;
        static final int OWNER = 7;
        static final int DESCRIPTION = 8;
        static final int EXTERNAL_URLS = 9;
        static final int IMAGES = 10;
        static final int FOLLOWERS = 11;
        static final int SNAPSHOT_ID = 12;
        static final int ERROR = 13;
        static final int TYPE = 14;
        static final int PLAYLIST = 15;
        static final int PLAYLIST_ID = 16;
        static final int URI = 17;
        static final int URL = 18;
        static final int NUM_FOLLOWERS = 19;
        static final int ORIGINAL_NAME = 20;
        static final int NEXT = 21;
        static final String[] NAMES = {
            "href",
            "items",
            "tracks",
            "offset",
            "total",
            "id",
            "name",
            "owner",
            "description",
            "external_urls",
            "images",
            "followers",
            "snapshot_id",
            "error",
            "type",
            "playlist",
            "playlist_id",
            "uri",
            "url",
            "num_followers",
            "original_name",
            "next"
        };

        private AnswerField() {}
    }

    /** Of a row. */
    static final class RowField {
        static final int ADDED_AT = 0;
        static final int ADDED_BY = 1;
        static final int IS_LOCAL = 2;
        static final int TRACK = 3;
        static final int ITEM = 4;
        static final String[] NAMES = {"added_at", "added_by", "is_local", "track", "item"};

        private RowField() {}
    }

    /** Of a song or episode. */
    static final class ItemField {
        static final int ALBUM = 0;
        static final int ARTISTS = 1;
        static final int AVAILABLE_MARKETS = 2;
        static final int DISC_NUMBER = 3;
        static final int DURATION_MS = 4;
        static final int EXPLICIT = 5;
        static final int EXTERNAL_IDS = 6;
        static final int EXTERNAL_URLS = 7;
        static final int ID = 8;
        static final int IS_LOCAL = 9;
        static final int NAME = 10;
        static final int POPULARITY = 11;
        static final int TRACK_NUMBER = 12;
        static final int TYPE = 13;
        static final int URI = 14;
        static final int SHOW = 15;
        static final int HREF = 16;
        static final int URL = 17;
        static final int ADDED_AT = 18;
        static final int ADDED_BY = 19;
        static final String[] NAMES = {
            "album",
            "artists",
            "available_markets",
            "disc_number",
            "duration_ms",
            "explicit",
            "external_ids",
            "external_urls",
            "id",
            "is_local",
            "name",
            "popularity",
            "track_number",
            "type",
            "uri",
            "show",
            "href",
            "url",
            "added_at",
            "added_by"
        };

        private ItemField() {}
    }

    /** Of an album. */
    static final class AlbumField {
        static final int ALBUM_TYPE = 0;
        static final int ARTISTS = 1;
        static final int AVAILABLE_MARKETS = 2;
        static final int EXTERNAL_URLS = 3;
        static final int ID = 4;
        static final int IMAGES = 5;
        static final int NAME = 6;
        static final int RELEASE_DATE = 7;
        static final int TOTAL_TRACKS = 8;
        static final int URI = 9;
        static final int HREF = 10;
        static final int URL = 11;
        static final String[] NAMES = {
            "album_type",
            "artists",
            "available_markets",
            "external_urls",
            "id",
            "images",
            "name",
            "release_date",
            "total_tracks",
            "uri",
            "href",
            "url"
        };

        private AlbumField() {}
    }

    /** Of an artist. */
    static final class ArtistField {
        static final int EXTERNAL_URLS = 0;
        static final int ID = 1;
        static final int NAME = 2;
        static final int URI = 3;
        static final int HREF = 4;
        static final int URL = 5;
        static final String[] NAMES = {"external_urls", "id", "name", "uri", "href", "url"};

        private ArtistField() {}
    }
}
