package dev.chartlake.day;

import static dev.chartlake.rows.TableRows.NO_INT;
import static dev.chartlake.rows.TableRows.NO_LONG;

import dev.chartlake.day.DayColumns.AlbumColumn;
import dev.chartlake.day.DayColumns.ArtistColumn;
import dev.chartlake.day.DayColumns.CatalogueColumn;
import dev.chartlake.day.DayColumns.EntryColumn;
import dev.chartlake.day.DayColumns.PlaylistColumn;
import dev.chartlake.day.DayColumns.SongColumn;
import dev.chartlake.entry.Credits;
import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
import dev.chartlake.entry.Play;
import dev.chartlake.entry.Snapshot;
import dev.chartlake.entry.Texts;
import dev.chartlake.model.Table;
import dev.chartlake.raw.RawKey;
import dev.chartlake.rows.TableRows;
import dev.chartlake.text.Strings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tables of a day, or of a part of it. Snapshots must be added in the order of their {@link RawKey}s: each field
 * takes the last value that is not null, so the order of arrival never matters. Used by one thread.
 */
final class DayRows {

    private final Strings strings;
    private final Map<Table, TableRows> tables = new EnumMap<>(Table.class);
    private final TableRows playlists;
    private final TableRows entries;
    private final TableRows songs;
    private final TableRows albums;
    private final TableRows artists;
    private final TableRows songArtists;
    private final TableRows albumArtists;
    private final TableRows plays;
    private final RowsById songRows = new RowsById();
    private final RowsById albumRows = new RowsById();
    private final RowsById artistRows = new RowsById();
    private final CreditLists songCredits = new CreditLists();
    private final CreditLists albumCredits = new CreditLists();
    private final MergedItems merged = new MergedItems();
    private final int[] kinds = new int[EntryKind.values().length];

    private int source;
    private int list;
    private long observedAt;
    /** How many values have been replaced by newer ones. */
    private int overwrites;

    DayRows(Strings strings) {
        this.strings = strings;
        playlists = add(Table.PLAYLISTS);
        entries = add(Table.PLAYLIST_ENTRIES);
        songs = add(Table.SONGS);
        albums = add(Table.ALBUMS);
        artists = add(Table.ARTISTS);
        songArtists = add(Table.SONG_ARTISTS);
        albumArtists = add(Table.ALBUM_ARTISTS);
        plays = add(Table.PLAYS);
        clear();
    }

    /** Forgets all rows, and keeps the room they took for the next ones. */
    void clear() {
        tables.values().forEach(TableRows::clear);
        List.of(songRows, albumRows, artistRows).forEach(RowsById::clear);
        songCredits.clear();
        albumCredits.clear();
        merged.clear();
        for (EntryKind kind : EntryKind.values()) {
            kinds[kind.ordinal()] = strings.intern(kind.text());
        }
    }

    private TableRows add(Table table) {
        TableRows rows = new TableRows(table, strings);
        tables.put(table, rows);
        return rows;
    }

    /** How many bytes the rows take. */
    long bytes() {
        long sum = 0;
        for (TableRows rows : tables.values()) {
            sum += rows.bytes();
        }
        return sum;
    }

    /** Starts the snapshot with this key; its entries and its list follow. */
    void start(RawKey key) {
        source = strings.intern(key.source());
        list = strings.intern(key.list());
        observedAt = ChronoUnit.MICROS.between(Instant.EPOCH, key.observedAt());
    }

    /** Adds what the snapshot says of the list itself. */
    void addPlaylist(RawKey key, Snapshot snapshot) {
        int row = playlists.add();
        playlists.set(row, PlaylistColumn.SOURCE, source);
        playlists.set(row, PlaylistColumn.PLAYLIST_ID, list);
        playlists.set(row, PlaylistColumn.OBSERVED_AT, observedAt);
        playlists.set(row, PlaylistColumn.NAME, text(snapshot.name));
        playlists.set(row, PlaylistColumn.OWNER_ID, text(snapshot.ownerId));
        playlists.set(row, PlaylistColumn.OWNER_NAME, text(snapshot.ownerName));
        playlists.set(row, PlaylistColumn.DESCRIPTION, text(snapshot.description));
        playlists.set(row, PlaylistColumn.URL, text(snapshot.url != null ? snapshot.url : link(key)));
        playlists.set(row, PlaylistColumn.IMAGE_URL, text(snapshot.imageUrl));
        playlists.set(row, PlaylistColumn.FOLLOWERS, snapshot.followers);
        playlists.set(row, PlaylistColumn.SPOTIFY_SNAPSHOT_ID, text(snapshot.spotifySnapshotId));
        playlists.set(row, PlaylistColumn.TOTAL, snapshot.total);
        playlists.set(row, PlaylistColumn.COMPLETE, complete(key, snapshot));
    }

