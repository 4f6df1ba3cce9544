package dev.chartlake.aws.dynamodb;

import java.util.List;

/** The tables, with the names of their attributes. Each has the key it had in system E: one string, no sort key. */
enum ItemTable {
    PLAYLIST("playlist_table", "playlist_uri", ItemTable.PLAYLIST_TRACKS, "playlist_url"),
    TRACK(
            "track_table",
            "track_id",
            "track_name",
            "track_album",
            "track_artists",
            "track_duration",
            "track_popularity",
            "track_uri"),
    ALBUM(
            "album_table",
            "album_id",
            "album_name",
            "album_num_tracks",
            "album_release_date",
            "album_artists",
            "album_uri",
            "album_url"),
    ARTIST("artist_table", "artist_id", "artist_name", "artist_uri", "artist_url");

    /** The only attribute that can grow beyond an item. */
    static final String PLAYLIST_TRACKS = "playlist_tracks";

    /** How many items hold {@link #PLAYLIST_TRACKS}; absent if it is one. */
    static final String PLAYLIST_PARTS = "playlist_parts";

    /** When the item was last observed: {@code 2026-11-21T12:00:00Z}. */
    static final String OBSERVED_AT = "observed_at";

    /** A map of the attributes whose value was last observed before {@link #OBSERVED_AT}, with their times; absent if empty. */
    static final String FIELD_OBSERVED_AT = "field_observed_at";

    private final String table;
    private final String key;
    private final List<String> fields;

    ItemTable(String table, String key, String... fields) {
        this.table = table;
        this.key = key;
        this.fields = List.of(fields);
    }

    /** Its name, without the prefix that a user chose. */
    String table() {
        return table;
    }

    /** The partition key's attribute. */
    String key() {
        return key;
    }

    /** The attributes that are observed. */
    List<String> fields() {
        return fields;
    }
}
