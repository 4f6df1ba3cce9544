package dev.chartlake.day;

import static dev.chartlake.rows.TableRows.NO_INT;
import static dev.chartlake.rows.TableRows.NO_LONG;

import dev.chartlake.entry.Credits;
import dev.chartlake.entry.Entry;
import dev.chartlake.entry.EntryKind;
import dev.chartlake.entry.Item;
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
 * The seven tables of a day, or of a part of it. Snapshots must be added in the order of their {@link RawKey}s: each field
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
        playlists.set(row, 0, source);
        playlists.set(row, 1, list);
        playlists.set(row, 2, observedAt);
        playlists.set(row, 3, text(snapshot.name));
        playlists.set(row, 4, text(snapshot.ownerId));
        playlists.set(row, 5, text(snapshot.ownerName));
        playlists.set(row, 6, text(snapshot.description));
        playlists.set(row, 7, text(snapshot.url != null ? snapshot.url : link(key)));
        playlists.set(row, 8, text(snapshot.imageUrl));
        playlists.set(row, 9, snapshot.followers);
        playlists.set(row, 10, text(snapshot.spotifySnapshotId));
        playlists.set(row, 11, snapshot.total);
        playlists.set(row, 12, complete(key, snapshot));
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
                    songs.set(song, 5, entry.popularity);
                }
            }
        }
    }

    private void add(Entry entry) {
        Item item = entry.item;
        int row = entries.add();
        entries.set(row, 0, source);
        entries.set(row, 1, list);
        entries.set(row, 2, observedAt);
        entries.set(row, 3, entry.position);
        entries.set(row, 4, kinds[entry.kind.ordinal()]);
        entries.set(row, 5, item.uri);
        entries.set(row, 6, entry.kind == EntryKind.TRACK ? item.songId : Strings.NULL);
        entries.set(row, 7, item.name);
        entries.set(row, 8, item.artistNames);
        entries.set(row, 9, entry.addedAt);
        entries.set(row, 10, entry.addedBy);
        entries.set(row, 11, entry.streams);
        entries.set(row, 12, entry.reportedPeak);
        entries.set(row, 13, entry.reportedPrevious);
        entries.set(row, 14, entry.reportedPeriods);
        entries.set(row, 15, item.label);
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
        text(songs, 2, row, item.name);
        number(songs, 3, row, item.durationMs);
        text(songs, 4, row, item.url);
        number(songs, 6, row, item.explicit);
        text(songs, 7, row, item.isrc);
        number(songs, 8, row, item.discNumber);
        number(songs, 9, row, item.trackNumber);
        text(songs, 10, row, item.albumId);
        text(songs, 11, row, credits(songCredits, row, item.artists));
        text(songs, 12, row, item.artistNames);
        return row;
    }

    private void album(Item item) {
        int row = row(albums, albumRows, item.albumId);
        text(albums, 2, row, item.albumName);
        text(albums, 3, row, item.albumType);
        release(row, item);
        number(albums, 7, row, item.totalTracks);
        text(albums, 8, row, item.albumUrl);
        text(albums, 9, row, item.imageUrl);
        credits(albumCredits, row, item.albumArtists);
    }

    /** Date, text and precision of a release belong together: they change together or not at all. */
    private void release(int row, Item item) {
        int text = item.releaseText;
        if (text == Strings.NULL || albums.integer(row, 5) == text) {
            return;
        }
        overwrites += albums.integer(row, 5) == Strings.NULL ? 0 : 1;
        albums.set(row, 4, item.releaseDay);
        albums.set(row, 5, text);
        text(albums, 6, row, item.releasePrecision);
    }

    /** Adds the artists, and returns the first one's id. */
    private int credits(CreditLists lists, int row, Credits credits) {
        boolean named = false;
        for (int i = 0; i < credits.size(); i++) {
            int id = credits.id(i);
            if (id != Strings.NULL) {
                int artist = row(artists, artistRows, id);
                text(artists, 2, artist, credits.name(i));
                text(artists, 3, artist, credits.url(i));
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
            rows.set(row, 0, id);
            byId.put(id, row);
        }
        rows.set(row, 1, observedAt);
        return row;
    }

    private void text(TableRows rows, int column, int row, int value) {
        merge(rows, column, row, value, Strings.NULL);
    }

    private void number(TableRows rows, int column, int row, int value) {
        merge(rows, column, row, value, NO_INT);
    }

    private void merge(TableRows rows, int column, int row, int value, int none) {
        int before = rows.integer(row, column);
        if (value != none && value != before) {
            overwrites += before == none ? 0 : 1;
            rows.set(row, column, value);
        }
    }

    private void number(TableRows rows, int column, int row, long value) {
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
        rows.set(row, 1, Math.max(at, rows.bigint(row, 1)));
    }

    /** The rows of one table. */
    TableRows table(Table table) {
        return Objects.requireNonNull(tables.get(table));
    }

    /** The rows as they are now; the artists of songs and albums are among them after {@link #finish}. */
    Map<Table, TableRows> tables() {
        return tables;
    }

    /** All seven tables, complete. Nothing can be added before {@link #clear}. */
    Map<Table, SortedRows> finish() {
        merged.finish(this::seen);
        Map<Table, SortedRows> sorted = new EnumMap<>(Table.class);
        List.of(playlists, entries, artists).forEach(rows -> sorted.put(rows.table(), SortedRows.sort(rows)));
        SortedRows sortedSongs = SortedRows.sort(songs);
        SortedRows sortedAlbums = SortedRows.sort(albums);
        sorted.put(Table.SONGS, sortedSongs);
        sorted.put(Table.ALBUMS, sortedAlbums);
        sorted.put(Table.SONG_ARTISTS, songCredits.write(sortedSongs, songArtists));
        sorted.put(Table.ALBUM_ARTISTS, albumCredits.write(sortedAlbums, albumArtists));
        return sorted;
    }
}
