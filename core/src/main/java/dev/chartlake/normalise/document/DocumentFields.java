package dev.chartlake.normalise.document;

import dev.chartlake.json.FieldOrder;

/**
 * The fields by which documents are told apart, and those of a list's own data. Each constant is the number that
 * {@link FieldOrder#name} gives the field: its place among the names.
 */
final class DocumentFields {

    private DocumentFields() {}

    /** Of any object. */
    static final class DetectedField {
        static final int ITEMS = 0;
        static final int TRACKS = 1;
        static final int TRACK = 2;
        static final int ITEM = 3;
        static final int TYPE = 4;
        static final int ERROR = 5;
        static final int DISPLAY_CHART = 6;
        static final int CHART_ENTRY_DATA = 7;
        static final int ENTRIES = 8;
        static final int ARTISTS = 9;
        static final int URI = 10;
        static final int URL = 11;
        static final int ID = 12;
        static final int EXTERNAL_URLS = 13;
        static final int ALBUM_TYPE = 14;
        static final int LAST_MODIFIED_DATE = 15;
        static final int POS = 16;
        static final int TRACK_URI = 17;
        static final int DATE_FIRST_SCRAPED = 18;
        static final int MSPLAYED = 19;
        static final int MS_PLAYED = 20;
        // Objects that hold no lists to import, whatever is in them.
        static final int ALBUM = 21;
        static final int OWNER = 22;
        static final int IMAGES = 23;
        static final int SHOW = 24;
        static final int ADDED_BY = 25;
        static final String[] NAMES = {
            "items",
            "tracks",
            "track",
            "item",
            "type",
            "error",
            "displayChart",
            "chartEntryData",
            "entries",
            "artists",
            "uri",
            "url",
            "id",
            "external_urls",
            "album_type",
            "lastModifiedDate",
            "pos",
            "track_uri",
            "date_first_scraped",
            "msPlayed",
            "ms_played",
            "album",
            "owner",
            "images",
            "show",
            "added_by"
        };

        private DetectedField() {}
    }

    /** Of the owner of a list. */
    static final class OwnerField {
        static final int ID = 0;
        static final int DISPLAY_NAME = 1;
        static final int NAME = 2;
        static final int URL = 3;
        static final String[] NAMES = {"id", "display_name", "name", "url"};

        private OwnerField() {}
    }

    /** Of the followers of a list. */
    static final class FollowersField {
        static final int TOTAL = 0;
        static final String[] NAMES = {"total"};

        private FollowersField() {}
    }
}