    /** A chart file says of itself how many rows it has, so nothing of whether it has all. */
    private static int complete(RawKey key, Snapshot snapshot) {
        Boolean complete = key.source().equals(RawKey.CHARTS) ? null : snapshot.complete();
        return complete == null ? NO_INT : complete ? 1 : 0;
    }

    private int text(@Nullable String text) {
        return text == null ? Strings.NULL : strings.intern(text);
    }

    /** The page of a list whose answer does not name it. */
    private static @Nullable String link(RawKey key) {
        boolean playlist = key.source().equals(RawKey.WEB_API) && Texts.isId(key.list());
        return playlist ? "https://open.spotify.com/playlist/" + key.list() : null;
    }

    /** Adds the entries that the snapshot holds, and the songs, albums and artists in them. */
    void addEntries(Snapshot snapshot) {
        for (int i = 0; i < snapshot.size(); i++) {
            Entry entry = snapshot.entry(i);
            add(entry);
            if (entry.kind == EntryKind.TRACK) {
                int song = merge(entry.item);
                if (entry.popularity != NO_INT) {
                    songs.set(song, SongColumn.POPULARITY, entry.popularity);
                }
            }
        }
    }

    /** Adds a play, and the song, albums and artists that the Web API says of it. */
    void addPlay(Play play) {
        PlayRows.add(plays, play, source, list, observedAt, kinds[play.kind.ordinal()]);
        if (play.kind == EntryKind.TRACK && play.item != Item.NONE) {
            // Its number is another reader's, so it is not looked for among the merged ones.
            int song = song(play.item);
            if (play.item.albumId != Strings.NULL) {
                album(play.item);
            }
            if (play.popularity != NO_INT) {
                songs.set(song, SongColumn.POPULARITY, play.popularity);
            }
        }
    }

    private void add(Entry entry) {
        Item item = entry.item;
        int row = entries.add();
        entries.set(row, EntryColumn.SOURCE, source);
        entries.set(row, EntryColumn.PLAYLIST_ID, list);
        entries.set(row, EntryColumn.OBSERVED_AT, observedAt);
        entries.set(row, EntryColumn.POSITION, entry.position);
        entries.set(row, EntryColumn.KIND, kinds[entry.kind.ordinal()]);
        entries.set(row, EntryColumn.ITEM_URI, item.uri);
        entries.set(row, EntryColumn.SONG_ID, entry.kind == EntryKind.TRACK ? item.songId : Strings.NULL);
        entries.set(row, EntryColumn.SONG_NAME, item.name);
        entries.set(row, EntryColumn.ARTIST_NAMES, item.artistNames);
        entries.set(row, EntryColumn.ADDED_AT, entry.addedAt);
        entries.set(row, EntryColumn.ADDED_BY, entry.addedBy);
        entries.set(row, EntryColumn.STREAMS, entry.streams);
        entries.set(row, EntryColumn.REPORTED_PEAK, entry.reportedPeak);
        entries.set(row, EntryColumn.REPORTED_PREVIOUS, entry.reportedPrevious);
        entries.set(row, EntryColumn.REPORTED_PERIODS, entry.reportedPeriods);
        entries.set(row, EntryColumn.LABEL, item.label);
    }

    /** Returns the song's row. */
    private int merge(Item item) {
        int seen = merged.seen(item, overwrites, observedAt);
        if (seen >= 0) {
            return seen;
        }
        int song = song(item);
        if (item.albumId != Strings.NULL) {
            album(item);
        }
        merged.add(item, song, overwrites);
        return song;
    }

    private int song(Item item) {
        int row = row(songs, songRows, item.songId);
        text(songs, row, SongColumn.SONG_NAME, item.name);
        number(songs, row, SongColumn.DURATION_MS, item.durationMs);
        text(songs, row, SongColumn.URL, item.url);
        number(songs, row, SongColumn.EXPLICIT, item.explicit);
        text(songs, row, SongColumn.ISRC, item.isrc);
        number(songs, row, SongColumn.DISC_NUMBER, item.discNumber);
        number(songs, row, SongColumn.TRACK_NUMBER, item.trackNumber);
        text(songs, row, SongColumn.ALBUM_ID, item.albumId);
        text(songs, row, SongColumn.ARTIST_ID, credits(songCredits, row, item.artists));
        text(songs, row, SongColumn.ARTIST_NAMES, item.artistNames);
        return row;
    }

