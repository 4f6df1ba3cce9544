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
 * The eight tables of the lake. This is the only place where columns are declared; file schemas and DDL derive from it.
 *
 * <p>Each table has one partition a day. The partition column {@code snapshot_date} ({@link ColumnType#DATE}) is part of
 * the path and not of the file, so it is not listed among the columns.
 */
public enum Table {
    PLAYLISTS(
            "playlists",
            "playlist_data",
            3,
            required("source", TEXT, "spotify-web-api, spotify-charts or spotify-account-export"),
            required(
                    "playlist_id",
                    TEXT,
                    "Spotify's id; for charts the alias of their file, such as regional-no-weekly; for lists of an account export an id made of their name, such as min-liste"),
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
            required("observed_at", TIMESTAMP, "When this list of artists was last seen")),
    PLAYS(
            "plays",
            "play_data",
            2,
            required(
                    "played_at",
                    TIMESTAMP,
                    "When the play ended, as the source says it: to the second in the extended history, to the minute in the short one; the Web API mostly means the end, sometimes the start"),
            required("play_order", INTEGER, "Numbers the plays that have the same played_at, from 1"),
            required(
                    "source",
                    TEXT,
                    "spotify-account-export or spotify-web-api: of the row that says most of this play"),
            required(
                    "list",
                    TEXT,
                    "extended-streaming-history, streaming-history or me-recently-played: where that row comes from"),
            required("observed_at", TIMESTAMP, "When the newest play of its raw object ended, and 23:00 at the latest"),
            required(
                    "kind",
                    TEXT,
                    "track, episode (of a podcast, or a chapter of an audiobook), local, unavailable (neither an id nor a name) or other"),
            optional("item_uri", TEXT, "Spotify's URI, as sent. The short history has none"),
            optional("song_id", TEXT, "Set for track alone. A song that was only played may have no row in songs"),
            optional("song_name", TEXT, "The title at that time; for an episode or chapter its title"),
            optional(
                    "artist_names",
                    TEXT,
                    "The Web API: all artists, joined by , ; account exports: the album's artist alone; for an episode the show, for a chapter the audiobook"),
            optional("album_name", TEXT, "The album's title at that time"),
            optional("ms_played", BIGINT, "How long it was played, in milliseconds. The Web API does not say it"),
            optional("context_type", TEXT, "The Web API only: album, artist, playlist or what else it was played from"),
            optional("context_uri", TEXT, "The Web API only: the URI of what it was played from"),
            optional("reason_start", TEXT, "The extended history only: why it began, such as trackdone or clickrow"),
            optional("reason_end", TEXT, "The extended history only: why it ended, such as trackdone or fwdbtn"),
            optional("shuffle", BOOLEAN, "The extended history only: whether shuffle mode was on"),
            optional("skipped", BOOLEAN, "The extended history only: whether it was skipped. Null in old files"),
            optional("offline", BOOLEAN, "The extended history only: whether it was played offline"),
            optional("incognito", BOOLEAN, "The extended history only: whether it was played in a private session"),
            optional(
                    "country",
                    TEXT,
                    "The extended history only: two letters of the country it was played in; ZZ if Spotify does not know"),
            optional("platform", TEXT, "The extended history only: the kind of device, as Spotify calls it"));

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

    /**
     * Whether manifests, and markers of copies, name this table where it has no rows. They do not name a table that came
     * later, so that days without rows of it have the bytes they had before.
     */
    public boolean isNamedWhenEmpty() {
        return this != PLAYS;
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
