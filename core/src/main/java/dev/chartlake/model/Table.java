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
            required("source", TEXT, "spotify-web-api or spotify-charts"),
            required(
                    "playlist_id",
                    TEXT,
                    "Spotify's id, or for charts the alias of their file, such as regional-no-weekly"),
            required(
                    "observed_at",
                    TIMESTAMP,
                    "When the snapshot was taken: by Spotify's clock if it was extracted, by its content or name if it was imported"),
            optional("name", TEXT, "As shown. Null for charts, and for snapshots that hold a page of items only"),
            optional("owner_id", TEXT, "Spotify's id of the owner"),
            optional("owner_name", TEXT, "The owner's display name"),
            optional("description", TEXT, "As Spotify sends it: with HTML entities such as &amp;, and sometimes links"),
            optional(
                    "url",
                    TEXT,
                    "The page people can open. Made from the id if the response has none; null for charts"),
            optional("image_url", TEXT, "The largest picture. Spotify lets these addresses expire"),
            optional("followers", BIGINT, "Gone from the Web API of 2026"),
            optional(
                    "spotify_snapshot_id",
                    TEXT,
                    "Spotify's version of the list. For Spotify's own lists it is only a clock"),
            optional("total", INTEGER, "How many entries Spotify counts; for charts, how many rows the file has"),
            optional(
                    "complete",
                    BOOLEAN,
                    "Whether the snapshot has that many entries; null if that number is not known, and for charts. Songs that an incomplete snapshot lacks have not left the list")),
    PLAYLIST_ENTRIES(
            "playlist_entries",
            "playlist_entry_data",
            6, // songs of a chart can share a position
            required("source", TEXT, "As in playlists"),
            required("playlist_id", TEXT, "As in playlists"),
            required("observed_at", TIMESTAMP, "As in playlists"),
            required("position", INTEGER, "The position in the list, from 1. Songs of a chart can share a position"),
            required(
                    "kind",
                    TEXT,
                    "track; episode (of a podcast, or a chapter of an audiobook); local (a file of the list's owner); unavailable (no content or no id: taken down, or hidden from this app); other (of a type that is neither a song nor an episode)"),
            optional("item_uri", TEXT, "Spotify's URI, as sent. It distinguishes songs that share a position"),
            optional("song_id", TEXT, "Set for track alone; refers to songs"),
            optional("song_name", TEXT, "The title on that day; for an episode its title"),
            optional(
                    "artist_names",
                    TEXT,
                    "All artists as people read them, in order, joined by , ; for an episode the show. For joins and counts use song_artists"),
            optional(
                    "added_at",
                    TIMESTAMP,
                    "When it was added. On Spotify's charts all rows have the time of publication; 1970-01-01, which old charts carry, is null"),
            optional("added_by", TEXT, "Spotify's id of who added it"),
            optional("streams", BIGINT, "Charts only: streams in the chart's period, as Spotify counts them"),
            optional("reported_peak", INTEGER, "Charts only: the peak, as the chart file reports it"),
            optional(
                    "reported_previous",
                    INTEGER,
                    "Charts only: the position in the period before. Null for new and returning songs (the file says -1)"),
            optional(
                    "reported_periods",
                    INTEGER,
                    "Charts only: weeks or days on the chart. 1 with no reported_previous is a new entry"),
            optional(
                    "label",
                    TEXT,
                    "Charts only: the record label, the column source of the file; several are joined by , . Days that an older version transformed have none: transform --all fills it in")),
    SONGS(
            "songs",
            "song_data",
            1,
            required("song_id", TEXT, "Spotify's id"),
            required("observed_at", TIMESTAMP, "When it was last seen"),
            optional("song_name", TEXT, "The title"),
            optional("duration_ms", BIGINT, "Length in milliseconds"),
            optional("url", TEXT, "The page people can open"),
            optional("popularity", INTEGER, "0 to 100, computed by Spotify. 0 is a value, not \"unknown\""),
            optional("explicit", BOOLEAN, "Marked as explicit"),
            optional("isrc", TEXT, "The recording's code, in capital letters"),
            optional("disc_number", INTEGER, "The disc of the album it is on"),
            optional("track_number", INTEGER, "Its number on that disc"),
            optional("album_id", TEXT, "Refers to albums, where it always exists"),
            optional(
                    "artist_id",
                    TEXT,
                    "The first artist of the song (not of its album). Refers to artists, where it always exists"),
            optional("artist_names", TEXT, "As in playlist_entries")),
    ALBUMS(
            "albums",
            "album_data",
            1,
            required("album_id", TEXT, "Spotify's id"),
            required("observed_at", TIMESTAMP, "When it was last seen"),
            optional("name", TEXT, "The title"),
            optional("album_type", TEXT, "album, single or compilation, as Spotify sends it"),
            optional("release_date", DATE, "Null unless Spotify sends a full date; no day is invented"),
            optional("release_date_text", TEXT, "The text that Spotify sends: 1974, 1981-06, 2009-05-12"),
            optional("release_date_precision", TEXT, "year, month or day, from the text"),
            optional("total_tracks", INTEGER, "How many songs the album has, not how many of them are on a list"),
            optional("url", TEXT, "The page people can open"),
            optional("image_url", TEXT, "The largest cover")),
    ARTISTS(
            "artists",
            "artist_data",
            1,
            required("artist_id", TEXT, "Spotify's id"),
            required("observed_at", TIMESTAMP, "When the artist was last seen"),
            optional("artist_name", TEXT, "The name"),
            optional("url", TEXT, "The page people can open")),
    SONG_ARTISTS(
            "song_artists",
            "song_artist_data",
            2,
            required("song_id", TEXT, "Refers to songs"),
            required("artist_order", INTEGER, "From 1, as credited"),
            required("artist_id", TEXT, "Refers to artists, where it always exists"),
            required("observed_at", TIMESTAMP, "When this list of artists was last seen")),
    ALBUM_ARTISTS(
            "album_artists",
            "album_artist_data",
            2,
            required("album_id", TEXT, "Refers to albums"),
            required("artist_order", INTEGER, "From 1, as credited"),
            required("artist_id", TEXT, "Refers to artists, where it always exists"),
            required("observed_at", TIMESTAMP, "When this list of artists was last seen"));

    /** The partition column of every table. */
    public static final Column SNAPSHOT_DATE = new Column("snapshot_date", DATE, true, "The day of the partition, UTC");

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

    /** The place of a column among {@link #columns()}. Throws {@link IllegalArgumentException} if there is none of that name. */
    public int place(String column) {
        for (int place = 0; place < columns.size(); place++) {
            if (columns.get(place).name().equals(column)) {
                return place;
            }
        }
        throw new IllegalArgumentException(sqlName + " has no column " + column);
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

    private static Column required(String name, ColumnType type, String meaning) {
        return new Column(name, type, true, meaning);
    }

    private static Column optional(String name, ColumnType type, String meaning) {
        return new Column(name, type, false, meaning);
    }
}