    private void album(Item item) {
        int row = row(albums, albumRows, item.albumId);
        text(albums, row, AlbumColumn.NAME, item.albumName);
        text(albums, row, AlbumColumn.ALBUM_TYPE, item.albumType);
        release(row, item);
        number(albums, row, AlbumColumn.TOTAL_TRACKS, item.totalTracks);
        text(albums, row, AlbumColumn.URL, item.albumUrl);
        text(albums, row, AlbumColumn.IMAGE_URL, item.imageUrl);
        credits(albumCredits, row, item.albumArtists);
    }

    /** Date, text and precision of a release belong together: they change together or not at all. */
    private void release(int row, Item item) {
        int text = item.releaseText;
        if (text == Strings.NULL || albums.integer(row, AlbumColumn.RELEASE_DATE_TEXT) == text) {
            return;
        }
        overwrites += albums.integer(row, AlbumColumn.RELEASE_DATE_TEXT) == Strings.NULL ? 0 : 1;
        albums.set(row, AlbumColumn.RELEASE_DATE, item.releaseDay);
        albums.set(row, AlbumColumn.RELEASE_DATE_TEXT, text);
        text(albums, row, AlbumColumn.RELEASE_DATE_PRECISION, item.releasePrecision);
    }

    /** Adds the artists, and returns the first one's id. */
    private int credits(CreditLists lists, int row, Credits credits) {
        boolean named = false;
        for (int i = 0; i < credits.size(); i++) {
            int id = credits.id(i);
            if (id != Strings.NULL) {
                int artist = row(artists, artistRows, id);
                text(artists, artist, ArtistColumn.ARTIST_NAME, credits.name(i));
                text(artists, artist, ArtistColumn.URL, credits.url(i));
                named = true;
            }
        }
        if (!named) {
            return Strings.NULL;
        }
        overwrites += lists.set(row, credits, observedAt) ? 1 : 0;
        return credits.id(0);
    }

    private int row(TableRows rows, RowsById byId, int id) {
        int row = byId.find(id);
        if (row < 0) {
            row = rows.add();
            rows.set(row, CatalogueColumn.ID, id);
            byId.put(id, row);
        }
        rows.set(row, CatalogueColumn.OBSERVED_AT, observedAt);
        return row;
    }

    private void text(TableRows rows, int row, int column, int value) {
        merge(rows, row, column, value, Strings.NULL);
    }

    private void number(TableRows rows, int row, int column, int value) {
        merge(rows, row, column, value, NO_INT);
    }

    private void merge(TableRows rows, int row, int column, int value, int none) {
        int before = rows.integer(row, column);
        if (value != none && value != before) {
            overwrites += before == none ? 0 : 1;
            rows.set(row, column, value);
        }
    }

    private void number(TableRows rows, int row, int column, long value) {
        long before = rows.bigint(row, column);
        if (value != NO_LONG && value != before) {
            overwrites += before == NO_LONG ? 0 : 1;
            rows.set(row, column, value);
        }
    }

    private void seen(Item item, long at) {
        int song = songRows.find(item.songId);
        seen(songs, song, at);
        seen(songCredits, song, item.artists, at);
        if (item.albumId != Strings.NULL) {
            int album = albumRows.find(item.albumId);
            seen(albums, album, at);
            seen(albumCredits, album, item.albumArtists, at);
        }
    }

    private void seen(CreditLists lists, int row, Credits credits, long at) {
        for (int i = 0; i < credits.size(); i++) {
            if (credits.id(i) != Strings.NULL) {
                lists.seen(row, at);
                seen(artists, artistRows.find(credits.id(i)), at);
            }
        }
    }

    private static void seen(TableRows rows, int row, long at) {
        rows.set(row, CatalogueColumn.OBSERVED_AT, Math.max(at, rows.bigint(row, CatalogueColumn.OBSERVED_AT)));
    }

    /** The rows of one table. */
    TableRows table(Table table) {
        return Objects.requireNonNull(tables.get(table));
    }

    /** The rows as they are now; the artists of songs and albums are among them after {@link #finish}. */
    Map<Table, TableRows> tables() {
        return tables;
    }

    /** All tables, complete, with plays as often as they were read. Nothing can be added before {@link #clear}. */
    Map<Table, SortedRows> finish() {
        merged.finish(this::seen);
        Map<Table, SortedRows> sorted = new EnumMap<>(Table.class);
        List.of(playlists, entries, artists, plays).forEach(rows -> sorted.put(rows.table(), SortedRows.sort(rows)));
        SortedRows sortedSongs = SortedRows.sort(songs);
        SortedRows sortedAlbums = SortedRows.sort(albums);
        sorted.put(Table.SONGS, sortedSongs);
        sorted.put(Table.ALBUMS, sortedAlbums);
        sorted.put(Table.SONG_ARTISTS, songCredits.write(sortedSongs, songArtists));
        sorted.put(Table.ALBUM_ARTISTS, albumCredits.write(sortedAlbums, albumArtists));
        return sorted;
    }
}
