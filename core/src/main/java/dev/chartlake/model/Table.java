package dev.chartlake.model;

import static dev.chartlake.model.ColumnType.BIGINT;
import static dev.chartlake.model.ColumnType.BOOLEAN;
import static dev.chartlake.model.ColumnType.DATE;
import static dev.chartlake.model.ColumnType.INTEGER;
import static dev.chartlake.model.ColumnType.TEXT;
import static dev.chartlake.model.ColumnType.TIMESTAMP;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * The seven tables of the lake. This is the only place where columns are declared; file schemas and DDL derive from it.
 *
 * <p>Each table has one partition a day. The partition column {@code snapshot_date} ({@link ColumnType#DATE}) is part of
 * the path and not of the file, so it is not listed among the columns.
 */
public enum Table {
    PLAYLISTS(
            "playlists",
            "playlist_data",
            3,
            required("source", TEXT),
            required("playlist_id", TEXT),
            required("observed_at", TIMESTAMP),
            optional("name", TEXT),
            optional("owner_id", TEXT),
            optional("owner_name", TEXT),
            optional("description", TEXT),
            optional("url", TEXT),
            optional("image_url", TEXT),
            optional("followers", BIGINT),
            optional("spotify_snapshot_id", TEXT),
            optional("total", INTEGER),
            optional("complete", BOOLEAN)),
    PLAYLIST_ENTRIES(
            "playlist_entries",
            "playlist_entry_data",
            6, // songs of a chart can share a position
            required("source", TEXT),
            required("playlist_id", TEXT),
            required("observed_at", TIMESTAMP),
            required("position", INTEGER),
            required("kind", TEXT),
            optional("item_uri", TEXT),
            optional("song_id", TEXT),
            optional("song_name", TEXT),
            optional("artist_names", TEXT),
            optional("added_at", TIMESTAMP),
            optional("added_by", TEXT),
            optional("streams", BIGINT),
            optional("reported_peak", INTEGER),
            optional("reported_previous", INTEGER),
            optional("reported_periods", INTEGER),
            optional("label", TEXT)),
    SONGS(
            "songs",
            "song_data",
            1,
            required("song_id", TEXT),
            required("observed_at", TIMESTAMP),
            optional("song_name", TEXT),
            optional("duration_ms", BIGINT),
            optional("url", TEXT),
            optional("popularity", INTEGER),
            optional("explicit", BOOLEAN),
            optional("isrc", TEXT),
            optional("disc_number", INTEGER),
            optional("track_number", INTEGER),
            optional("album_id", TEXT),
            optional("artist_id", TEXT),
            optional("artist_names", TEXT)),
    ALBUMS(
            "albums",
            "album_data",
            1,
            required("album_id", TEXT),
            required("observed_at", TIMESTAMP),
            optional("name", TEXT),
            optional("album_type", TEXT),
            optional("release_date", DATE),
            optional("release_date_text", TEXT),
            optional("release_date_precision", TEXT),
            optional("total_tracks", INTEGER),
            optional("url", TEXT),
            optional("image_url", TEXT)),
    ARTISTS(
            "artists",
            "artist_data",
            1,
            required("artist_id", TEXT),
            required("observed_at", TIMESTAMP),
            optional("artist_name", TEXT),
            optional("url", TEXT)),
    SONG_ARTISTS(
            "song_artists",
            "song_artist_data",
            2,
            required("song_id", TEXT),
            required("artist_order", INTEGER),
            required("artist_id", TEXT),
            required("observed_at", TIMESTAMP)),
    ALBUM_ARTISTS(
            "album_artists",
            "album_artist_data",
            2,
            required("album_id", TEXT),
            required("artist_order", INTEGER),
            required("artist_id", TEXT),
            required("observed_at", TIMESTAMP));

    /** The partition column of every table. */
    public static final Column SNAPSHOT_DATE = new Column("snapshot_date", DATE, true);

    /** Where the tables lie in a lake, with a trailing slash. */
    public static final String ROOT = "transformed_data/";

    private final String sqlName;
    private final String folder;
    private final int keySize;
    private final List<Column> columns;

    Table(String sqlName, String folder, int keySize, Column... columns) {
        this.sqlName = sqlName;
        this.folder = folder;
        this.keySize = keySize;
        this.columns = List.copyOf(Arrays.asList(columns));
    }

    /** The table's name in SQL, such as {@code playlist_entries}. */
    public String sqlName() {
        return sqlName;
    }

    /** The table's folder below {@link #ROOT}, such as {@code playlist_entry_data}. */
    public String folder() {
        return folder;
    }

    /** The columns in file order, without {@code snapshot_date}. */
    public List<Column> columns() {
        return columns;
    }

    /** The columns of days that were transformed before {@code label} came: the others, in the same order. */
    public List<Column> earlierColumns() {
        return columns.stream().filter(column -> !column.name().equals("label")).toList();
    }

    /** The columns that identify a row within a day: the first ones of {@link #columns()}. */
    public List<Column> key() {
        return columns.subList(0, keySize);
    }

    /** The prefix of one day's partition, with a trailing slash. */
    public String partition(LocalDate date) {
        return ROOT + folder + "/snapshot_date=" + date + "/";
    }

    private static Column required(String name, ColumnType type) {
        return new Column(name, type, true);
    }

    private static Column optional(String name, ColumnType type) {
        return new Column(name, type, false);
    }
}
